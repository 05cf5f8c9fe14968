import { useState } from 'react';
import type { ReactNode } from 'react';

interface Props {
  value: string;
  label: string;
  placeholder?: string;
  className?: string;
  onChange: (value: string) => void;
}

/** Text that is sent on Enter or on leaving the field. */
export function TextInput({ value, label, placeholder, className, onChange }: Props): ReactNode {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  const send = (): void => {
    if (text !== value) onChange(text);
    if (value === '') setText('');
  };
  return (
    <input
      type="text"
      className={className ?? 'field'}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={send}
      onKeyDown={(event) => event.key === 'Enter' && send()}
    />
  );
}
