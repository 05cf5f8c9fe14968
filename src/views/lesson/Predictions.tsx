import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { LessonModel, PredictionModel } from '../../app/lessonModel.ts';
import { UNKNOWN, clock, parseClock, percent } from '../../i18n/index.ts';
import { useCommands } from '../useApp.ts';
import { useWords } from '../words.tsx';

/** Guesses first; afterwards the same table shows what came of them. */
export function Predictions({ lesson }: { lesson: LessonModel }): ReactNode {
  const words = useWords();
  if (lesson.predictions.length === 0) return null;
  const asking = lesson.phase === 'predict';
  return (
    <section className="predict" aria-label={words.t('lesson.predict')}>
      <p className="ph">
        <b>{words.t('lesson.predict')}</b>
        <span className="faint">{lesson.predictNote}</span>
      </p>
      {asking ? <p className="muted">{words.t('lesson.predictFirst')}</p> : null}
      <table className="tb">
        <thead>
          <tr>
            <th scope="col">{words.t('lesson.what')}</th>
            <th scope="col" className="num">
              {words.t('lesson.guess')}
            </th>
            {asking ? null : (
              <>
                <th scope="col" className="num">
                  {words.t('lesson.actual')}
                </th>
                <th scope="col" className="num">
                  {words.t('lesson.error')}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {lesson.predictions.map((one) => (
            <Row key={one.id} prediction={one} asking={asking} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ prediction, asking }: { prediction: PredictionModel; asking: boolean }): ReactNode {
  return (
    <tr>
      <th scope="row">{prediction.label}</th>
      <td className="num">{asking ? <Ask prediction={prediction} /> : show(prediction.guess)}</td>
      {asking ? null : (
        <>
          <td className="num">{show(prediction.actual)}</td>
          <td className="num">{percent(prediction.error)}</td>
        </>
      )}
    </tr>
  );
}

function show(value: number | null): string {
  return value === null ? UNKNOWN : clock(value);
}

function Ask({ prediction }: { prediction: PredictionModel }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const help = useId();
  const { id, label, guess } = prediction;
  const [text, setText] = useState(guess === null ? '' : show(guess));
  const [bad, setBad] = useState(false);
  const send = (): void => {
    if (text.trim() === '') return setBad(false);
    const value = parseClock(text);
    setBad(value === null);
    if (value !== null) commands.predict(id, value);
    return undefined;
  };
  return (
    <>
      <input
        type="text"
        className="field num"
        inputMode="text"
        aria-label={words.t('lesson.guessFor', { what: label })}
        aria-invalid={bad}
        aria-describedby={help}
        title={words.t('lesson.guessFormat')}
        placeholder="0:00"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={send}
        onKeyDown={(event) => event.key === 'Enter' && send()}
      />
      <span id={help} className={bad ? 'err' : 'sr'}>
        {words.t(bad ? 'lesson.guessBad' : 'lesson.guessFormat')}
      </span>
    </>
  );
}
