import type { ReactNode } from 'react';

export interface Segment<T> {
  value: T;
  label: ReactNode;
  /** What the short label stands for, as a tooltip. */
  name?: string;
  lang?: string;
}

interface Props<T> {
  label: string;
  value: T | null;
  parts: readonly Segment<T>[];
  onChange: (value: T) => void;
  className?: string;
}

/** One of two to five, all in sight. */
export function Segmented<T extends string | number>(props: Props<T>): ReactNode {
  const { label, value, parts, onChange, className } = props;
  return (
    <span className={className ? `seg ${className}` : 'seg'} role="group" aria-label={label}>
      {parts.map((part) => (
        <button
          key={part.value}
          type="button"
          aria-pressed={part.value === value}
          title={part.name}
          lang={part.lang}
          onClick={() => onChange(part.value)}
        >
          {part.label}
        </button>
      ))}
    </span>
  );
}
