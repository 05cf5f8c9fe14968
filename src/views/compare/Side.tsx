import type { ReactNode } from 'react';
import { Dialog } from '../parts/Dialog.tsx';
import { useWords } from '../words.tsx';

const TITLES = {
  why: 'why.label',
  settings: 'settings.title',
  plant: 'plant.title',
} as const;

interface Props {
  title: keyof typeof TITLES;
  open: boolean;
  phone: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A panel that floats: from the right, on a phone from below. */
export function Side({ title, open, phone, onClose, children }: Props): ReactNode {
  const words = useWords();
  const name = words.t(TITLES[title]);
  return (
    <Dialog open={open} title={name} kind={phone ? 'sheet-b' : 'drawer'} onClose={onClose}>
      {children}
    </Dialog>
  );
}
