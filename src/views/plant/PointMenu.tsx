import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { moveFocus } from '../parts/Menu.tsx';
import { taskLabel } from '../compare/labels.ts';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { FaultMenu } from './FaultMenu.tsx';
import { partKindOf, taskPart } from './edits.ts';
import { MARKS, addressOf, taskFaults } from './taskVerbs.ts';
import { useAct } from './useMoment.ts';
import { partName } from './names.ts';
import '../styles/plant.css';

/** What was pressed in the picture of a lane, and where on the page. */
export interface Pointed {
  x: number;
  y: number;
  part: string | null;
  ti: number | null;
}

interface Props {
  lane: LaneModel;
  at: Pointed;
  onClose: () => void;
}

/** The menu of a part or of a task instance, at the place that was pressed. */
export function PointMenu({ lane, at, onClose }: Props): ReactNode {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const closed = useRef(onClose);
  useEffect(() => {
    closed.current = onClose;
  });
  // Before the menu leaves the document: the focus must still be in it then.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const before = document.activeElement;
    element.showPopover();
    const left = Math.min(at.x, innerWidth - element.offsetWidth - 8);
    const top = Math.min(at.y, innerHeight - element.offsetHeight - 8);
    element.style.left = `${Math.max(8, left)}px`;
    element.style.top = `${Math.max(8, top)}px`;
    element.querySelector('button')?.focus();
    // By hand: the browser's own way would close it with the very press that opened it.
    const leave = (event: Event): void => {
      const key = event instanceof KeyboardEvent;
      const within = event.target instanceof Node && element.contains(event.target);
      if (key ? event.key === 'Escape' : !within) closed.current();
    };
    addEventListener('pointerdown', leave);
    addEventListener('keydown', leave);
    return () => {
      removeEventListener('pointerdown', leave);
      removeEventListener('keydown', leave);
      const inside = element.contains(document.activeElement);
      if (inside && before instanceof HTMLElement) before.focus();
    };
  }, [at.x, at.y]);
  const name = at.ti === null ? partName(words, at.part ?? '') : taskLabel(lane, at.ti);
  return (
    <div
      ref={box}
      className="menu"
      popover="manual"
      role="group"
      onKeyDown={moveFocus}
      aria-label={name}
    >
      {at.ti === null ? (
        <PartEntries lane={lane} part={at.part ?? ''} onDone={onClose} />
      ) : (
        <TaskEntries lane={lane} ti={at.ti} onDone={onClose} />
      )}
    </div>
  );
}

interface EntriesProps {
  lane: LaneModel;
  onDone: () => void;
}

function PartEntries({ lane, part, onDone }: EntriesProps & { part: string }): ReactNode {
  const words = useWords();
  const kinds = useModel((model) => model.settings.faultKinds);
  // A machine, a file, an image are no parts of the list.
  const own = kinds.filter((kind) => kind.part === partKindOf(part)).map(({ what }) => what);
  const verbs = lane.info?.parts.find((one) => one.name === part)?.verbs ?? own;
  if (verbs.length > 0) return <FaultMenu part={part} verbs={verbs} onDone={onDone} />;
  return (
    <>
      <p className="eyebrow">{partName(words, part)}</p>
      <button type="button" onClick={onDone}>
        {words.t('plant.nothingHere')}
      </button>
    </>
  );
}

function TaskEntries({ lane, ti, onDone }: EntriesProps & { ti: number }): ReactNode {
  const words = useWords();
  const act = useAct();
  const kinds = useModel((model) => model.settings.faultKinds);
  const label = lane.info?.labels[ti];
  if (!label || !lane.info) return null;
  const { task_id } = label;
  const of = addressOf(lane, ti, label);
  const part = taskPart(lane.info, ti);
  const verbs = taskFaults(kinds, lane);
  return (
    <>
      <p className="eyebrow">{taskLabel(lane, ti)}</p>
      <button
        type="button"
        onClick={() => (act({ action: 'clear', ...of, task_ids: [task_id] }), onDone())}
      >
        {words.t('do.clear')}
      </button>
      {MARKS.map((state) => (
        <button
          key={state}
          type="button"
          onClick={() => (act({ action: 'mark_task', ...of, task_id, state }), onDone())}
        >
          {words.t('do.mark', { state })}
        </button>
      ))}
      {part && verbs.length > 0 ? <FaultMenu part={part} verbs={verbs} onDone={onDone} /> : null}
    </>
  );
}
