import { useEffect, useId, useRef } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { useWords } from '../words.tsx';
import { IconButton } from './IconButton.tsx';

interface Props {
  open: boolean;
  title: string;
  onClose: () => void;
  /** `dlg` in the middle, `drawer` at the right, `sheet-b` from below. */
  kind?: 'dlg' | 'drawer' | 'sheet-b';
  children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus, and Esc or a press outside closes it. */
export function Dialog({ open, title, onClose, kind = 'dlg', children }: Props): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const words = useWords();
  useEffect(() => {
    const dialog = ref.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  if (!open) return null;
  const outside = (event: MouseEvent): void => {
    if (event.target === ref.current) onClose();
  };
  return (
    <dialog ref={ref} className={kind} aria-labelledby={id} onClose={onClose} onClick={outside}>
      <div className="dlg-h">
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={words.t('tool.close')} keys="Escape" onClick={onClose} />
      </div>
      <div className="dlg-b">{children}</div>
    </dialog>
  );
}
