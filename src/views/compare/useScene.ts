/** Gives a lane's canvas to the drawer and keeps it told about size, theme, words and selection. */
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { SCENE_WORDS } from '../../app/sceneModel.ts';
import type { SceneHandle, SceneView, SceneWords } from '../../app/sceneModel.ts';
import type { Translator } from '../../i18n/index.ts';
import { sceneTheme } from '../palette.ts';
import { useApp } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { useDark, useMedia, useSize } from '../parts/hooks.ts';

type Marks = Pick<SceneView, 'selected' | 'hovered' | 'leader'>;

export function useScene(
  host: RefObject<HTMLDivElement | null>,
  lane: LaneModel,
  marks: Marks,
): { readonly current: SceneHandle | null } {
  const { scene } = useApp();
  const view = useView(host, marks);
  const handle = useRef<SceneHandle | null>(null);
  const attach = useEffectEvent((canvas: HTMLCanvasElement) => scene.attach(lane.id, canvas, view));
  const ready = view.width > 0 && view.height > 0;
  useEffect(() => {
    const element = host.current;
    if (!ready || !element) return undefined;
    // A canvas can be handed over only once, so each attachment gets a fresh one.
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    element.prepend(canvas);
    const attached = attach(canvas);
    handle.current = attached;
    return () => {
      handle.current = null;
      attached.detach();
      canvas.remove();
    };
  }, [scene, host, lane.id, ready]);
  useEffect(() => handle.current?.update(view), [view]);
  return handle;
}

function useView(host: RefObject<HTMLDivElement | null>, marks: Marks): SceneView {
  const words = useWords();
  const dark = useDark();
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)');
  const { width, height } = useSize(host);
  const { selected, hovered, leader } = marks;
  const labels = useMemo(() => sceneWords(words), [words]);
  const theme = useMemo(() => sceneTheme(dark, fonts()), [dark]);
  return useMemo(() => {
    const ratio = Math.min(2, devicePixelRatio);
    const words = labels;
    return { width, height, ratio, theme, words, reducedMotion, selected, hovered, leader };
  }, [width, height, theme, labels, reducedMotion, selected, hovered, leader]);
}

function fonts(): { ui: string; mono: string } {
  const style = getComputedStyle(document.documentElement);
  return {
    ui: style.getPropertyValue('--font-ui').trim() || 'sans-serif',
    mono: style.getPropertyValue('--font-mono').trim() || 'monospace',
  };
}

/** Patterns, not sentences: the drawer fills in `{n}` and `{t}` sixty times a second. */
function sceneWords(words: Translator): SceneWords {
  const blanks = { n: '{n}', t: '{t}', w: '{w}', state: '{state}', make: '{make}' };
  const pairs = SCENE_WORDS.map((word) => [word, words.t(`scene.${word}`, blanks)] as const);
  return Object.fromEntries(pairs) as SceneWords;
}
