import type { ReactNode } from 'react';
import { Dialog } from '../parts/Dialog.tsx';
import { useWords } from '../words.tsx';

interface Props {
  title: 'why' | 'settings';
  open: boolean;
  phone: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A panel that floats: from the right, on a phone from below. */
export function Side({ title, open, phone, onClose, children }: Props): ReactNode {
  const words = useWords();
  const name = words.t(title === 'why' ? 'why.label' : 'settings.title');
  return (
    <Dialog open={open} title={name} kind={phone ? 'sheet-b' : 'drawer'} onClose={onClose}>
      {children}
    </Dialog>
  );
}
