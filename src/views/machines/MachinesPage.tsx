import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { AppModel, LaneModel, MachineKind } from '../../app/model.ts';
import { bare, clock, count } from '../../i18n/index.ts';
import { laneName } from '../compare/laneName.ts';
import { taskLabel } from '../compare/labels.ts';
import { PhoneScrub } from '../compare/PhoneScrub.tsx';
import { Scrubber } from '../compare/Scrubber.tsx';
import { Transport } from '../compare/Transport.tsx';
import { useTimeKeys } from '../compare/useTimeKeys.ts';
import { Place } from '../parts/Place.tsx';
import { PHONE, useMedia } from '../parts/hooks.ts';
import { LanePick } from '../plant/LanePick.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { MetaTables } from './MetaTables.tsx';
import { ArrowTips, StateChart } from './StateChart.tsx';
import { machinesOfLane } from './machinesOfLane.ts';
import '../styles/machines.css';

/** The inside of one lane: its state machines as live charts, and the metadata database under them. */
export function MachinesPage(): ReactNode {
  const words = useWords();
  const phone = useMedia(PHONE);
  const [id, setId] = useState<string | null>(null);
  const [machine, setMachine] = useState('task_instance');
  const lane = useChosenLane(id);
  const kinds = useModel((model) => model.machineKinds?.machines ?? null);
  useTimeKeys();
  useWatch(lane?.id ?? null);
  const listed = lane && kinds ? machinesOfLane(kinds, lane.executor) : [];
  const kind = listed.find((one) => one.id === machine) ?? listed[0];
  return (
    <main id="main" tabIndex={-1} className="machinesv">
      <nav className="mlist scroll" aria-label={words.t('machines.list')}>
        <h1>{words.t('nav.machines')}</h1>
        <LanePick lane={lane} onLane={setId} />
        <MachineList kinds={listed} now={kind?.id ?? ''} onChoose={setMachine} />
        {lane ? <p className="faint t12">{words.t('machines.help')}</p> : null}
      </nav>
      <div
        className="mmain scroll"
        tabIndex={0}
        role="group"
        aria-label={words.t('machines.inside')}
      >
        <ArrowTips />
        {lane && kind ? (
          <Chart kind={kind} lane={lane} />
        ) : (
          <Place full text={words.t('page.loading')} />
        )}
        {lane ? <MetaTables lane={lane} /> : null}
      </div>
      {phone ? (
        <PhoneScrub />
      ) : (
        <section className="scrub">
          <Transport />
          <Scrubber />
        </section>
      )}
    </main>
  );
}

/** The chosen lane, else that of the selected task instance, else the first that is not in a straw. */
function useChosenLane(id: string | null): LaneModel | undefined {
  return useModel((model: AppModel) => {
    const wanted = id ?? model.selection?.lane ?? null;
    const own = model.lanes.find((lane) => lane.id === wanted);
    return own ?? model.lanes.find((lane) => lane.executor === 'celery') ?? model.lanes[0];
  });
}

function useWatch(lane: string | null): void {
  const commands = useCommands();
  const airflow = useModel((model) => model.lanes.find((one) => one.id === lane)?.airflow);
  useEffect(() => {
    commands.watchMachines(lane);
    commands.watchWorkers(lane);
    return () => {
      commands.watchMachines(null);
      commands.watchWorkers(null);
    };
  }, [commands, lane, airflow]);
}

interface ListProps {
  kinds: readonly MachineKind[];
  now: string;
  onChoose: (id: string) => void;
}

function MachineList({ kinds, now, onChoose }: ListProps): ReactNode {
  const seen = useModel((model) => model.machines?.machines);
  return (
    <ul>
      {kinds.map(({ id }) => {
        const found = seen?.find((one) => one.id === id);
        return (
          <li key={id}>
            <button type="button" aria-pressed={id === now} onClick={() => onChoose(id)}>
              <span>{id}</span>
              {found ? <small>{count(found.total)}</small> : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Chart({ kind, lane }: { kind: MachineKind; lane: LaneModel }): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  const inside = useModel((model) => model.machines);
  const selection = useModel((model) => model.selection);
  const t = useModel((model) => model.playback.t);
  const seen = inside?.machines.find((one) => one.id === kind.id) ?? null;
  const selected = inside?.selected[kind.id] ?? null;
  const chosen = selection?.lane === lane.id ? taskLabel(lane, selection.ti) : null;
  const where = { lane: laneName(words, lanes, lane), time: clock(t) };
  return (
    <div className="chart-pane">
      <p className="chart-h">
        <b>{kind.id}</b>{' '}
        <span className="muted">
          {seen
            ? words.t('machines.count', { n: seen.total, ...where })
            : words.t('machines.notInLog', where)}
        </span>
        {chosen && selected ? (
          <span className="chip">
            {bare(words.rich('machines.selected', { task: chosen, state: selected }))}
          </span>
        ) : null}
      </p>
      <StateChart kind={kind} seen={seen} selected={selected} />
      <LastMove lane={lane} seen={seen} />
    </div>
  );
}

type Seen = NonNullable<AppModel['machines']>['machines'][number];

function LastMove({ lane, seen }: { lane: LaneModel; seen: Seen | null }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  if (!seen?.last) return null;
  const { t, entity, from, event, to } = seen.last;
  const run = seen.id === 'dag_run' ? lane.info?.runs?.[entity]?.run_id : null;
  const name = run ?? (seen.id === 'backfill' ? String(entity + 1) : taskLabel(lane, entity));
  return (
    <p className="last-move t12">
      <span className="faint">{words.t('machines.last')}</span> <code>{name}</code>{' '}
      <code>{from}</code> › <code>{to}</code> <span className="muted">{event}</span>{' '}
      <button type="button" className="lk" onClick={() => commands.seek(t)}>
        {clock(t, true)}
      </button>
    </p>
  );
}
