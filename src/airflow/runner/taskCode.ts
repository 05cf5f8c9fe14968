/**
 * User code of a try: how long it works, how it ends, and what it does on the way (branch, skip,
 * trigger another DAG, wait for another DAG, poke, defer). Nothing here knows of executors.
 */
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import type { TaskBehaviour } from '../behaviour/book.ts';
import { DEFERRAL_CODE_S } from '../behaviour/defaults.ts';
import { outcomeOf, PURPOSE, setTryKey, spanOf } from '../behaviour/draw.ts';
import { US_PER_SECOND } from '../../base/time.ts';
import { applyRetryDecision, decideRetry } from '../rules/index.ts';
import { HitlCode } from './hitlCode.ts';
import { callbackOf, runCallbacks } from './callbacks.ts';
import { drawSpan, keyOfWorkload, later, type PlantEnv } from './env.ts';
import { outcomeCode } from './outcome.ts';
import { SensorCode, type Ending } from './sensorCode.ts';
import { KnownTasks } from './knownTasks.ts';
import type { TaskBook, TaskTraits } from './taskBook.ts';
import type { Step } from './timings.ts';
import type { Triggerer, TriggerCode } from './triggerer.ts';
import { ANSWER, NONE, OUTCOME } from './workloads.ts';

/** How TriggerDagRunOperator ends when it made no run. */
const NOT_MADE = {
  skips: OUTCOME.skipped,
  fails: OUTCOME.failed,
  ends: OUTCOME.failNoRetry,
} as const;

const DEFERRAL_US = DEFERRAL_CODE_S * US_PER_SECOND;

export class TaskCode implements Ending, TriggerCode {
  private readonly env: PlantEnv;
  private readonly known: KnownTasks;
  private readonly triggerer: Triggerer;
  private readonly report: Step;
  private readonly sensors: SensorCode;
  private readonly hitl: HitlCode;

  constructor(env: PlantEnv, tasks: TaskBook, triggerer: Triggerer) {
    this.env = env;
    this.known = new KnownTasks(env, tasks);
    this.triggerer = triggerer;
    this.report = env.timings.step('task.report');
    this.sensors = new SensorCode(env, this);
    this.hitl = new HitlCode(env, this);
  }

  /** User code begins now: plans its end. */
  begin(w: number): void {
    if (!this.env.port.isInFile(this.tiOf(w))) return this.endMissing(w);
    const behaviour = this.behaviourOf(w);
    const traits = this.traitsOf(w);
    runCallbacks(this.env, this.tiOf(w), traits, 'on_execute_callback', 0);
    if (this.env.port.isResuming(this.tiOf(w))) this.resume(w, behaviour, traits);
    else if (behaviour.hitl) this.hitl.begin(w, behaviour);
    else if (traits.sensor !== null) this.sensors.begin(w, behaviour, traits, traits.sensor);
    else if (traits.deferrable && !behaviour.target) this.submit(w, behaviour);
    else this.work(w, behaviour, traits);
  }

  /** 3.x: the file has no such task: the try is put off some times, then its process gives up. */
  private endMissing(w: number): void {
    const { port, config, context, workloads } = this.env;
    const again = port.reschedulesOf(this.tiOf(w)) < config.missingRetries;
    workloads.rows.later[w] = context.now + config.missingDelay;
    this.endAfter(w, 0, again ? OUTCOME.rescheduled : OUTCOME.killed);
  }

  /** A sensor or a waiting operator looks again. */
  poke(w: number): void {
    const traits = this.traitsOf(w);
    if (traits.sensor !== null) {
      this.sensors.pokeAgain(w, this.behaviourOf(w), traits, traits.sensor);
    } else this.awaitRun(w, traits);
  }

