import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** In place of a picture: one sentence, one action. */
export function Place(props: {
  title?: ReactNode;
  text: ReactNode;
  fault?: boolean;
  full?: boolean;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className={props.full ? 'place full' : 'place'} role={props.fault ? 'alert' : undefined}>
      {props.fault ? (
        <span className="flt">
          <Icon name="fault" size={20} />
        </span>
      ) : null}
      {props.title ? <b>{props.title}</b> : null}
      <p>{props.text}</p>
      {props.children}
    </div>
  );
}

/** How much has come, in a bar; the number stands beside it in words. */
export function Meter({ part, label }: { part: number; label: string }): ReactNode {
  const percent = Math.round(Math.min(1, Math.max(0, part)) * 100);
  return (
    <div
      className="meter"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}
