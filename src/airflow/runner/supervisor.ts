/**
 * The supervisor of one try (3.x) or its LocalTaskJob (2.x): from the slot to its end (semantics
 * 6.1.5). What user code does is `TaskCode`'s; where it runs is the executor's.
 *
 *     slot --start call--> running --start up--> user code --report--> ends --exit--> slot free
 *
 * 3.x: success, retry, deferral and reschedule are stored when the task reports them; a final
 * failure and a skip only when the supervisor sees the end of the task process, which in a share
 * of the tries is one heartbeat interval late. 2.x: the task stores its end itself.
 */
import { keyOf, unit } from '../../kernel/index.ts';
import { FREED, PLANT_DETAIL, PLANT_RECORD } from '../executors/records.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { dropKill, planKill } from './abandoned.ts';
import {
  drawSpan,
  forgetPlans,
  holdsSlot,
  keyOfWorkload,
  later,
  spend,
  type PlantEnv,
} from './env.ts';
import { endOf } from './outcome.ts';
import type { TaskCode } from './taskCode.ts';
import { FLAG, isAtWork, NONE, OUTCOME, STAGE } from './workloads.ts';
import type { Step } from './timings.ts';
import { Unheard } from './unheard.ts';

/** Whoever held the slot is dead: its end frees none. */
const SLOTLESS = FLAG.unheld | FLAG.childGone;

const LINGER = keyOf('supervisor.linger');

/** Recorded: user code of no length, and of half a second and more; nothing between. */
const BRIEF_US = 250_000;

/** Told when the supervisor of a workload has ended. `rows.flags` says whether it raised. */
export type ProcessEnded = (w: number) => void;

export class Supervisor {
  readonly code: TaskCode;
  /** What becomes of it while nobody can be reached. */
  readonly unheard: Unheard;
  private readonly env: PlantEnv;
  private readonly ended: ProcessEnded;
  private readonly startCall: Step;
  private readonly startUp: Step;
  private readonly otherWork: Step;
  private readonly end: Step;
  private readonly upload: Step | null;
  private readonly lingerShare: number;
  private readonly lingerShareBrief: number;

  constructor(env: PlantEnv, code: TaskCode, ended: ProcessEnded) {
    this.env = env;
    this.code = code;
    this.ended = ended;
    this.unheard = new Unheard(env, this);
    const { timings } = env;
    this.startCall = timings.step('task.start_call');
    this.startUp = timings.step('task.start_up');
    this.otherWork = timings.step('task.other_work');
    this.end = timings.step('supervisor.end');
    this.upload = env.config.remoteLogging ? timings.step('supervisor.log_upload') : null;
    this.lingerShare = timings.number('supervisor.linger_share');
    this.lingerShareBrief = timings.number('supervisor.linger_share_brief');
  }

  /** The workload takes a line of the lane: from here on it counts as starting. */
  takeSlot(w: number, line: number): void {
    const { workloads, context } = this.env;
    workloads.enter(w, STAGE.slot, context.now);
    workloads.rows.line[w] = line;
    context.record(workloads.rows.ti[w]!, PLANT_RECORD.slotTaken);
    context.detail(PLANT_DETAIL.slot, line < 0 ? line : this.env.firstLine + line);
  }

  /** The supervisor comes up, `delay` from now. */
  begin(w: number, delay: number): void {
    spend(this.env, this.startCall, w, PLANT_EVENT.start, delay + this.env.outage.delay);
  }

  /** The start call, after `failed` attempts: queued (or restarting) -> running. */
  onStart(w: number, failed = 0): void {
    const { workloads, port, context, config } = this.env;
    const { rows } = workloads;
    if (this.unheard.is(w)) return this.unheard.startFails(w, failed + 1);
    // 2.x reads the file before it has a row to change: the command fails.
    if (!config.is3 && !port.isInFile(rows.ti[w]!)) return this.endUnstarted(w, true);
    const answer = port.start(rows.ti[w]!, rows.tryNumber[w]!);
    if (answer !== 'started') return this.endUnstarted(w, answer === 'refused' && config.is3);
    workloads.enter(w, STAGE.started, context.now);
    rows.started[w] = context.now;
    spend(this.env, this.startUp, w, PLANT_EVENT.body);
  }

  onBody(w: number): void {
    const { workloads, context } = this.env;
    const { rows } = workloads;
    if (this.isOrphan(w)) rows.since[w] = context.now;
    else workloads.enter(w, STAGE.working, context.now);
    context.record(rows.ti[w]!, PLANT_RECORD.bodyBegan);
    this.code.begin(w);
  }

  /** A sensor or a waiting operator looks again; an orphan's next question is its end. */
  onPoke(w: number): void {
    if (this.isOrphan(w)) this.orphanEnds(w);
    else this.code.poke(w);
  }

