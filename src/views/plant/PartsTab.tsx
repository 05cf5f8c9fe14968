import { useEffect, useId } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import type { PartInfo } from '../../explain/frame.ts';
import { clock } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { Menu } from '../parts/Menu.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { FaultList } from './FaultList.tsx';
import { FaultMenu } from './FaultMenu.tsx';
import { partName, verbName } from './names.ts';

/** Every part of the lane with its true name, how it does, and what can be done to it. */
export function PartsTab({ lane }: { lane: LaneModel | undefined }): ReactNode {
  const words = useWords();
  const id = useId();
  useWorkers(lane?.info?.parts.some((part) => part.kind === 'worker') ? lane.id : null);
  const parts = lane?.info?.parts ?? [];
  const anything = useModel((model) => model.settings.faults.length > 0);
  return (
    <>
      <p className="muted t12">{words.t('plant.partsHelp')}</p>
      {anything ? <FaultList /> : null}
      <h3 id={id} className={anything ? undefined : 'sr'}>
        {words.t('plant.parts')}
      </h3>
      <ul className="parts" aria-labelledby={id}>
        {parts.map((part) => (lane ? <PartRow key={part.name} part={part} lane={lane} /> : null))}
      </ul>
      {anything ? null : <FaultList />}
    </>
  );
}

function PartRow({ part, lane }: { part: PartInfo; lane: LaneModel }): ReactNode {
  const words = useWords();
  const broken = lane.snapshot?.broken.find((one) => one.part === part.name);
  const name = partName(words, part.name);
  const figures = figuresOf(lane, part);
  const worker = useModel((model) =>
    part.kind === 'worker' && model.workers?.lane === lane.id
      ? model.workers.workers[part.n - 1]
      : undefined,
  );
  return (
    <li className={broken ? 'part broken' : 'part'}>
      <Icon name={broken ? 'fault' : 'dot'} />
      <span className="grow">
        <b>{name}</b> {part.detail ? <small className="faint">{part.detail}</small> : null}
        <small className="fig">
          {broken
            ? words.t('plant.brokenSince', {
                what: verbName(words, broken.what),
                time: clock(broken.since),
              })
            : worker
              ? words.t('plant.worker', { ...worker })
              : figures && words.t('plant.busy', { ...figures })}
        </small>
      </span>
      {part.verbs.length > 0 ? (
        <Menu
          className="btn sm"
          label={words.t(broken ? 'plant.morePart' : 'plant.breakPart', { name })}
          button={words.t(broken ? 'plant.more' : 'plant.break')}
        >
          {(close) => <FaultMenu part={part.name} verbs={part.verbs} onDone={close} />}
        </Menu>
      ) : null}
    </li>
  );
}

/** Asks for the figures of the workers while they are shown. */
function useWorkers(lane: string | null): void {
  const commands = useCommands();
  useEffect(() => {
    commands.watchWorkers(lane);
    return () => commands.watchWorkers(null);
  }, [commands, lane]);
}

/** Slots of a worker or a node, as its own status page would tell them. */
function figuresOf(
  { info, snapshot }: LaneModel,
  part: PartInfo,
): { working: number; starting: number; slots: number } | null {
  if (part.slots === null || !info || !snapshot) return null;
  const group = snapshot.groups[part.group ?? -1];
  if (!group || part.kind === 'local-worker') return null;
  return { ...group, slots: part.slots };
}
