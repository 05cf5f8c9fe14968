/** Which words stand where in a lane, from the numbers of the frame. */
import type { LaneInfo } from '../../explain/frame.ts';
import type { SceneView, SceneWord } from '../../app/sceneModel.ts';
import { clockText } from './clockText.ts';
import type { Geometry } from './geometry.ts';
import type { Label, LabelBrush } from './labels.ts';
import type { Placement } from './placement.ts';

/** What the lane's scheduler does at t. */
export interface LoopView {
  /** Starts of the last loops, microseconds, ascending. */
  ticks: ArrayLike<number>;
  /** Since when the loop is held by its executor, microseconds; null when it is not. */
  blockedSince: number | null;
  /** Since when no scheduler works, microseconds; null while one does. */
  downSince: number | null;
}

export interface Counts {
  /** Task instances per state, in the order of TI_STATES. */
  byState: ArrayLike<number>;
  stateNames: readonly string[];
}

const QUEUE_WORD = {
  sequential: 'queueSequential',
  local: 'queueLocal',
  celery: 'queueCelery',
  kubernetes: 'queueKubernetes',
} as const satisfies Record<LaneInfo['executor'], SceneWord>;

const SLOT_WORD = {
  sequential: 'slotsSequential',
  local: 'slotsLocal',
  celery: 'slotsCelery',
  kubernetes: 'slotsKubernetes',
} as const satisfies Record<LaneInfo['executor'], SceneWord>;

const ABOVE_GATE = [
  'up_for_retry',
  'up_for_reschedule',
  'deferred',
  'restarting',
  'awaiting_input',
];
const NOT_SUCCESS = ['skipped', 'failed', 'upstream_failed', 'removed'];

export interface CaptionInput {
  t: number;
  info: LaneInfo;
  view: SceneView;
  geometry: Geometry;
  placement: Placement;
  counts: Counts;
  loop: LoopView;
}

export function drawCaptions(brush: LabelBrush, input: CaptionInput): void {
  const { geometry: g, view } = input;
  const right = g.width - 14;
  brush.draw([{ template: view.words.scheduler, values: {} }], 14, g.schedulerY);
  drawLoop(brush, input, right);
  drawChamber(brush, input, right);
  drawQueueAndSlots(brush, input);
  drawZones(brush, input);
  drawHeap(brush, input, right);
}

/** Without a loop for so long the last distance says nothing any more. */
const SILENT_US = 10_000_000;

function drawLoop(
  brush: LabelBrush,
  { t, loop, view, geometry: g }: CaptionInput,
  x: number,
): void {
  const { words, theme } = view;
  if (loop.downSince !== null) {
    const text = words.loopDown.replace('{t}', clockText(loop.downSince));
    brush.plain(text, x, g.schedulerY, theme.fault, true);
    return;
  }
  if (loop.blockedSince !== null) {
    const text = words.loopBlocked.replace('{t}', clockText(t - loop.blockedSince));
    brush.plain(text, x, g.schedulerY, theme.fault, true);
    return;
  }
  const every = interval(loop.ticks);
  if (every === null) return;
  const idle = t - (loop.ticks[loop.ticks.length - 1] ?? t);
  if (idle > SILENT_US && idle > 3 * every) {
    const text = words.loopNone.replace('{t}', clockText(idle));
    brush.plain(text, x, g.schedulerY, theme.fault, true);
    return;
  }
  brush.plain(words.loopEvery.replace('{t}', clockText(every)), x, g.schedulerY, theme.ink, true);
}

/** Median distance of the last loops, microseconds. */
function interval(ticks: ArrayLike<number>): number | null {
  const gaps: number[] = [];
  for (let i = 1; i < ticks.length; i++) gaps.push(ticks[i]! - ticks[i - 1]!);
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? null;
}

function countOf(counts: Counts, state: string): number {
  return counts.byState[counts.stateNames.indexOf(state)] ?? 0;
}

function stateLabels(counts: Counts, names: readonly string[], template: string): Label[] {
  return names
    .map((state) => ({ state, n: countOf(counts, state) }))
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => ({ template, values: { n, state } }));
}

function drawChamber(brush: LabelBrush, input: CaptionInput, right: number): void {
  const { view, counts, geometry: g } = input;
  const { words } = view;
  const scheduled = { template: words.scheduled, values: { n: countOf(counts, 'scheduled') } };
  const none = { template: words.none, values: { n: countOf(counts, 'none') } };
  const waiting = stateLabels(counts, ABOVE_GATE, words.waitingState);
  brush.draw([scheduled], 14, g.labelY);
  brush.draw([...waiting.slice(0, 2), none], right, g.labelY, true);
}

function drawQueueAndSlots(brush: LabelBrush, input: CaptionInput): void {
  const { view, info, placement, geometry: g } = input;
  const { words } = view;
  const queued = { template: words.queued, values: { n: placement.queued } };
  brush.draw([queued], 16, g.queueLabelY, false, true);
  const where = { template: words[QUEUE_WORD[info.executor]], values: { make: brokerOf(info) } };
  brush.draw([where], g.width - 16, g.queueLabelY, true, true);
  const busy: Label[] = [{ template: words.running, values: { n: placement.working } }];
  if (placement.starting > 0) {
    busy.push({ template: words.starting, values: { n: placement.starting } });
  }
  brush.draw(busy, 16, g.slotLabelY, false, true);
  brush.draw([slotLabel(input)], g.width - 16, g.slotLabelY, true, true);
}

function brokerOf(info: LaneInfo): string {
  const make = info.parts.find((part) => part.kind === 'broker')?.detail;
  return make === 'rabbitmq' ? 'RabbitMQ' : 'Redis';
}

function slotLabel({ info, view, geometry: g }: CaptionInput): Label {
  if (g.slotsPerLine > 1) {
    return { template: view.words.linePerSlots, values: { n: String(g.slotsPerLine) } };
  }
  const groups = info.slotGroups.length;
  const each = groups > 0 ? Math.round(info.slots / groups) : info.slots;
  const n = info.executor === 'celery' ? each : info.slots;
  return {
    template: view.words[SLOT_WORD[info.executor]],
    values: { n: String(n), w: String(groups) },
  };
}

/** The two zones are named where the throat leaves room beside it. */
function drawZones(brush: LabelBrush, { view, geometry: g }: CaptionInput): void {
  if (g.width - g.throatRight < 84) return;
  const x = g.throatRight + 9;
  brush.draw([{ template: view.words.zoneStarting, values: {} }], x, g.throatTop + 20);
  brush.draw([{ template: view.words.zoneWorking, values: {} }], x, g.startEnd + 26);
}

function drawHeap(brush: LabelBrush, input: CaptionInput, right: number): void {
  const { view, counts, placement, geometry: g } = input;
  if (placement.heap === 0) return;
  const y = Math.max(g.fanBottom + 12, placement.heapTop - 6);
  const n = placement.heap;
  const done: Label[] = [{ template: view.words.finished, values: { n } }];
  const left = brush.draw(done, 14, y, false, true);
  const other = stateLabels(counts, NOT_SUCCESS, view.words.endedOther);
  // What does not fit beside the count stands in the lane's header (state bar) in any case.
  while (other.length > 0 && 14 + left + 10 + brush.width(other) > right) other.pop();
  if (other.length > 0) brush.draw(other, right, y, true, true);
}
