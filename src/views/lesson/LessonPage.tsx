import type { ReactNode } from 'react';
import type { LessonModel } from '../../app/lessonModel.ts';
import { clock } from '../../i18n/index.ts';
import { hrefOf } from '../route.ts';
import { Clock, Keys, SpeedChoice } from '../compare/Transport.tsx';
import { TimeSlider } from '../parts/TimeSlider.tsx';
import { useTimeKeys } from '../compare/useTimeKeys.ts';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { Goals } from './Goals.tsx';
import { Hints } from './Hints.tsx';
import { Predictions } from './Predictions.tsx';
import { Stage } from './Stage.tsx';

/** Text at the left, the running thing at the right: predict, run, see why, reach the goals. */
export function LessonPage({ lesson }: { lesson: LessonModel }): ReactNode {
  const words = useWords();
  useTimeKeys();
  const { world, number, minutes, title } = lesson;
  return (
    <main id="main" tabIndex={-1} className="lessonv">
      <article className="ltext scroll">
        <p className="eyebrow">
          <a href={hrefOf('lessons')}>{words.t('lesson.all')}</a> ·{' '}
          {words.t('lesson.eyebrow', { world, number, minutes })}
        </p>
        <h1>{title}</h1>
        {lesson.text.map((paragraph) => (
          <p key={paragraph}>
            <Rich text={paragraph} />
          </p>
        ))}
        <Predictions lesson={lesson} />
        <Goals goals={lesson.goals} />
        <Hints lesson={lesson} />
      </article>
      <section className="stage" aria-label={words.t('lesson.stage')}>
        <Stage lesson={lesson} />
        <Insight lesson={lesson} />
        <Bar lesson={lesson} />
      </section>
    </main>
  );
}

/** What there was to see, once it was there to be seen; a trap explains itself the same way. */
function Insight({ lesson }: { lesson: LessonModel }): ReactNode {
  const words = useWords();
  const { aha, trap, phase } = lesson;
  return (
    <div className="aha" role="status">
      {trap ? (
        <p className="trap">
          <b>{words.t('lesson.trap')}</b> <Rich text={trap} />
        </p>
      ) : null}
      {aha ? (
        <p>
          <Rich text={aha} />
        </p>
      ) : null}
      {phase === 'predict' ? <p>{words.t('lesson.runFirst')}</p> : null}
    </div>
  );
}

function Bar({ lesson }: { lesson: LessonModel }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const done = lesson.phase === 'done';
  return (
    <div className="lbar" role="group" aria-label={words.t('time.label')}>
      <span className="keys">
        <Keys />
      </span>
      <Track />
      <SpeedChoice />
      <button type="button" className="btn" onClick={commands.restartLesson}>
        {words.t('lesson.restart')}
      </button>
      {lesson.next ? (
        <a
          className={done ? 'btn primary' : 'btn'}
          href={hrefOf('lessons', lesson.next)}
          title={done ? undefined : words.t('lesson.nextLocked')}
        >
          {words.t('lesson.next')}
        </a>
      ) : null}
    </div>
  );
}

function Track(): ReactNode {
  const t = useModel((model) => model.playback.t);
  const end = useModel((model) => model.playback.end);
  return (
    <>
      <TimeSlider t={t} end={end} />
      <span className="mono faint">
        <Clock /> / {clock(end)}
      </span>
    </>
  );
}
