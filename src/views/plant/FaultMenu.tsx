import type { ReactNode } from 'react';
import { clock } from '../../i18n/index.ts';
import { useApp, useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { kindOf, newFault, secondsOf } from './edits.ts';
import { partName, verbName } from './names.ts';

interface Props {
  part: string;
  verbs: readonly string[];
  onDone: () => void;
}

/** What can be done to a part at this moment, each with the sentence that says what then happens. */
export function FaultMenu({ part, verbs, onDone }: Props): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const { playhead } = useApp();
  const kinds = useModel((model) => model.settings.faultKinds);
  const now = playhead.now();
  return (
    <>
      <p className="eyebrow">
        {partName(words, part)} · {words.t('plant.at', { time: clock(now, true) })}
      </p>
      {verbs.map((what) => {
        const kind = kindOf(kinds, { what, part });
        if (!kind) return null;
        return (
          <button
            key={what}
            type="button"
            className="fault-verb"
            onClick={() => {
              commands.addFault(newFault(kind, part, secondsOf(now)));
              onDone();
            }}
          >
            <b>{verbName(words, what)}</b>
            <small>
              <Rich text={words.family('fault', `${what}.${kind.part}`)} />
            </small>
          </button>
        );
      })}
    </>
  );
}