  /**
   * User code has ended: stores what does not wait for the end of the process. False when it goes
   * on after all (an operator that now waits for the run it has triggered).
   */
  conclude(w: number): boolean {
    const { workloads, port, context } = this.env;
    const { rows } = workloads;
    const ti = rows.ti[w]!;
    const tryNumber = rows.tryNumber[w]!;
    switch (rows.outcome[w]) {
      case OUTCOME.success:
        return this.succeed(w, ti, tryNumber);
      case OUTCOME.rescheduled:
        port.reschedule(ti, tryNumber, rows.later[w]!);
        return true;
      case OUTCOME.failed:
        this.askPolicy(w, ti);
        return true;
      case OUTCOME.parked:
        port.park(ti, tryNumber, rows.timeout[w]!);
        return true;
      case OUTCOME.deferred:
        this.defer(w, ti, tryNumber, context.now);
        return true;
      default:
        return true;
    }
  }

  /** The row's end is stored `task.report` after the end of user code; both are one event. */
  endAfter(w: number, span: number, outcome: number): void {
    const { rows } = this.env.workloads;
    rows.outcome[w] = outcome;
    const report = drawSpan(this.env, w, this.report.sampler, this.report.purpose);
    later(this.env, w, span + report + this.env.outage.delay, PLANT_EVENT.report);
  }

  /** Callbacks of the end; how long the process goes on because of them. */
  runCallbacks(w: number, outcome: number, final: boolean): number {
    const traits = this.traitsOf(w);
    if (traits.callbacks === null) return 0;
    const { callback } = this.behaviourOf(w);
    return runCallbacks(this.env, this.tiOf(w), traits, callbackOf(outcome, final), callback);
  }

  /** The event: somebody answers by himself. */
  answered(ti: number, tryNumber: number): void {
    this.env.port.answer(ti, tryNumber, this.behaviourOfTi(ti).answer);
  }

  /** How this try ends if nothing else happens. */
  drawnOutcome(w: number, behaviour: TaskBehaviour): number {
    if (behaviour.outcomes.length === 0 && behaviour.failureChance <= 0) return OUTCOME.success;
    const { context, workloads } = this.env;
    const key = keyOfWorkload(this.env, w);
    return outcomeCode(outcomeOf(context.seed, key, behaviour, workloads.rows.tryNumber[w]!));
  }

  /** Sensors and operators that wait look again and again: they are never away for long. */
  waits(w: number): boolean {
    const { kind } = this.behaviourOf(w);
    return kind === 'sensor' || kind === 'trigger_dag_run';
  }

  /** Has it run for longer than execution_timeout? */
  isOverdue(w: number): boolean {
    const { context, workloads } = this.env;
    return context.now - workloads.rows.since[w]! > this.traitsOf(w).executionTimeout;
  }

  tiOf(w: number): number {
    return this.env.workloads.rows.ti[w]!;
  }

  /**
   * Plain user code: its time, or execution_timeout, whichever is first; where cores are shared,
   * others on the machine stretch the part that needs a processor.
   */
  private work(w: number, behaviour: TaskBehaviour, traits: TaskTraits): void {
    const span = drawSpan(this.env, w, behaviour.duration, PURPOSE.duration);
    const outcome = this.drawnOutcome(w, behaviour);
    const { rows } = this.env.workloads;
    const { machines } = this.env;
    const machine = behaviour.cpu > 0 && machines.shared ? machines.under(w) : NONE;
    if (machine === NONE) return this.endWithin(w, span, outcome, traits.executionTimeout);
    rows.outcome[w] = outcome;
    rows.job[w] = machines.start(machine, span * behaviour.cpu, PLANT_EVENT.computed, w);
  }

  private endWithin(w: number, span: number, outcome: number, limit: number): void {
    if (span > limit) this.endAfter(w, Math.max(0, limit), OUTCOME.failed);
    else this.endAfter(w, span, outcome);
  }

  /** The event: what needed a processor is done, the code still waits for other things. */
  computed(w: number): void {
    const { context, workloads } = this.env;
    const { rows } = workloads;
    const behaviour = this.behaviourOf(w);
    const span = drawSpan(this.env, w, behaviour.duration, PURPOSE.duration);
    const limit = this.traitsOf(w).executionTimeout - (context.now - rows.since[w]!);
    this.endWithin(w, Math.round(span * (1 - behaviour.cpu)), rows.outcome[w]!, limit);
  }

