/** One gate as it is told to people: what decided, with which numbers (semantics 4.5). */
import type { EngineContext } from './context.ts';
import { newGate, type Gate, type ReasonCode } from './dependencies/gate.ts';
import { isSchedulerUp } from './scheduler/schedulers.ts';

export interface GateResult {
  /** `later`: it is not asked yet, because an earlier gate of another step holds. */
  readonly result: 'passed' | 'holds' | 'later';
  readonly reason: {
    readonly code: string;
    readonly option: string | null;
    readonly actual: number | null;
    readonly limit: number | null;
    /** SimTime since when it holds, where the gate knows it; else that of the row's last change. */
    readonly since: number;
    readonly params: Record<string, string | number>;
  };
}

export type Params = Record<string, string | number>;

type Check = (gate: Gate) => boolean;

/** One gate: its check, and the names that its sentence needs. */
export interface Step {
  readonly check: Check;
  readonly params?: (gate: Gate) => Params;
}

export function until(gate: Gate): Params {
  return gate.until === Infinity ? {} : { until_us: gate.until };
}

export function ask(step: Step): GateResult {
  const gate = newGate();
  const passes = step.check(gate);
  return resultOf(passes, gate, step.params?.(gate) ?? {});
}

export function resultOf(passes: boolean, gate: Gate, params: Params): GateResult {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    result: passes ? 'passed' : 'holds',
    reason: {
      code: gate.code,
      option: gate.option === '' ? null : gate.option,
      actual: finite(gate.actual),
      limit: finite(gate.limit),
      since: -1,
      params,
    },
  };
}

export function plain(
  result: GateResult['result'],
  code: ReasonCode,
  params: Params = {},
  since = -1,
): GateResult {
  const reason = { code, option: null, actual: null, limit: null, since, params };
  return { result, reason };
}

/** The scheduler itself: it will look in its next loop, unless something blocks it. */
export function loopGate(ctx: EngineContext): GateResult {
  const { counters } = ctx.world;
  if (!isSchedulerUp(ctx)) return plain('holds', 'scheduler_down');
  if (counters.blockedSince < 0) return plain('holds', 'scheduler_loop');
  const busy = ctx.sim.now - counters.blockedSince;
  return plain('holds', 'scheduler_busy', { busy_us: busy }, counters.blockedSince);
}
