/** The one way in which a DAG run changes its state: an event of its machine. */
import { dagRun, DAG_RUN, DAG_RUN_ACTION } from '../../machines/index.ts';
import { fire, ILLEGAL } from '../../machines/fire.ts';
import type { EngineContext } from '../context.ts';
import { NULL_TIME } from '../rows.ts';
import { refreshRun } from '../taskInstance/ordering.ts';
import { countRun, dropRun, listRun } from './runLists.ts';

type Command = (ctx: EngineContext, run: number) => void;

const commands: Readonly<Record<keyof typeof DAG_RUN_ACTION, Command>> = {
  set_queued_at: ({ world, sim }, run) => {
    world.dagRuns.queued_at[run] = sim.now;
  },
  set_start_date: ({ world, sim }, run) => {
    world.dagRuns.start_date[run] = sim.now;
    world.dagRuns.end_date[run] = NULL_TIME;
  },
  clear_dates: ({ world }, run) => {
    world.dagRuns.start_date[run] = NULL_TIME;
    world.dagRuns.end_date[run] = NULL_TIME;
  },
  set_end_date: ({ world, sim }, run) => {
    world.dagRuns.end_date[run] = sim.now;
  },
  // Done by who sends time_out, before: it needs the task instances (examine.ts).
  skip_unfinished: () => {},
  raise_clear_number: ({ world }, run) => {
    world.dagRuns.clear_number[run]! += 1;
  },
};

const byCode: Command[] = [];
for (const [name, code] of Object.entries(DAG_RUN_ACTION)) {
  byCode[code] = commands[name as keyof typeof DAG_RUN_ACTION];
}

/** False, and nothing changes, when the event is illegal in the run's state. */
export function changeRun(ctx: EngineContext, run: number, event: number, reason = 0): boolean {
  const { dagRuns } = ctx.world;
  const from = dagRuns.state[run]!;
  const id = fire(dagRun, from, event, ctx.versionRunGuards);
  if (id === ILLEGAL) return false;
  const row = id - dagRun.firstId;
  const to = dagRun.rowTo[row]!;
  ctx.sim.record(run, id, reason);
  if (from !== to) dropRun(ctx, run);
  for (let i = dagRun.effectStart[row]!; i < dagRun.effectStart[row + 1]!; i++) {
    byCode[dagRun.effects[i]!]!(ctx, run);
  }
  if (from === to) return true;
  dagRuns.state[run] = to;
  countRun(ctx, run, from, -1);
  countRun(ctx, run, to, 1);
  listRun(ctx, run);
  dagRuns.touched[run] = 1;
  if (from === DAG_RUN.running || to === DAG_RUN.running) refreshRun(ctx, run);
  for (const observer of ctx.observers) observer.dagRun?.(run, from, to, event);
  return true;
}
