import { useState } from 'react';
import type { ReactNode } from 'react';

interface Props {
  value: number;
  min: number;
  max: number;
  step?: number;
  label: string;
  className?: string;
  invalid?: boolean;
  onChange: (value: number) => void;
}

/** A number that is sent when it is whole: on Enter, on leaving, or by its arrows. */
export function NumberInput(props: Props): ReactNode {
  const { value, min, max, step = 1, label, onChange } = props;
  const [text, setText] = useState(String(value));
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(String(value));
  }
  const send = (raw: string): void => {
    const number = Number(raw);
    const good = raw.trim() !== '' && Number.isFinite(number);
    const kept = good ? Math.min(max, Math.max(min, number)) : value;
    setText(String(kept));
    if (kept !== value) onChange(kept);
  };
  return (
    <input
      type="number"
      className={props.className ?? 'field num'}
      aria-label={label}
      aria-invalid={props.invalid}
      value={text}
      min={min}
      max={max}
      step={step}
      onChange={(event) => {
        setText(event.target.value);
        // Arrows and the wheel change the value without typing: `inputType` is empty then.
        const typed = 'inputType' in event.nativeEvent && event.nativeEvent.inputType !== '';
        if (!typed && event.target.validity.valid) send(event.target.value);
      }}
      onBlur={(event) => send(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && send(event.currentTarget.value)}
    />
  );
}
