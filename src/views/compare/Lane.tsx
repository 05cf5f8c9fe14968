import { memo } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import type { LaneSnapshot } from '../../explain/frame.ts';
import { UNKNOWN, bare, clock, count } from '../../i18n/index.ts';
import { minor } from '../frame/LaneChips.tsx';
import { ExecutorGlyph } from '../parts/Icon.tsx';
import { Place } from '../parts/Place.tsx';
import { EmptyBar, StateBar } from '../parts/StateBar.tsx';
import { TI_STATES } from '../states.ts';
import { Rich, useWords } from '../words.tsx';
import { BrokenRow } from './BrokenRow.tsx';
import { LaneStage } from './LaneStage.tsx';
import { PartStrip } from './PartStrip.tsx';

interface Props {
  lane: LaneModel;
  picture: boolean;
  /** Stands beside the Why panel: its leader line can reach it. */
  last: boolean;
}

/** One tunnel: what it is, its numbers, its picture. */
export const Lane = memo(function Lane({ lane, picture, last }: Props): ReactNode {
  const words = useWords();
  const { executor, airflow, snapshot } = lane;
  const name = words.t(`executor.${executor}`);
  const broken = snapshot?.broken.map(({ part }) => part) ?? [];
  return (
    <section
      className="lane"
      data-k={executor}
      aria-label={words.t('lane.label', { lane: executor, version: airflow })}
    >
      <header>
        <h2>
          <ExecutorGlyph executor={executor} size={18} />
          {name}
          <span className="ver">{minor(airflow)}</span>
          {lane.label ? <span className="tag">{lane.label}</span> : null}
        </h2>
        <p className="big">
          <b>{count(snapshot?.finished ?? null)}</b>
          <span>{words.t('lane.of', { total: snapshot?.total ?? lane.info?.total })}</span>
        </p>
      </header>
      {snapshot ? <StateBar counts={snapshot.counts} /> : <EmptyBar />}
      <Metrics lane={lane} />
      {picture ? <PartStrip lane={lane} /> : <BrokenRow lane={lane} />}
      {snapshot ? (
        <p className="sr">
          {summary(snapshot, words.t, executor)}
          {broken.length > 0 ? ` ${words.t('plant.broken')}: ${broken.join(', ')}.` : null}
        </p>
      ) : null}
      {picture ? <Picture lane={lane} last={last} /> : null}
    </section>
  );
});

function summary(
  snapshot: LaneSnapshot,
  t: ReturnType<typeof useWords>['t'],
  lane: string,
): string {
  const of = (state: (typeof TI_STATES)[number]): number =>
    snapshot.counts[TI_STATES.indexOf(state)] ?? 0;
  return t('lane.summary', {
    lane,
    finished: snapshot.finished,
    total: snapshot.total,
    running: of('running'),
    queued: of('queued'),
    scheduled: of('scheduled'),
  });
}

function Picture({ lane, last }: { lane: LaneModel; last: boolean }): ReactNode {
  const words = useWords();
  if (lane.problem) {
    const text = words.family('problem', lane.problem.code, lane.problem.params);
    return <Place full title={words.t('lane.cannot')} text={<Rich text={text} />} />;
  }
  if (!lane.info) {
    return <Place full text={words.t(lane.computing ? 'lane.computing' : 'engine.starting')} />;
  }
  return <LaneStage lane={lane} last={last} />;
}

function Metrics({ lane }: { lane: LaneModel }): ReactNode {
  const words = useWords();
  const { snapshot, info } = lane;
  const never = info !== null && info.makespan === null && !lane.computing;
  return (
    <dl className="mets">
      <div title={words.t('lane.waitHelp')}>
        <dt>{words.t('lane.wait')}</dt>
        <dd>{waitText(snapshot, words.span)}</dd>
      </div>
      <div>
        <dt>{words.t('lane.slots')}</dt>
        <dd>
          {count(snapshot?.slotsWorking ?? null)}{' '}
          <span>{words.t('lane.of', { total: snapshot?.slots ?? info?.slots })}</span>
        </dd>
      </div>
      <div title={never ? bare(words.rich('lane.neverHelp')) : undefined}>
        <dt>{words.t('lane.ends')}</dt>
        <dd>{never ? words.t('lane.never') : clock(info?.makespan ?? null)}</dd>
      </div>
    </dl>
  );
}

function waitText(snapshot: LaneSnapshot | null, span: (us: number | null) => string): string {
  return snapshot && snapshot.waitP95 !== null ? span(snapshot.waitP95) : UNKNOWN;
}
