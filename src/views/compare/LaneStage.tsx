import { Suspense, lazy, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, PointerEvent, ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import type { SceneHandle, SceneHit, SceneStep } from '../../app/sceneModel.ts';
import type { Pointed as Pressed } from '../plant/PointMenu.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { taskLabel } from './labels.ts';
import { useScene } from './useScene.ts';

const STEPS: Readonly<Record<string, SceneStep>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/**
 * Host of a lane's canvas. The picture itself says nothing to a screen reader: a real button lies
 * over the square that has the focus, and the table holds everything.
 */
export function LaneStage({ lane, last }: { lane: LaneModel; last: boolean }): ReactNode {
  const words = useWords();
  const host = useRef<HTMLDivElement>(null);
  const selected = useModel((m) => (m.selection?.lane === lane.id ? m.selection.ti : null));
  const [mark, setMark] = useState<SceneHit | null>(null);
  const pointer = usePointer();
  const hovered = pointer.at?.hit.ti ?? mark?.ti ?? null;
  const handle = useScene(host, lane, { selected, hovered, leader: last && selected !== null });
  return (
    <>
      <div
        ref={host}
        className="stage-host"
        onPointerMove={(event) => pointer.move(event, handle.current)}
        onPointerLeave={pointer.leave}
        onClick={(event) => pointer.click(event, handle.current, lane.id)}
        onContextMenu={(event) => pointer.menu(event, handle.current, mark?.ti ?? null)}
      >
        <FocusMark lane={lane} handle={handle} mark={mark} setMark={setMark} />
        {pointer.at ? (
          <div className="tip" style={{ left: pointer.at.x, top: pointer.at.y }}>
            <code>{taskLabel(lane, pointer.at.hit.ti)}</code>
            {pointer.at.hit.state ? <span> · {pointer.at.hit.state}</span> : null}
          </div>
        ) : null}
        <p className="sr">{words.t('lane.picture', { lane: lane.executor })}</p>
      </div>
      {/* Beside the picture: a press on an entry is no press on what lies under it. */}
      {pointer.pressed ? (
        <Suspense>
          <PointMenu lane={lane} at={pointer.pressed} onClose={pointer.closeMenu} />
        </Suspense>
      ) : null}
    </>
  );
}

interface Pointed {
  hit: SceneHit;
  x: number;
  y: number;
}

interface Pointer {
  at: Pointed | null;
  move: (event: PointerEvent<HTMLElement>, handle: SceneHandle | null) => void;
  leave: () => void;
  click: (event: MouseEvent<HTMLElement>, handle: SceneHandle | null, lane: string) => void;
  /** What was pressed for its menu. */
  pressed: Pressed | null;
  menu: (
    event: MouseEvent<HTMLElement>,
    handle: SceneHandle | null,
    focused: number | null,
  ) => void;
  closeMenu: () => void;
}

const PointMenu = lazy(() =>
  import('../plant/PointMenu.tsx').then((m) => ({ default: m.PointMenu })),
);

/** Square under the pointer: one question at a time, the newest answer wins. */
function usePointer(): Pointer {
  const commands = useCommands();
  const [at, setAt] = useState<Pointed | null>(null);
  const [pressed, setPressed] = useState<Pressed | null>(null);
  const asking = useRef(false);
  const inside = useRef(false);
  return {
    at,
    move: (event, handle) => {
      inside.current = true;
      if (!handle || asking.current || event.pointerType === 'touch') return;
      asking.current = true;
      const { clientX, clientY } = event;
      void handle.hit(...within(event)).then((hit) => {
        asking.current = false;
        const x = Math.min(clientX + 12, innerWidth - 240);
        setAt(hit && inside.current ? { hit, x, y: clientY + 14 } : null);
      });
    },
    leave: () => {
      inside.current = false;
      setAt(null);
    },
    // Asks again: a finger has pointed at nothing before it presses.
    click: (event, handle, lane) => {
      const { clientX: x, clientY: y } = event;
      const [left, top] = within(event);
      void handle?.hit(left, top).then(async (hit) => {
        if (hit) return commands.select({ lane, ti: hit.ti });
        const part = await handle.part(left, top);
        if (part) setPressed({ x, y, part, ti: null });
      });
    },
    pressed,
    menu: (event, handle, focused) => {
      event.preventDefault();
      const { clientX: x, clientY: y } = event;
      const [left, top] = within(event);
      // From the keyboard the event has the place of the focused square's button.
      const key = event.target instanceof HTMLButtonElement;
      if (key && focused !== null) return setPressed({ x, y, part: null, ti: focused });
      void handle?.hit(left, top).then(async (hit) => {
        const part = hit ? null : await handle.part(left, top);
        if (hit || part) setPressed({ x, y, part, ti: hit?.ti ?? null });
      });
    },
    closeMenu: () => setPressed(null),
  };
}

function within(event: MouseEvent<HTMLElement>): [x: number, y: number] {
  const box = event.currentTarget.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

interface MarkProps {
  lane: LaneModel;
  handle: { readonly current: SceneHandle | null };
  mark: SceneHit | null;
  setMark: (mark: SceneHit | null) => void;
}

/** The button over the square that has the focus; arrow keys carry it on. */
function FocusMark({ lane, handle, mark, setMark }: MarkProps): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const button = useRef<HTMLButtonElement>(null);
  const t = useModel((model) => model.playback.t);
  const seek = (step: SceneStep): void => {
    void handle.current?.neighbour(mark?.ti ?? null, step).then((hit) => hit && setMark(hit));
  };
  const follow = useEffectEvent(() => {
    if (!mark || document.activeElement !== button.current) return;
    void handle.current?.locate(mark.ti).then((hit) => hit && setMark(hit));
  });
  // The square may have moved since the last snapshot.
  useEffect(() => follow(), [t]);
  const keys = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    seek(step);
  };
  const task = mark ? taskLabel(lane, mark.ti) : '';
  return (
    <button
      ref={button}
      type="button"
      className="focus-mark"
      data-lane={lane.id}
      style={mark ? { left: mark.x, top: mark.y, width: mark.size, height: mark.size } : undefined}
      aria-label={
        mark
          ? words.t('lane.square', { task, state: mark.state ?? '' })
          : `${words.t('lane.picture', { lane: lane.executor })} ${words.t('lane.pictureKeys')}`
      }
      onFocus={() => mark === null && seek('first')}
      onBlur={() => setMark(null)}
      onKeyDown={keys}
      onClick={(event) => {
        event.stopPropagation();
        if (mark) commands.select({ lane: lane.id, ti: mark.ti });
      }}
    />
  );
}
