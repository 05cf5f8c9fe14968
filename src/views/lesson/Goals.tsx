import type { ReactNode } from 'react';
import type { GoalModel } from '../../app/lessonModel.ts';
import { Icon } from '../parts/Icon.tsx';
import { Rich, useWords } from '../words.tsx';

/** Goals with the value that decides them, now. */
export function Goals({ goals }: { goals: readonly GoalModel[] }): ReactNode {
  const words = useWords();
  return (
    <section className="goals">
      <h2>{words.t('lesson.goals')}</h2>
      <ul>
        {goals.map((goal) => (
          <Goal key={goal.id} goal={goal} />
        ))}
      </ul>
    </section>
  );
}

function Goal({ goal }: { goal: GoalModel }): ReactNode {
  const words = useWords();
  const { done, text, value, note, progress } = goal;
  return (
    <li className={done ? 'goalrow done' : 'goalrow'}>
      <span className="gi">
        {done ? <Reached /> : <Icon name="goal" size={18} />}
        <span className="sr">{words.t(done ? 'lesson.goalDone' : 'lesson.goalOpen')}</span>
      </span>
      <div>
        <p>
          <Rich text={text} />
        </p>
        {note && !done ? (
          <small>
            <Rich text={note} />
          </small>
        ) : null}
        {done ? null : (
          <div className="gp" aria-hidden="true">
            <i style={{ width: `${Math.round(100 * Math.min(1, Math.max(0, progress)))}%` }} />
          </div>
        )}
      </div>
      <span className="gv">{value}</span>
    </li>
  );
}

function Reached(): ReactNode {
  return (
    <svg className="g" width={18} height={18} viewBox="0 0 16 16" aria-hidden="true">
      <circle className="f" cx={8} cy={8} r={5.8} stroke="none" />
      <path className="k" d="M5.4 8.2l1.9 1.9 3.4-3.8" />
    </svg>
  );
}
