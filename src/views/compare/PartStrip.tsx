import { Suspense, lazy, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import type { Broken, PartInfo } from '../../explain/frame.ts';
import { clock } from '../../i18n/index.ts';
import type { Translator } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import type { Pointed } from '../plant/PointMenu.tsx';
import { useWords } from '../words.tsx';

const PointMenu = lazy(() =>
  import('../plant/PointMenu.tsx').then((m) => ({ default: m.PointMenu })),
);

/** These are the slot lines of the picture itself. */
const IN_PICTURE: readonly string[] = ['worker', 'node', 'local-worker'];

/**
 * The processes around the tunnel as boxes with their true names: a press breaks or mends one. One
 * stop for the keyboard, arrow keys go from box to box.
 */
export function PartStrip({ lane }: { lane: LaneModel }): ReactNode {
  const words = useWords();
  const strip = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState<Pointed | null>(null);
  const boxes = boxesOf(lane);
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const buttons = strip.current?.querySelectorAll('button') ?? [];
    if (step === 0 || buttons.length === 0) return;
    event.preventDefault();
    const next = (at + step + buttons.length) % buttons.length;
    setAt(next);
    buttons[next]?.focus();
  };
  return (
    <>
      <div
        ref={strip}
        className="boxes"
        role="toolbar"
        aria-label={words.t('plant.boxes', { lane: words.t(`executor.${lane.executor}`) })}
        onKeyDown={keys}
      >
        {boxes.map((box, i) => (
          <button
            key={box.name}
            type="button"
            className={box.broken ? 'box broken' : 'box'}
            tabIndex={i === Math.min(at, boxes.length - 1) ? 0 : -1}
            aria-haspopup="true"
            aria-label={boxLabel(words, box)}
            title={boxLabel(words, box)}
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect();
              setAt(i);
              setOpen({ x: left, y: bottom + 4, part: box.name, ti: null });
            }}
          >
            {box.broken ? <Icon name="fault" size={12} /> : null}
            {box.text}
          </button>
        ))}
      </div>
      {open ? (
        <Suspense>
          <PointMenu lane={lane} at={open} onClose={() => setOpen(null)} />
        </Suspense>
      ) : null}
    </>
  );
}

interface Box {
  name: string;
  text: string;
  kind: string;
  n: number;
  detail: string;
  broken: Broken | null;
}

/** Parts without a place in the picture, then what else is broken there (a file, an image, a pod). */
function boxesOf({ info, snapshot }: LaneModel): Box[] {
  const parts = info?.parts ?? [];
  const broken = snapshot?.broken ?? [];
  const boxes = parts
    .filter((part) => !IN_PICTURE.includes(part.kind))
    .map((part) => ({
      ...part,
      text: textOf(part, parts),
      broken: broken.find((one) => one.part === part.name) ?? null,
    }));
  const others = broken.filter(({ part }) => !parts.some(({ name }) => name === part));
  return [...boxes, ...others.map(otherBox)];
}

function otherBox(broken: Broken): Box {
  const [kind = '', ...own] = broken.part.split(':');
  const name = own.join(':').split('/').at(-1) ?? '';
  return { name: broken.part, text: `${kind} ${name}`, kind, n: 0, detail: '', broken };
}

/** The number only where there are several; a broker by its make. */
function textOf({ kind, n, detail, name }: PartInfo, parts: readonly PartInfo[]): string {
  if (kind === 'broker' && detail) return detail;
  return n > 0 && parts.filter((part) => part.kind === kind).length === 1 ? kind : name;
}

/** Begins with what is written in the box, so that it can be called by that. */
function boxLabel(words: Translator, { kind, n, name, text, broken }: Box): string {
  const part = `${text}, ${words.family('part', kind, { n: n || '', name })}`;
  if (!broken) return part;
  const key = `verb.${broken.what}`;
  const what = words.has(key) ? words.t(key) : broken.what;
  return `${part}: ${words.t('plant.brokenSince', { what, time: clock(broken.since) })}`;
}