  /** Megabytes that the user code of the workload uses. */
  memoryOf(w: number): number {
    return this.behaviourOf(w).memory;
  }

  /** Sends the request and defers; the work itself happens elsewhere. */
  private submit(w: number, behaviour: TaskBehaviour): void {
    const { context, workloads } = this.env;
    const span = drawSpan(this.env, w, behaviour.duration, PURPOSE.duration);
    workloads.rows.later[w] = context.now + DEFERRAL_US + span;
    workloads.rows.timeout[w] = this.latestEnd(w);
    this.endAfter(w, DEFERRAL_US, OUTCOME.deferred);
  }

  /** 2.x: execution_timeout is for the whole try, its deferral included. */
  private latestEnd(w: number): number {
    const { config, context } = this.env;
    return config.is3 ? Infinity : context.now + this.traitsOf(w).executionTimeout;
  }

  private resume(w: number, behaviour: TaskBehaviour, traits: TaskTraits): void {
    const failed = this.env.port.resumeFailed(this.tiOf(w));
    if (!failed) return this.endAfter(w, DEFERRAL_US, this.outcomeAfter(w, behaviour, traits));
    const { profile } = this.env.config;
    const timedOut = !this.env.port.resumeRaised(this.tiOf(w));
    const final = timedOut && traits.sensor !== null && profile.deferralTimeoutIsFinal;
    this.endAfter(
      w,
      DEFERRAL_US,
      this.softened(final ? OUTCOME.failNoRetry : OUTCOME.failed, traits),
    );
  }

  /** What a resumed task makes of the trigger's event. */
  private outcomeAfter(w: number, behaviour: TaskBehaviour, traits: TaskTraits): number {
    if (behaviour.hitl) return this.hitl.outcome(this.tiOf(w), behaviour.hitl);
    if (!behaviour.target) return this.drawnOutcome(w, behaviour);
    const { tis, rows } = this.env.workloads;
    const ti = this.tiOf(w);
    rows.run[w] = tis.awaited[ti]!;
    if (tis.answer[ti] === ANSWER.skipped) return OUTCOME.skipped;
    return tis.answer[ti] === ANSWER.met ? OUTCOME.success : this.softened(OUTCOME.failed, traits);
  }

  /** A sensor that fails when it resumes may be skipped instead. */
  private softened(outcome: number, { sensor }: TaskTraits): number {
    if (sensor === null) return outcome;
    const never = sensor.never_fail && this.env.config.profile.neverFailHoldsAtResume;
    return sensor.soft_fail || never ? OUTCOME.skipped : outcome;
  }

  /** The scheduler has deferred the task itself: its trigger begins, nothing ran before. */
  startTrigger(ti: number): void {
    const { port, context, key } = this.env;
    const tryNumber = port.tryNumberOf(ti);
    const { duration, never } = this.behaviourOfTi(ti);
    setTryKey(key, port.taskKeyOf(ti), port.runKeyOf(ti), port.mapIndexOf(ti), tryNumber);
    const span = spanOf(context.seed, key, duration, PURPOSE.duration);
    this.triggerer.accept(ti, tryNumber, never ? Infinity : span);
  }

  /** TriggerCode: what the trigger of an operator that waits for another DAG sees. */
  looks(ti: number): boolean {
    const { port, workloads } = this.env;
    const { target } = this.behaviourOfTi(ti);
    const run = workloads.tis.awaited[ti]!;
    if (!target) return true;
    const state = run === NONE ? port.externalState(ti, target) : port.runEnd(run, target);
    if (state === 'waiting') return false;
    const { met, failed, skipped } = ANSWER;
    workloads.tis.answer[ti] = state === 'met' ? met : state === 'skipped' ? skipped : failed;
    return true;
  }

