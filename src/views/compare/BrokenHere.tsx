import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { clock } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { useCommands } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';

/** Beside the answer: what is broken in the lane at this moment, each in one sentence. */
export function BrokenHere({ lane }: { lane: LaneModel }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const broken = lane.snapshot?.broken ?? [];
  if (broken.length === 0) return null;
  return (
    <section className="broken-here">
      <h3 className="eyebrow sub">{words.t('plant.broken')}</h3>
      {broken.map(({ part, what, since }) => (
        <p key={part}>
          <Icon name="fault" size={14} />
          <span>
            <b>{part}</b>{' '}
            <button type="button" onClick={() => commands.seek(since)}>
              {clock(since, true)}
            </button>{' '}
            <Rich text={words.family('fault', `${what}.${kindOf(part)}`)} />
          </span>
        </p>
      ))}
    </section>
  );
}

/** `worker-2` -> worker, `image:x` -> image. */
function kindOf(part: string): string {
  return part.replace(/:.*$/, '').replace(/-\d+$/, '');
}
