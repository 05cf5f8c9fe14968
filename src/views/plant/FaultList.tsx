import { useId } from 'react';
import type { ReactNode } from 'react';
import type { ArgShape, FaultKind } from '../../airflow/faults/kinds.ts';
import type { Fault } from '../../airflow/scenario.ts';
import type { LaneModel } from '../../app/model.ts';
import { clock } from '../../i18n/index.ts';
import { ExecutorGlyph } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { NumberInput } from '../parts/NumberInput.tsx';
import { TextInput } from '../parts/TextInput.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { laneName } from '../compare/laneName.ts';
import { kindOf, partKindOf } from './edits.ts';
import { partName, verbName } from './names.ts';
import { useMoment } from './useMoment.ts';

const LATEST_S = 7 * 86_400;

/** The timetable of what breaks: each entry with its time, its sentence and its way out. */
export function FaultList(): ReactNode {
  const words = useWords();
  const id = useId();
  const faults = useModel((model) => model.settings.faults);
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t('plant.faults')}</h3>
      <OwnFaults />
      {faults.length === 0 ? <p className="muted t12">{words.t('plant.noFaults')}</p> : null}
      <ol className="edits">
        {faults.map((fault, at) => (
          <FaultRow key={at} fault={fault} at={at} />
        ))}
      </ol>
    </section>
  );
}

/** Those that a ready scenario brings: they stay with it. */
function OwnFaults(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const lanes = useModel((model) => model.lanes);
  const own = lanes.flatMap((lane) =>
    (lane.info?.faults ?? [])
      .filter(({ index }) => index < lane.own.faults)
      .map((fault) => ({ fault, lane })),
  );
  return (
    <ol className="edits">
      {own.map(({ fault, lane }) => (
        <li key={`${lane.id} ${fault.index}`} className="edit">
          <div className="edit-h">
            <button
              type="button"
              className="lk"
              onClick={() => commands.seek(fault.at_s * 1_000_000)}
            >
              {clock(fault.at_s * 1_000_000, true)}
            </button>
            <b className="grow">
              {verbName(words, fault.what)} <code>{fault.part}</code>{' '}
              <small className="faint">{laneName(words, lanes, lane)}</small>
            </b>
          </div>
          <p className="t12">
            <Rich text={words.family('fault', `${fault.what}.${partKindOf(fault.part)}`)} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function FaultRow({ fault, at }: { fault: Fault; at: number }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const kinds = useModel((model) => model.settings.faultKinds);
  const kind = kindOf(kinds, fault);
  const name = `${verbName(words, fault.what)}, ${partName(words, fault.part)}`;
  const restores = kinds.some(
    (one) => one.what === 'restore' && one.part === partKindOf(fault.part),
  );
  return (
    <li className="edit" aria-label={name}>
      <div className="edit-h">
        <button type="button" className="lk" onClick={() => commands.seek(fault.at_s * 1_000_000)}>
          {clock(fault.at_s * 1_000_000, true)}
        </button>
        <b className="grow">
          {verbName(words, fault.what)} <code>{fault.part}</code>
        </b>
        {restores && fault.what !== 'restore' ? <RestoreButton fault={fault} /> : null}
        <IconButton
          icon="close"
          label={words.t('settings.remove', { name })}
          onClick={() => commands.removeFault(at)}
        />
      </div>
      <p className="t12">
        <Rich text={words.family('fault', `${fault.what}.${partKindOf(fault.part)}`)} />
      </p>
      <Fields fault={fault} kind={kind} onChange={(next) => commands.changeFault(at, next)} />
      <Outcomes kind="fault" index={at} />
    </li>
  );
}

/** Mends the part at the clock's moment, in a line of its own. */
function RestoreButton({ fault }: { fault: Fault }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const moment = useMoment();
  const broken = useModel((model) =>
    model.lanes.some((lane) => lane.snapshot?.broken.some((one) => one.part === fault.part)),
  );
  if (!broken) return null;
  return (
    <button
      type="button"
      className="btn sm"
      onClick={() => commands.addFault({ at_s: moment(), what: 'restore', part: fault.part })}
    >
      {words.t('verb.restore')}
    </button>
  );
}

interface FieldsProps {
  fault: Fault;
  kind: FaultKind | undefined;
  onChange: (fault: Fault) => void;
}

function Fields({ fault, kind, onChange }: FieldsProps): ReactNode {
  const words = useWords();
  const shapes: [string, ArgShape][] = Object.entries(kind?.args ?? {});
  if (kind?.undone) shapes.push(['for_s', { type: 'seconds', default: 0 }]);
  const set = (name: string, value: number | string): void => {
    onChange({ ...fault, args: { ...fault.args, [name]: value } });
  };
  return (
    <div className="edit-f">
      <label>
        <code>t</code>
        <NumberInput
          label={words.t('plant.when')}
          value={fault.at_s}
          min={0}
          max={LATEST_S}
          step={1}
          onChange={(at_s) => onChange({ ...fault, at_s })}
        />
        {words.t('settings.seconds')}
      </label>
      {shapes.map(([name, shape]) => (
        <label key={name}>
          <code>{name}</code>
          <Argument
            name={name}
            shape={shape}
            value={fault.args?.[name] ?? shape.default ?? ''}
            onChange={(value) => set(name, value)}
          />
        </label>
      ))}
    </div>
  );
}

interface ArgumentProps {
  name: string;
  shape: ArgShape;
  value: number | string;
  onChange: (value: number | string) => void;
}

function Argument({ name, shape, value, onChange }: ArgumentProps): ReactNode {
  if (shape.type === 'word') {
    return (
      <select
        className="field"
        aria-label={name}
        value={String(value)}
        onChange={(event) => onChange(event.target.value)}
      >
        {shape.of.map((word) => (
          <option key={word}>{word}</option>
        ))}
      </select>
    );
  }
  if (shape.type === 'text') {
    return <TextInput label={name} value={String(value)} onChange={onChange} />;
  }
  const min = shape.type === 'integer' ? shape.min : shape.type === 'seconds' ? 0 : -1e9;
  return (
    <NumberInput
      label={name}
      value={Number(value)}
      min={min}
      max={1e9}
      step={shape.type === 'integer' ? 1 : 0.5}
      onChange={onChange}
    />
  );
}

/** What became of it in each lane, as far as the log is known. */
export function Outcomes({ kind, index }: { kind: 'fault' | 'action'; index: number }): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  return (
    <p className="outcomes">
      {lanes.map((lane) => {
        const found = outcomeIn(lane, kind, index);
        return found ? (
          <span key={lane.id} className={`oc ${found.outcome}`}>
            <ExecutorGlyph executor={lane.executor} size={13} />
            <span className="sr">{laneName(words, lanes, lane)}: </span>
            {found.refusal
              ? words.family('refused', found.refusal)
              : words.t(`outcome.${found.outcome}`)}
          </span>
        ) : null;
      })}
    </p>
  );
}

function outcomeIn(lane: LaneModel, kind: 'fault' | 'action', index: number) {
  const { info, edits, own } = lane;
  const place = (): number =>
    info?.faults.findIndex((one) => one.index === index + own.faults) ?? -1;
  const wanted = kind === 'fault' ? place() : index + own.actions;
  return edits.find((one) => one.kind === kind && one.index === wanted && one.outcome !== 'over');
}
