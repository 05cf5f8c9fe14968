import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import type { LaneSnapshot } from '../../explain/frame.ts';
import { clock } from '../../i18n/index.ts';
import { Cell } from '../parts/Icon.tsx';
import { Menu } from '../parts/Menu.tsx';
import { asTiState } from '../states.ts';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { ActionList } from './ActionList.tsx';
import { AssetForms } from './AssetForms.tsx';
import { BackfillForm, PoolForm, TriggerForm } from './DagForms.tsx';
import { useAct } from './useMoment.ts';
import type { Wanted } from './useMoment.ts';

/** The runs of a lane, and what a person does to them and to their DAGs. */
export function RunsTab({ lane }: { lane: LaneModel | undefined }): ReactNode {
  const words = useWords();
  const runs = lane?.snapshot?.dagRuns ?? [];
  return (
    <>
      <p className="muted t12">{words.t('plant.runsHelp')}</p>
      <DagActions />
      <RunList runs={runs} />
      <ActionList />
    </>
  );
}

function DagActions(): ReactNode {
  const words = useWords();
  const dags = useModel(
    (model) => model.sources.find((one) => one.id === model.source)?.dags ?? NONE,
  );
  const act = useAct();
  const [chosen, setChosen] = useState('');
  const dag = dags.includes(chosen) ? chosen : (dags[0] ?? '');
  if (!dag) return null;
  return (
    <section className="set-group">
      <h3>{words.t('plant.dag')}</h3>
      <div className="set-line">
        <select
          className="field grow"
          aria-label={words.t('plant.dag')}
          value={dag}
          onChange={(event) => setChosen(event.target.value)}
        >
          {dags.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <button
          type="button"
          className="btn sm"
          onClick={() => act({ action: 'pause', dag_id: dag })}
        >
          {words.t('do.pause')}
        </button>
        <button
          type="button"
          className="btn sm"
          onClick={() => act({ action: 'unpause', dag_id: dag })}
        >
          {words.t('do.unpause')}
        </button>
      </div>
      <TriggerForm dag={dag} onAct={act} />
      <BackfillForm dag={dag} onAct={act} />
      <PoolForm onAct={act} />
      <AssetForms onAct={act} />
    </section>
  );
}

const NONE: readonly string[] = [];

type Run = LaneSnapshot['dagRuns'][number];

function RunList({ runs }: { runs: readonly Run[] }): ReactNode {
  const words = useWords();
  const id = useId();
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t('plant.runs')}</h3>
      {runs.length === 0 ? <p className="muted t12">{words.t('plant.noRuns')}</p> : null}
      <ul className="runs">
        {runs.slice(-MOST_RUNS).map((run) => (
          <RunRow key={`${run.dag_id} ${run.run_id}`} run={run} />
        ))}
      </ul>
    </section>
  );
}

/** The newest ones; the table has all. */
const MOST_RUNS = 50;

function RunRow({ run }: { run: Run }): ReactNode {
  const words = useWords();
  const act = useAct();
  const { dag_id, run_id, state } = run;
  const of = { dag_id, run_id };
  const entries: { label: string; wanted: Wanted }[] = [
    { label: words.t('do.clearRun'), wanted: { action: 'clear_run', ...of } },
    {
      label: words.t('do.clearFailed'),
      wanted: { action: 'clear_run', ...of, only_failed: true },
    },
    { label: words.t('do.runSuccess'), wanted: { action: 'mark_run', ...of, state: 'success' } },
    { label: words.t('do.runFailed'), wanted: { action: 'mark_run', ...of, state: 'failed' } },
    { label: words.t('do.deleteRun'), wanted: { action: 'delete_run', ...of } },
  ];
  return (
    <li className="run">
      <Cell state={asTiState(state)} />
      <span className="grow">
        <code>{run_id}</code>
        <small className="faint">
          {dag_id} · {state}
          {run.start === null ? '' : ` · ${clock(run.start)}`}
          {run.end === null ? '' : ` – ${clock(run.end)}`}
        </small>
      </span>
      <Menu className="ib" label={words.t('do.of', { name: run_id })} button="…">
        {(close) =>
          entries.map(({ label, wanted }) => (
            <button key={label} type="button" onClick={() => (act(wanted), close())}>
              {label}
            </button>
          ))
        }
      </Menu>
    </li>
  );
}
