import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import type { CauseEvent, LifeSpan, WhyModel } from '../../app/model.ts';
import { clock } from '../../i18n/index.ts';
import { Cell, ExecutorGlyph, Icon } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Place } from '../parts/Place.tsx';
import { asTiState } from '../states.ts';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { BrokenHere } from './BrokenHere.tsx';
import { Gates } from './Gates.tsx';
import { taskLabel } from './labels.ts';
import { useLaneName } from './laneName.ts';
import { reasonValues, whySentence } from './sentences.ts';

const TaskActions = lazy(() =>
  import('../plant/TaskActions.tsx').then((m) => ({ default: m.TaskActions })),
);

/** Question, id, state; one sentence; its life; the gates in order, the holding one in ink. */
export function WhyPanel({ onClose }: { onClose?: () => void }): ReactNode {
  const words = useWords();
  const why = useModel((model) => model.why);
  return (
    <aside className="why scroll" aria-label={words.t('why.label')}>
      <div className="why-h">
        <span className="eyebrow">{words.t(why ? `why.q.${why.question}` : 'why.emptyTitle')}</span>
        {onClose ? (
          <IconButton icon="close" label={words.t('why.close')} keys="W" onClick={onClose} />
        ) : null}
      </div>
      {why ? <Answer why={why} /> : <Place text={words.t('why.empty')} />}
    </aside>
  );
}

function Answer({ why }: { why: WhyModel }): ReactNode {
  const words = useWords();
  const nameOf = useLaneName();
  const lane = useModel((model) => model.lanes.find((one) => one.id === why.lane) ?? null);
  const state = asTiState(why.state);
  return (
    <>
      <h2 className="mono ti">{taskLabel(lane, why.ti)}</h2>
      <p className="tags">
        <span className="st">
          <Cell state={state} />
          <span>
            {state}
            {words.locale === 'ko' ? <small> {words.t(`state.${state}`)}</small> : null}
          </span>
        </span>
        {lane ? (
          <span className="chip">
            <ExecutorGlyph executor={lane.executor} size={14} />
            {nameOf(lane)}
          </span>
        ) : null}
        {why.tryNumber > 1 ? (
          <span className="chip">{words.t('why.try', { n: why.tryNumber })}</span>
        ) : null}
      </p>
      <p className="say">
        <Rich text={whySentence(words, why)} />
      </p>
      {lane ? <BrokenHere lane={lane} /> : null}
      {why.gates.length > 0 ? <Gates gates={why.gates} /> : null}
      {why.causes.length > 0 ? <Chain causes={why.causes} /> : null}
      <Life life={why.life} now={why.t} />
      {lane ? (
        <Suspense>
          <TaskActions lane={lane} ti={why.ti} />
        </Suspense>
      ) : null}
    </>
  );
}

/** A bar to scale, and under it every state with its time: the bar alone would hide short ones. */
function Life({ life, now }: { life: readonly LifeSpan[]; now: number }): ReactNode {
  const words = useWords();
  const first = life[0];
  if (!first) return null;
  const until = (span: LifeSpan): number => Math.min(now, span.to ?? now);
  return (
    <section>
      <h3 className="eyebrow sub">{words.t('why.life')}</h3>
      <div className="hist" aria-hidden="true">
        <div className="hb">
          {life.map((span) => (
            <i
              key={`${span.from} ${span.state}`}
              className={`s-${asTiState(span.state)}`}
              style={{ flex: Math.max(0, until(span) - span.from) }}
            />
          ))}
        </div>
        <div className="hl">
          <span>{clock(first.from)}</span>
          <span>{clock(now)}</span>
        </div>
      </div>
      <StateList life={life} now={now} />
    </section>
  );
}

function StateList({ life, now }: { life: readonly LifeSpan[]; now: number }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const tries = life.some((span) => span.tryNumber > 1);
  return (
    <ol className="states-list">
      {life.map((span) => {
        const state = asTiState(span.state);
        return (
          <li key={`${span.from} ${span.state}`}>
            <Cell state={state} />
            <span>
              {state}
              {tries && span.tryNumber > 0 ? (
                <small> {words.t('why.try', { n: span.tryNumber })}</small>
              ) : null}
            </span>
            <button
              type="button"
              title={words.t('why.goLog')}
              onClick={() => commands.seek(span.from)}
            >
              {clock(span.from, true)}
            </button>
            <span className="v">{words.span(Math.min(now, span.to ?? now) - span.from)}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Chain({ causes }: { causes: readonly CauseEvent[] }): ReactNode {
  const words = useWords();
  return (
    <section>
      <h3 className="eyebrow sub">{words.t('why.chain')}</h3>
      <ol className="chain">
        {causes.map((cause) => (
          <li key={`${cause.t} ${cause.reason.code}`}>
            {cause.state ? <Cell state={asTiState(cause.state)} /> : <Icon name="dot" />}
            <span className="ct">{clock(cause.t)}</span>
            <span>
              <Rich text={words.family('reason', cause.reason.code, reasonValues(cause.reason))} />
              {cause.root ? <small>{words.t('why.rootCause')}</small> : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One line where the panel has no column: it opens the panel. */
export function WhyPeek({ onOpen }: { onOpen: () => void }): ReactNode {
  const words = useWords();
  const why = useModel((model) => model.why);
  const lane = useModel((m) => m.lanes.find((one) => one.id === m.why?.lane) ?? null);
  return (
    <button type="button" className="why-peek" onClick={onOpen}>
      <Icon name="hold" size={20} />
      <span>
        {why ? (
          <>
            <b className="mono">{taskLabel(lane, why.ti)}</b>{' '}
            <Rich text={whySentence(words, why)} />
          </>
        ) : (
          words.t('why.empty')
        )}
      </span>
      <Icon name="right" />
    </button>
  );
}
