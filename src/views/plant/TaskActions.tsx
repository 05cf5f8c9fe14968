import { useState } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { Menu } from '../parts/Menu.tsx';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { FaultMenu } from './FaultMenu.tsx';
import { useAct } from './useMoment.ts';
import { MARKS, addressOf, taskFaults } from './taskVerbs.ts';
import { TaskLog } from './TaskLog.tsx';
import { taskPart } from './edits.ts';
import '../styles/plant.css';

const REACH = ['upstream', 'downstream', 'past', 'future', 'only_failed'] as const;
type Reach = Partial<Record<(typeof REACH)[number], boolean>>;

interface Props {
  lane: LaneModel;
  ti: number;
}

/** Clear, mark, break: what a person can do to one task instance at this moment. */
export function TaskActions({ lane, ti }: Props): ReactNode {
  const words = useWords();
  const act = useAct();
  const [reach, setReach] = useState<Reach>({});
  const label = lane.info?.labels[ti];
  if (!label) return null;
  const { task_id } = label;
  const of = addressOf(lane, ti, label);
  const { only_failed: _, ...marked } = reach;
  return (
    <>
      <TaskLog ti={ti} />
      <section className="task-actions">
        <AnswerForm lane={lane} ti={ti} />
        <h3 className="eyebrow sub">{words.t('do.title')}</h3>
        <div className="reach">
          {REACH.map((name) => (
            <label key={name} className="sw">
              <input
                type="checkbox"
                checked={reach[name] === true}
                onChange={(event) => setReach(withReach(reach, name, event.target.checked))}
              />
              {words.t(`reach.${name}`)}
            </label>
          ))}
        </div>
        <div className="do-row">
          <button
            type="button"
            className="btn sm"
            onClick={() => act({ action: 'clear', ...of, task_ids: [task_id], ...reach })}
          >
            {words.t('do.clear')}
          </button>
          {MARKS.map((state) => (
            <button
              key={state}
              type="button"
              className="btn sm"
              onClick={() => act({ action: 'mark_task', ...of, task_id, state, ...marked })}
            >
              {words.t('do.mark', { state })}
            </button>
          ))}
          <TaskFaults lane={lane} ti={ti} />
        </div>
      </section>
    </>
  );
}

function withReach(reach: Reach, name: keyof Reach, on: boolean): Reach {
  const { [name]: _, ...others } = reach;
  return on ? { ...others, [name]: true } : others;
}

/** Faults that hit this very try, where the lane has such. */
function TaskFaults({ lane, ti }: Props): ReactNode {
  const words = useWords();
  const kinds = useModel((model) => model.settings.faultKinds);
  const part = lane.info ? taskPart(lane.info, ti) : null;
  const verbs = taskFaults(kinds, lane);
  if (!part || verbs.length === 0) return null;
  return (
    <Menu className="btn sm" label={words.t('plant.break')} button={words.t('plant.break')}>
      {(close) => <FaultMenu part={part} verbs={verbs} onDone={close} />}
    </Menu>
  );
}
