import { Fragment, Suspense, lazy, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { clock } from '../../i18n/index.ts';
import type { Translator } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import type { Pointed } from '../plant/PointMenu.tsx';
import { useWords } from '../words.tsx';
import { boxGroups } from './boxes.ts';
import type { Box, BoxGroup } from './boxes.ts';

const PointMenu = lazy(() =>
  import('../plant/PointMenu.tsx').then((m) => ({ default: m.PointMenu })),
);

/**
 * The processes around the tunnel as boxes with their true names, in the machines that hold them:
 * a press breaks or mends one. One stop for the keyboard, arrow keys go from box to box.
 */
export function PartStrip({ lane }: { lane: LaneModel }): ReactNode {
  const words = useWords();
  const strip = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const [open, setOpen] = useState<Pointed | null>(null);
  const groups = boxGroups(lane);
  const names = groups.flatMap(({ machine, boxes }) => [
    ...(machine ? [machine.name] : []),
    ...boxes.map(({ name }) => name),
  ]);
  const now = at !== null && names.includes(at) ? at : names[0];
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const buttons = strip.current?.querySelectorAll('button') ?? [];
    if (step === 0 || buttons.length === 0) return;
    event.preventDefault();
    const next = (names.indexOf(now ?? '') + step + names.length) % names.length;
    setAt(names[next] ?? null);
    buttons[next]?.focus();
  };
  const press = (part: string, from: Element): void => {
    const { left, bottom } = from.getBoundingClientRect();
    setAt(part);
    setOpen({ x: left, y: bottom + 4, part, ti: null });
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
        {groups.map((group) => (
          <Group key={group.machine?.name ?? ''} group={group} now={now} onPress={press} />
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

interface GroupProps {
  group: BoxGroup;
  /** Name of the box that the keyboard reaches. */
  now: string | undefined;
  onPress: (part: string, from: Element) => void;
}

function Group({ group: { machine, boxes }, now, onPress }: GroupProps): ReactNode {
  const words = useWords();
  const buttons = boxes.map((box) => (
    <BoxButton key={box.name} box={box} on={box.name === now} onPress={onPress} />
  ));
  if (!machine) return <Fragment>{buttons}</Fragment>;
  const { cores, containers } = machine;
  return (
    <span className={`host${machine.broken ? ' broken' : ''}${containers ? ' cont' : ''}`}>
      <BoxButton box={machine} on={machine.name === now} onPress={onPress} />
      {cores === null ? null : <small>{words.t('plant.cores', { n: cores })}</small>}
      {buttons}
    </span>
  );
}

function BoxButton({
  box,
  on,
  onPress,
}: {
  box: Box;
  on: boolean;
  onPress: GroupProps['onPress'];
}) {
  const words = useWords();
  const label = boxLabel(words, box);
  const kind = box.kind === 'machine' ? 'box host-n' : 'box';
  return (
    <button
      type="button"
      className={box.broken ? `${kind} broken` : kind}
      tabIndex={on ? 0 : -1}
      aria-haspopup="true"
      aria-label={label}
      title={label}
      onClick={(event) => onPress(box.name, event.currentTarget)}
    >
      {box.broken ? <Icon name="fault" size={12} /> : null}
      {box.text}
    </button>
  );
}

/** Begins with what is written in the box, so that it can be called by that. */
function boxLabel(words: Translator, { kind, n, name, text, broken }: Box): string {
  const own = name.slice(name.indexOf(':') + 1);
  const part = `${text}, ${words.family('part', kind, { n: n || '', name: own })}`;
  if (!broken) return part;
  const key = `verb.${broken.what}`;
  const what = words.has(key) ? words.t(key) : broken.what;
  return `${part}: ${words.t('plant.brokenSince', { what, time: clock(broken.since) })}`;
}
