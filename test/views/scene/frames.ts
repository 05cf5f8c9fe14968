/** Hand-made frames for the tests of the picture: a plausible moment of a lane, not a simulation. */
import type { LaneFrame, LaneInfo } from '../../../src/explain/frame.ts';
import type { SceneView } from '../../../src/app/sceneModel.ts';
import { STAGE } from '../../../src/views/scene/stages.ts';

export const STATE_NAMES = [
  'none',
  'scheduled',
  'queued',
  'running',
  'success',
  'failed',
  'upstream_failed',
  'up_for_retry',
  'skipped',
  'deferred',
  'up_for_reschedule',
  'restarting',
  'removed',
  'awaiting_input',
];

export interface Moment {
  none: number;
  scheduled: number;
  queued: number;
  starting: number;
  working: number;
  heap: number;
  retry?: number;
}

export function makeFrame(moment: Moment, t = 160_000_000): LaneFrame {
  const count =
    moment.none +
    moment.scheduled +
    moment.queued +
    moment.starting +
    moment.working +
    moment.heap +
    (moment.retry ?? 0);
  const frame: LaneFrame = {
    t,
    epoch: 1,
    count,
    state: new Uint8Array(count),
    stage: new Uint8Array(count),
    slot: new Int16Array(count).fill(-1),
    stateSince: new Float64Array(count),
    stageSince: new Float64Array(count),
    stageUntil: new Float64Array(count).fill(Infinity),
    fromStage: new Uint8Array(count),
    rank: new Int32Array(count),
  };
  let ti = 0;
  let slot = 0;
  const put = (n: number, stage: number, state: string, inSlot = false): void => {
    for (let i = 0; i < n; i++, ti++) {
      frame.stage[ti] = stage;
      frame.state[ti] = STATE_NAMES.indexOf(state);
      frame.rank[ti] = i;
      if (!inSlot) continue;
      frame.slot[ti] = slot++;
      frame.stageSince[ti] = t - 1_000_000 * (1 + ((i * 7) % 11));
      frame.stageUntil[ti] = t + 1_000_000 * (1 + ((i * 5) % 13));
    }
  };
  put(moment.heap, STAGE.heap, 'success');
  for (let i = 0; i < moment.heap; i += 17) frame.state[i] = STATE_NAMES.indexOf('skipped');
  for (let i = 9; i < moment.heap; i += 71) frame.state[i] = STATE_NAMES.indexOf('failed');
  for (let i = 11; i < moment.heap; i += 71)
    frame.state[i] = STATE_NAMES.indexOf('upstream_failed');
  put(moment.working, STAGE.working, 'running', true);
  put(moment.starting, STAGE.starting, 'queued', true);
  put(moment.queued, STAGE.queue, 'queued');
  put(moment.retry ?? 0, STAGE.chamber, 'up_for_retry');
  put(moment.scheduled, STAGE.chamber, 'scheduled');
  put(moment.none, STAGE.chamber, 'none');
  return frame;
}

export function makeInfo(
  executor: LaneInfo['executor'],
  slots: number,
  groups: number,
  total: number,
): LaneInfo {
  return {
    id: executor,
    executor,
    airflow: executor === 'sequential' ? '2.11.2' : '3.3.2',
    slots,
    slotGroups: Array.from({ length: groups }, (_, i) => ({
      name: `w${i + 1}`,
      slots: slots / groups,
      queues: ['default'],
    })),
    total,
    labels: [],
    parts: [],
    faults: [],
    makespan: null,
    end: 0,
  };
}

const FILLS = {
  light:
    '#edf7ff #f5a35d #20283b #00acee #00614d #b10001 #e36305 #ffda1c #a25693 #5b007f #9bd6d8 #7439c1 #939393 #476cff',
  dark: '#2a2f33 #edb87a #989898 #60d5ff #007b4e #df0004 #e77e00 #f6e95c #b0519e #8b35f5 #aee6d1 #84a5ff #b8bac0 #3f8cdb',
};

export function makeView(dark: boolean, width: number, height: number): SceneView {
  const pick = (light: string, night: string): string => (dark ? night : light);
  const fills = (dark ? FILLS.dark : FILLS.light).split(' ');
  return {
    width,
    height,
    ratio: 2,
    theme: {
      dark,
      surface: pick('#ffffff', '#16202f'),
      sunken: pick('#f6f8fa', '#111a27'),
      hover: pick('#e9eef4', '#223148'),
      ink: pick('#16202f', '#eef3fa'),
      ink2: pick('#414e63', '#b9c5d6'),
      ink3: pick('#5e6b80', '#93a2b8'),
      line: pick('#d8dee6', '#2a394f'),
      line2: pick('#b7c1ce', '#3d4f6a'),
      wall: pick('#414e63', '#a9b7ca'),
      stream: pick('#bcc8d5', '#3a5070'),
      accent: pick('#1b4f91', '#93bdfd'),
      fault: pick('#a8104c', '#ff8fb4'),
      states: fills.map((fill, i) => ({
        fill,
        outline: i === 0 ? pick('#7f95a8', '#78838d') : i === 1 ? pick('#c27418', '#edb87a') : null,
        glyph: '#101722',
      })),
      fontUi: 'system-ui, sans-serif',
      fontMono: 'monospace',
    },
    words: {
      scheduler: 'scheduler',
      loopEvery: 'loop every {t}',
      loopDown: 'down since {t}',
      loopNone: 'no loop for {t}',
      loopBlocked: 'loop blocked for {t}',
      scheduled: '{n} scheduled',
      none: '{n} none',
      waitingState: '{n} {state}',
      queued: '{n} queued',
      queueSequential: 'in the scheduler',
      queueLocal: 'executor queue',
      queueCelery: 'broker',
      queueKubernetes: 'pod not created yet',
      running: '{n} running',
      starting: '{n} starting',
      slotsSequential: '1 process',
      slotsLocal: '{n} worker processes',
      slotsCelery: '{w} × {n} slots',
      slotsKubernetes: 'pods, at most {n}',
      zoneStarting: 'starting',
      zoneWorking: 'working',
      finished: '{n} finished',
      endedOther: '{n} {state}',
      linePerSlots: '1 line = {n} slots',
    },
    reducedMotion: false,
    selected: null,
    leader: false,
    hovered: null,
  };
}