  /** User code is over: what can be stored now is stored, and the process ends. */
  onReport(w: number, failed = 0): void {
    if (this.isOrphan(w)) return this.orphanEnds(w);
    if (this.unheard.is(w)) return this.unheard.reportFails(w, PLANT_EVENT.report, failed + 1);
    const { workloads, context, config } = this.env;
    const { rows } = workloads;
    if (!this.code.conclude(w)) return;
    const codeSpan = context.now - rows.since[w]!;
    const outcome = rows.outcome[w]!;
    const final = this.isFinal(w, outcome);
    this.beginEnding(w, codeSpan);
    if (outcome === OUTCOME.killed) return this.scheduleReap(w);
    const callbacks = this.code.runCallbacks(w, outcome, final);
    if (config.is3 && final) return this.scheduleReap(w, callbacks);
    this.store(rows.ti[w]!, rows.tryNumber[w]!, outcome, final);
    this.scheduleExit(w, callbacks + this.lingers(w));
  }

  /** SIGKILL of the task process alone; false when there is none. */
  killTask(w: number): boolean {
    const { rows } = this.env.workloads;
    const stage = rows.stage[w]!;
    if (!isAtWork(stage)) return false;
    const codeSpan = stage === STAGE.working ? this.env.context.now - rows.since[w]! : 0;
    forgetPlans(this.env, w);
    rows.outcome[w] = OUTCOME.killed;
    this.beginEnding(w, codeSpan);
    this.scheduleReap(w);
    return true;
  }

  /** 3.x, row 8 of 6.1.5: the task process is gone, what is left to say is said. */
  onReap(w: number, failed = 0): void {
    const { workloads, port, config } = this.env;
    const { rows } = workloads;
    const ti = rows.ti[w]!;
    const outcome = rows.outcome[w]!;
    const silent = outcome === OUTCOME.killed && port.shouldRetry(ti);
    if (!silent && this.unheard.is(w)) {
      return this.unheard.reportFails(w, PLANT_EVENT.reap, failed + 1);
    }
    if (outcome !== OUTCOME.killed) port.finish(ti, rows.tryNumber[w]!, endOf(outcome), NONE);
    else if (config.is3 && !port.shouldRetry(ti)) {
      port.finish(ti, rows.tryNumber[w]!, 'fail_without_retry', NONE);
    }
    this.scheduleExit(w, 0);
  }

  onExit(w: number): void {
    const { workloads, context } = this.env;
    this.noteLastBeat(w);
    workloads.enter(w, STAGE.ended, context.now);
    if ((workloads.rows.flags[w]! & SLOTLESS) === 0) this.freed(w);
    this.ended(w);
  }

  /** The row is no longer this try's: seen at the next beat that is heard, then it is killed. */
  abandon(w: number): void {
    if (!this.unheard.is(w)) planKill(this.env, w);
  }

  /** 2.x: the signal raises in user code, which stores the failure of a cleared row (T16). */
  onKill(w: number): void {
    const { workloads, context, port, config } = this.env;
    const { rows } = workloads;
    rows.outcome[w] = OUTCOME.refused;
    if (!config.is3) port.finish(rows.ti[w]!, rows.tryNumber[w]!, 'fail', NONE);
    workloads.enter(w, STAGE.ending, context.now);
    this.scheduleExit(w, this.draws(w, Infinity) ? this.env.config.heartbeat : 0);
  }

  /**
   * The supervisor is gone: nothing more is reported of this workload. `orphan`: its task process
   * lives on (2.x: and writes its own end), else the machine under both is gone. `frees`: its slot
   * is free at once.
   */
  lose(w: number, orphan = false, frees = true): void {
    const { workloads, context } = this.env;
    const held = holdsSlot(this.env, w);
    const stage = workloads.rows.stage[w]!;
    if (orphan && isAtWork(stage)) {
      workloads.rows.flags[w]! |= FLAG.orphan;
      dropKill(this.env, w, stage);
    } else forgetPlans(this.env, w);
    this.noteLastBeat(w);
    workloads.markLost(w);
    workloads.enter(w, STAGE.ended, context.now);
    if (held && frees) this.freed(w, FREED.lost);
  }

  /** 2.x: the process around a LocalTaskJob is gone, which needs neither slot nor result. */
  release(w: number): void {
    this.env.workloads.rows.flags[w]! |= FLAG.unheld;
    this.freed(w, FREED.goesOn);
  }

  /** `why`: a code of FREED. */
  freed(w: number, why: number = FREED.ended): void {
    this.env.context.record(this.env.workloads.rows.ti[w]!, PLANT_RECORD.slotFreed, why);
  }

  /** The machine under it is gone before it had begun: only the message is left of it. */
  forget(w: number): void {
    const { workloads, context } = this.env;
    const held = holdsSlot(this.env, w);
    forgetPlans(this.env, w);
    workloads.enter(w, STAGE.sent, context.now);
    if (held) this.freed(w, FREED.lost);
  }

  /** From the slot to the running state when nothing comes between. */
  startSpan(w: number): number {
    return drawSpan(this.env, w, this.startCall.sampler, this.startCall.purpose);
  }

  /** It ends without having begun. */
  endUnstarted(w: number, failed: boolean): void {
    const { workloads, context } = this.env;
    workloads.rows.outcome[w] = OUTCOME.refused;
    if (failed) workloads.rows.flags[w]! |= FLAG.failed;
    workloads.enter(w, STAGE.ending, context.now);
    this.scheduleExit(w, 0);
  }

