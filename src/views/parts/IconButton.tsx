import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import type { IconName } from './glyphs.ts';

interface Props extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName;
  /** Its name; with `keys` also what the tooltip says. */
  label: string;
  keys?: string;
  size?: number;
}

/** A button that is only a glyph: named, and its tooltip names its key. */
export function IconButton({ icon, label, keys, size = 16, className, ...rest }: Props): ReactNode {
  return (
    <button
      type="button"
      className={className ?? 'ib'}
      aria-label={label}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
      {...rest}
    >
      <Icon name={icon} size={size} />
    </button>
  );
}
