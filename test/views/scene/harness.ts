/** Four lanes side by side, for looking at and for measuring: ?dark&phone&bench. */
import { LaneScene } from '../../../src/views/scene/laneScene.ts';
import { STATE_NAMES, makeFrame, makeInfo, makeView } from './frames.ts';
import type { Moment } from './frames.ts';

const query = new URLSearchParams(location.search);
const dark = query.has('dark');
const [width, height] = query.has('phone') ? [364, 520] : [284, 504];
const scale = query.has('bench') ? 5.5 : 1;
document.body.style.background = dark ? '#16202f' : '#ffffff';

const lanes: [Parameters<typeof makeInfo>[0], number, number, Moment][] = [
  ['sequential', 1, 1, { none: 234, scheduled: 113, queued: 6, starting: 0, working: 1, heap: 10 }],
  ['local', 8, 1, { none: 154, scheduled: 56, queued: 55, starting: 1, working: 7, heap: 91 }],
  ['celery', 24, 2, { none: 41, scheduled: 81, queued: 8, starting: 2, working: 22, heap: 210 }],
  [
    'kubernetes',
    32,
    1,
    { none: 134, scheduled: 87, queued: 7, starting: 11, working: 14, heap: 110, retry: 1 },
  ],
];

const scenes = lanes.map(([executor, slots, groups, moment]) => {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = `width:${width}px;height:${height}px`;
  document.body.append(canvas);
  const big: Moment = {
    ...moment,
    none: Math.round(moment.none * scale),
    scheduled: Math.round(moment.scheduled * scale),
    heap: Math.round(moment.heap * scale),
  };
  const frame = makeFrame(big);
  const view = {
    ...makeView(dark, width, height),
    selected: executor === 'kubernetes' ? 140 : null,
  };
  const scene = new LaneScene({
    canvas,
    info: makeInfo(executor, slots, groups, frame.count),
    view,
    stateNames: STATE_NAMES,
    scale: { slotsPerLine: 1, total: frame.count },
  });
  const counts = STATE_NAMES.map((_, state) => frame.state.filter((s) => s === state).length);
  return { scene, frame, counts, blocked: executor === 'sequential' };
});

function drawAll(nowMs: number): void {
  for (const { scene, frame, counts, blocked } of scenes) {
    const ticks = Array.from({ length: 17 }, (_, i) => frame.t - (16 - i) * 1_000_000);
    const loop = { ticks, blockedSince: blocked ? frame.t - 152_000_000 : null };
    scene.draw(frame, { broken: [], loop, counts, animate: true, nowMs });
  }
}

if (query.has('bench')) {
  const rounds = 300;
  const before = performance.now();
  for (let i = 0; i < rounds; i++) {
    for (const { frame } of scenes) frame.t += 50_000;
    drawAll(i * 16);
  }
  document.title = `${((performance.now() - before) / rounds).toFixed(2)} ms a frame`;
} else drawAll(0);
