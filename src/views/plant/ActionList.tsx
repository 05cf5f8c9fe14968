import { useId } from 'react';
import type { ReactNode } from 'react';
import { clock } from '../../i18n/index.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { Outcomes } from './FaultList.tsx';
import { actionLine } from './names.ts';

/** What people do, in the order of time; taking a line away takes its effect away. */
export function ActionList(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const id = useId();
  const actions = useModel((model) => model.settings.actions);
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t('plant.actions')}</h3>
      {actions.length === 0 ? <p className="muted t12">{words.t('plant.noActions')}</p> : null}
      <ol className="edits">
        {actions.map((action, at) => {
          const line = actionLine(words, action);
          return (
            <li key={`${action.at_s} ${line}`} className="edit">
              <div className="edit-h">
                <button
                  type="button"
                  className="lk"
                  onClick={() => commands.seek(action.at_s * 1_000_000)}
                >
                  {clock(action.at_s * 1_000_000, true)}
                </button>
                <span className="grow">
                  <Rich text={line} />
                </span>
                <IconButton
                  icon="undo"
                  label={words.t('plant.undoAction')}
                  onClick={() => commands.removeAction(at)}
                />
              </div>
              <Outcomes kind="action" index={at} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
