import { useId } from 'react';
import type { ReactNode } from 'react';
import type { MachineSpec } from '../../airflow/scenario.ts';
import type { ArrivalSetting } from '../../app/settingsModel.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { NumberInput } from '../parts/NumberInput.tsx';
import { TextInput } from '../parts/TextInput.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import '../styles/plant.css';

/** What comes by itself, and which part stands on which machine. */
export function PlantSettings(): ReactNode {
  return (
    <>
      <Arrivals />
      <Machines />
    </>
  );
}

function Arrivals(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const id = useId();
  const arrivals = useModel((model) => model.settings.arrivals);
  const dags = useModel(
    (model) => model.sources.find((one) => one.id === model.source)?.dags ?? NONE,
  );
  const assets = useModel((model) => model.settings.assets);
  const [first] = dags;
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t('arrivals.title')}</h3>
      <p className="faint t12">{words.t('arrivals.help')}</p>
      {arrivals.map((arrival, at) => (
        <ArrivalRow
          key={at}
          arrival={arrival}
          dags={dags}
          assets={assets}
          onChange={(next) => commands.setArrivals(arrivals.with(at, next))}
          onRemove={() => commands.setArrivals(arrivals.toSpliced(at, 1))}
        />
      ))}
      {first ? (
        <button
          type="button"
          className="btn sm"
          onClick={() => commands.setArrivals([...arrivals, { dag_id: first, per_hour: 1 }])}
        >
          {words.t('arrivals.add')}
        </button>
      ) : null}
    </section>
  );
}

const NONE: readonly string[] = [];

interface ArrivalProps {
  arrival: ArrivalSetting;
  dags: readonly string[];
  assets: readonly string[];
  onChange: (arrival: ArrivalSetting) => void;
  onRemove: () => void;
}

function ArrivalRow({ arrival, dags, assets, onChange, onRemove }: ArrivalProps): ReactNode {
  const words = useWords();
  const { dag_id, asset, per_hour, every_s } = arrival;
  const name = dag_id ?? asset ?? '';
  const random = per_hour !== undefined;
  const pace = random ? { per_hour } : { every_s: every_s ?? 60 };
  return (
    <div className="set-line" role="group" aria-label={name}>
      <select
        className="field wide"
        aria-label={words.t('arrivals.of')}
        value={asset === undefined ? `dag ${name}` : `asset ${name}`}
        onChange={(event) => {
          const [kind, ...rest] = event.target.value.split(' ');
          const of = rest.join(' ');
          onChange(kind === 'asset' ? { asset: of, ...pace } : { dag_id: of, ...pace });
        }}
      >
        {dags.map((one) => (
          <option key={one} value={`dag ${one}`}>
            {one}
          </option>
        ))}
        {assets.map((one) => (
          <option key={one} value={`asset ${one}`}>
            {words.t('arrivals.asset', { asset: one })}
          </option>
        ))}
      </select>
      <select
        className="field grow"
        aria-label={words.t('arrivals.pace')}
        value={random ? 'per_hour' : 'every_s'}
        onChange={(event) => {
          const of = asset === undefined ? { dag_id: name } : { asset };
          onChange(
            event.target.value === 'per_hour' ? { ...of, per_hour: 1 } : { ...of, every_s: 3600 },
          );
        }}
      >
        <option value="per_hour">{words.t('arrivals.perHour')}</option>
        <option value="every_s">{words.t('arrivals.every')}</option>
      </select>
      <NumberInput
        label={words.t(random ? 'arrivals.perHour' : 'arrivals.every')}
        value={per_hour ?? every_s ?? 1}
        min={0.1}
        max={100_000}
        step={random ? 1 : 5}
        onChange={(value) => {
          const of = asset === undefined ? { dag_id: name } : { asset };
          onChange(random ? { ...of, per_hour: value } : { ...of, every_s: value });
        }}
      />
      <IconButton icon="close" label={words.t('settings.remove', { name })} onClick={onRemove} />
    </div>
  );
}

/** A first machine as many begin: everything but the workers on one host. */
const CONTROL = ['scheduler-*', 'dag-processor', 'triggerer-*', 'database'];

function Machines(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const id = useId();
  const machines = useModel((model) => model.settings.machines);
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t('placement.title')}</h3>
      <p className="faint t12">{words.t('placement.help')}</p>
      {machines.map((machine, at) => (
        <MachineRow
          key={machine.name}
          machine={machine}
          onChange={(next) => commands.setMachines(machines.with(at, next))}
          onRemove={() => commands.setMachines(machines.toSpliced(at, 1))}
        />
      ))}
      <button
        type="button"
        className="btn sm"
        onClick={() =>
          commands.setMachines([
            ...machines,
            { name: `host-${machines.length + 1}`, runs: machines.length === 0 ? CONTROL : [] },
          ])
        }
      >
        {words.t('placement.add')}
      </button>
    </section>
  );
}

interface MachineProps {
  machine: MachineSpec;
  onChange: (machine: MachineSpec) => void;
  onRemove: () => void;
}

function MachineRow({ machine, onChange, onRemove }: MachineProps): ReactNode {
  const words = useWords();
  const { name, runs, cores, containers } = machine;
  return (
    <div className="set-line" role="group" aria-label={name}>
      <code className="grow">{name}</code>
      <label className="sw">
        <input
          type="checkbox"
          checked={cores !== undefined}
          onChange={(event) => {
            const { cores: _, ...rest } = machine;
            onChange(event.target.checked ? { ...rest, cores: 4 } : rest);
          }}
        />
        {words.t('placement.cores')}
      </label>
      {cores === undefined ? null : (
        <NumberInput
          label={words.t('placement.coresOf', { name })}
          value={cores}
          min={0.5}
          max={256}
          step={0.5}
          onChange={(value) => onChange({ ...machine, cores: value })}
        />
      )}
      <IconButton icon="close" label={words.t('settings.remove', { name })} onClick={onRemove} />
      <label className="sw wide">
        <input
          type="checkbox"
          checked={containers === true}
          onChange={(event) => {
            const { containers: _, ...rest } = machine;
            onChange(event.target.checked ? { ...rest, containers: true } : rest);
          }}
        />
        {words.t('placement.containers')}
      </label>
      <TextInput
        className="field wide"
        label={words.t('placement.runs', { name })}
        value={runs.join(', ')}
        onChange={(text) => {
          const named = text.split(',').map((one) => one.trim());
          onChange({ ...machine, runs: named.filter((one) => one !== '') });
        }}
      />
    </div>
  );
}