  /** TriggerCode: end_from_trigger. */
  endOf(ti: number, tryNumber: number): 'succeed' | 'skip' | 'fail' | null {
    const behaviour = this.behaviourOfTi(ti);
    if (!behaviour.endsInTrigger) return null;
    const { port, context, key } = this.env;
    setTryKey(key, port.taskKeyOf(ti), port.runKeyOf(ti), port.mapIndexOf(ti), tryNumber);
    const end = outcomeOf(context.seed, key, behaviour, tryNumber);
    if (end === 'success') return 'succeed';
    return end === 'skipped' ? 'skip' : 'fail';
  }

  private defer(w: number, ti: number, tryNumber: number, now: number): void {
    const { rows } = this.env.workloads;
    if (!this.env.port.defer(ti, tryNumber, rows.timeout[w]!)) return;
    this.env.workloads.tis.awaited[ti] = rows.run[w]!;
    const interval = this.behaviourOf(w).target ? this.traitsOf(w).pollInterval : 0;
    this.triggerer.accept(ti, tryNumber, rows.later[w]! - now, interval);
  }

  private succeed(w: number, ti: number, tryNumber: number): boolean {
    const { port } = this.env;
    const behaviour = this.behaviourOf(w);
    const { kind } = behaviour;
    if (kind === 'hitl') this.hitl.follow(ti, behaviour);
    else if (kind === 'branch') port.branch(ti, behaviour.branch);
    else if (kind === 'short_circuit' && !behaviour.condition) {
      port.shortCircuit(ti, behaviour.ignoresRules);
    } else if (kind === 'trigger_dag_run' && !this.triggers(w, ti, behaviour)) return false;
    if (this.env.workloads.rows.outcome[w] !== OUTCOME.success) return true;
    port.finish(ti, tryNumber, 'succeed', behaviour.returnsLength);
    return true;
  }

  /** TriggerDagRunOperator: creates the run; false when it goes on to wait for its end. */
  private triggers(w: number, ti: number, behaviour: TaskBehaviour): boolean {
    const { workloads, port } = this.env;
    const { rows } = workloads;
    const { target } = behaviour;
    if (rows.run[w] !== NONE || !target) return true;
    const made = port.triggerDagRun(ti, target);
    if (typeof made === 'string') {
      rows.outcome[w] = NOT_MADE[made];
      return true;
    }
    if (target.wait_for_completion !== true) return true;
    rows.run[w] = made.run;
    const { pollInterval, deferrable } = this.traitsOf(w);
    if (!deferrable) {
      later(this.env, w, pollInterval, PLANT_EVENT.poke);
      return false;
    }
    rows.outcome[w] = OUTCOME.deferred;
    rows.later[w] = Infinity;
    rows.timeout[w] = this.latestEnd(w);
    this.defer(w, ti, rows.tryNumber[w]!, this.env.context.now);
    return true;
  }

  /** retry_policy: a failure that would be tried again may end it, or wait for another time. */
  private askPolicy(w: number, ti: number): void {
    const { retryPolicy } = this.traitsOf(w);
    const { port, config, workloads } = this.env;
    if (retryPolicy === null || !config.profile.hasRetryPolicy || !port.shouldRetry(ti)) return;
    const decision = decideRetry(retryPolicy, this.behaviourOf(w).raises);
    const { state, overrideUs } = applyRetryDecision(decision, true);
    if (state === 'failed') workloads.rows.outcome[w] = OUTCOME.failNoRetry;
    else if (overrideUs !== null) port.retryAfter(ti, overrideUs);
  }

  private awaitRun(w: number, traits: TaskTraits): void {
    const { target } = this.behaviourOf(w);
    if (!target) return;
    const state = this.env.port.runEnd(this.env.workloads.rows.run[w]!, target);
    if (state === 'waiting') later(this.env, w, traits.pollInterval, PLANT_EVENT.poke);
    else this.endAfter(w, 0, state === 'met' ? OUTCOME.success : OUTCOME.failed);
  }

  private behaviourOf(w: number): TaskBehaviour {
    return this.behaviourOfTi(this.tiOf(w));
  }

  private behaviourOfTi(ti: number): TaskBehaviour {
    return this.known.behaviourOf(ti);
  }

  private traitsOf(w: number): TaskTraits {
    return this.known.traitsOf(this.tiOf(w));
  }
}
