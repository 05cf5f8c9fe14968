import { useId } from 'react';
import type { ReactNode } from 'react';
import type { HintModel, LessonModel } from '../../app/lessonModel.ts';
import { Icon } from '../parts/Icon.tsx';
import { useCommands } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';

/** Three rungs, one after the other; then the solution can be watched. */
export function Hints({ lesson }: { lesson: LessonModel }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const open = lesson.hints.filter((hint) => hint.state === 'open').at(-1);
  return (
    <section className="hints">
      <h2>{words.t('lesson.hints')}</h2>
      <ol>
        {lesson.hints.map((hint, at) => (
          <Rung key={hint.label} hint={hint} at={at} />
        ))}
      </ol>
      {open ? (
        <p className="hint-text" role="status">
          <Rich text={open.text} />
        </p>
      ) : null}
      <div className="sol">
        {lesson.solutions.map((solution) => (
          <button
            key={solution.id}
            type="button"
            className="btn sm quiet"
            onClick={() => commands.replaySolution(solution.id)}
          >
            <Icon name="play" size={14} />
            {words.t('lesson.solution')}
            {lesson.solutions.length > 1 ? `: ${solution.label}` : null}
          </button>
        ))}
      </div>
    </section>
  );
}

function Rung({ hint, at }: { hint: HintModel; at: number }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const why = useId();
  const locked = hint.state === 'locked';
  return (
    <li className={hint.state}>
      <button
        type="button"
        aria-disabled={locked}
        aria-expanded={hint.state === 'open'}
        aria-describedby={locked ? why : undefined}
        title={locked ? words.t('lesson.hintLocked') : undefined}
        onClick={() => !locked && commands.openHint(at)}
      >
        <span aria-hidden="true">{at + 1}</span>
        {hint.label}
        {locked ? <Icon name="lock" size={14} /> : null}
      </button>
      {locked ? (
        <span id={why} className="sr">
          {words.t('lesson.hintLocked')}
        </span>
      ) : null}
    </li>
  );
}
