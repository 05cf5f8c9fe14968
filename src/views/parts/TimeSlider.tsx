import type { ReactNode } from 'react';
import { clock } from '../../i18n/index.ts';
import { useCommands } from '../useApp.ts';
import { useWords } from '../words.tsx';

/** How many steps the arrow keys need from end to end. */
const STEPS = 500;

/** Seeks from the start to `end`; both in simulated microseconds. */
export function TimeSlider({ t, end }: { t: number; end: number }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const now = Math.min(t, end);
  return (
    <input
      type="range"
      className="rng"
      min={0}
      max={Math.max(1, end)}
      step={Math.max(1, Math.round(end / STEPS))}
      value={now}
      style={{ '--v': `${end > 0 ? (100 * now) / end : 0}%` }}
      aria-label={words.t('time.scrub')}
      aria-valuetext={words.t('time.scrubValue', { time: clock(t), end: clock(end) })}
      onChange={(event) => commands.seek(Number(event.target.value))}
    />
  );
}