  /** Its last word was lost: it ends as if all was said. */
  endUntold(w: number, reported: boolean): void {
    if (!reported) this.beginEnding(w, Infinity);
    this.scheduleExit(w, 0);
  }

  /** SIGTERM, SIGKILL by its own supervisor. */
  endByItself(w: number): void {
    forgetPlans(this.env, w);
    this.env.workloads.rows.outcome[w] = OUTCOME.killed;
    this.beginEnding(w, Infinity);
    later(this.env, w, this.env.config.killGrace, PLANT_EVENT.reap);
  }

  /** The process is gone with an error, and the row knows nothing of it. */
  vanish(w: number, lastBeat: number): void {
    const { rows, tis } = this.env.workloads;
    this.lose(w);
    tis.beat[rows.ti[w]!] = lastBeat;
    rows.flags[w]! |= FLAG.failed;
    this.ended(w);
  }

  /** An orphan has come to its end; only 2.x's raw task can write that into its row itself. */
  private orphanEnds(w: number): void {
    const { workloads, context, config } = this.env;
    const { rows } = workloads;
    const ti = rows.ti[w]!;
    rows.flags[w]! &= ~FLAG.orphan;
    context.record(ti, PLANT_RECORD.orphanEnded);
    if (!config.is3 && this.code.conclude(w)) {
      const outcome = rows.outcome[w]!;
      this.store(ti, rows.tryNumber[w]!, outcome, this.isFinal(w, outcome));
    }
    if ((rows.flags[w]! & FLAG.over) !== 0) workloads.remove(w);
  }

  /** An end that the task itself, or its supervisor on its word, stores at once. */
  private store(ti: number, tryNumber: number, outcome: number, final: boolean): void {
    const { port } = this.env;
    if (final) port.finish(ti, tryNumber, endOf(outcome), NONE);
    else if (outcome === OUTCOME.failed) port.finish(ti, tryNumber, 'fail', NONE);
  }

  private beginEnding(w: number, codeSpan: number): void {
    const { workloads, context } = this.env;
    workloads.enter(w, STAGE.ending, context.now);
    if (this.draws(w, codeSpan)) workloads.rows.flags[w]! |= FLAG.lingers;
    this.useMachineElsewhere();
  }

  private isOrphan(w: number): boolean {
    return (this.env.workloads.rows.flags[w]! & FLAG.orphan) !== 0;
  }

  isLost(w: number): boolean {
    return (this.env.workloads.rows.flags[w]! & FLAG.lost) !== 0;
  }

  /** Beats are no events: the last one of a supervisor that ends now is computed. */
  private noteLastBeat(w: number): void {
    const { rows, tis } = this.env.workloads;
    const { heartbeat } = this.env.config;
    const started = rows.started[w]!;
    if (started === NONE) return;
    const beats = Math.floor((this.env.context.now - started) / heartbeat);
    tis.beat[rows.ti[w]!] = started + beats * heartbeat;
  }

  private isFinal(w: number, outcome: number): boolean {
    if (outcome === OUTCOME.failNoRetry || outcome === OUTCOME.skipped) return true;
    return outcome === OUTCOME.failed && !this.env.port.shouldRetry(this.env.workloads.rows.ti[w]!);
  }

  /**
   * A race per try (executor-runs 6, fact 1): does the supervisor look before the task process can
   * be reaped? Then it looks again only a whole heartbeat interval later.
   */
  private draws(w: number, codeSpan: number): boolean {
    const share = codeSpan < BRIEF_US ? this.lingerShareBrief : this.lingerShare;
    if (share <= 0) return false;
    const { task, run, part } = keyOfWorkload(this.env, w);
    return unit(this.env.context.seed, task, run, part, LINGER) < share;
  }

  private lingers(w: number): number {
    const late = (this.env.workloads.rows.flags[w]! & FLAG.lingers) !== 0;
    return late ? this.env.config.heartbeat : 0;
  }

  private scheduleReap(w: number, callbacks = 0): void {
    const wait = callbacks + this.lingers(w);
    if (wait === 0) this.onReap(w);
    else later(this.env, w, wait, PLANT_EVENT.reap);
  }

  private scheduleExit(w: number, before: number): void {
    const { upload } = this;
    // The last thing that a supervisor does: its log goes to the remote store.
    const uploads = upload === null ? 0 : drawSpan(this.env, w, upload.sampler, upload.purpose);
    const wait = before + uploads;
    if (wait === 0) return spend(this.env, this.end, w, PLANT_EVENT.exit);
    const span = drawSpan(this.env, w, this.end.sampler, this.end.purpose);
    later(this.env, w, wait + span, PLANT_EVENT.exit);
  }

  /** API server, database and scheduler compete for the same cores because of this try. */
  private useMachineElsewhere(): void {
    if (!this.env.machines.shared) return;
    const span = Math.max(0, this.otherWork.sampler.constant);
    if (span > 0) this.env.machines.startElsewhere(span, PLANT_EVENT.idle);
  }
}
