import { useId } from 'react';
import type { ReactNode } from 'react';
import type { FleetGroup, PoolSetting } from '../../app/settingsModel.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { NumberInput } from '../parts/NumberInput.tsx';
import { TextInput } from '../parts/TextInput.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

/** Groups of Celery workers: how many, how many slots each, which queues. */
export function WorkerSettings(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const workers = useModel((model) => model.settings.workers);
  const change = (at: number, part: Change): void => {
    commands.setWorkers(workers.map((group, one) => (one === at ? changed(group, part) : group)));
  };
  return (
    <>
      <h4>{words.t('settings.workers')}</h4>
      {workers.map((group, at) => (
        <WorkerRow
          key={group.name}
          group={group}
          only={workers.length === 1}
          onChange={(part) => change(at, part)}
          onRemove={() => commands.setWorkers(workers.toSpliced(at, 1))}
        />
      ))}
      <p className="faint t12">{words.t('settings.queuesHelp')}</p>
      <button
        type="button"
        className="btn sm"
        onClick={() => commands.setWorkers([...workers, newGroup(workers)])}
      >
        {words.t('settings.addWorkers')}
      </button>
    </>
  );
}

type Loose = 'autoscale' | 'keda' | 'prefetch_multiplier';
type Change = Partial<Omit<FleetGroup, Loose>> & {
  [Key in Loose]?: FleetGroup[Key] | undefined;
};

/** What is undefined in the change is taken away from the group. */
function changed(group: FleetGroup, change: Change): FleetGroup {
  const { autoscale, keda, prefetch_multiplier, ...part } = { ...group, ...change };
  return {
    ...part,
    ...(autoscale ? { autoscale } : {}),
    ...(keda ? { keda } : {}),
    ...(prefetch_multiplier === undefined ? {} : { prefetch_multiplier }),
  };
}

function newGroup(workers: readonly FleetGroup[]): FleetGroup {
  const taken = new Set(workers.map((group) => group.name));
  let n = workers.length + 1;
  while (taken.has(`workers-${n}`)) n++;
  return { name: `workers-${n}`, count: 1, concurrency: 4, queues: null };
}

interface WorkerProps {
  group: FleetGroup;
  only: boolean;
  onChange: (part: Change) => void;
  onRemove: () => void;
}

function WorkerRow({ group, only, onChange, onRemove }: WorkerProps): ReactNode {
  const words = useWords();
  const queues = (text: string): string[] | null => {
    const names = text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    return names.length > 0 ? names : null;
  };
  return (
    <div className="set-line" role="group" aria-label={group.name}>
      <code className="grow">{group.name}</code>
      <NumberInput
        label={words.t('settings.workerCount')}
        value={group.count}
        min={0}
        max={64}
        onChange={(count) => onChange({ count })}
      />
      <span aria-hidden="true">×</span>
      <NumberInput
        label={words.t('settings.workerSlots')}
        value={group.concurrency}
        min={1}
        max={64}
        onChange={(concurrency) => onChange({ concurrency })}
      />
      <IconButton
        icon="close"
        label={words.t('settings.remove', { name: group.name })}
        disabled={only}
        onClick={onRemove}
      />
      <Scale of="autoscale" group={group} onChange={onChange} />
      <Scale of="keda" group={group} onChange={onChange} />
      <Prefetch group={group} onChange={onChange} />
      <TextInput
        className="field wide"
        label={words.t('settings.workerQueues')}
        placeholder={words.t('settings.allQueues')}
        value={group.queues?.join(', ') ?? ''}
        onChange={(text) => onChange({ queues: queues(text) })}
      />
    </div>
  );
}

/** Between how many processes a worker, and how many workers its group, may grow and shrink. */
function Scale(props: Pick<WorkerProps, 'group' | 'onChange'> & { of: 'autoscale' | 'keda' }) {
  const { group, onChange, of } = props;
  const words = useWords();
  const range = group[of];
  const most = of === 'keda' ? Math.max(1, group.count) * 4 : group.concurrency;
  return (
    <span className="set-line wide">
      <label className="sw" title={words.t(`settings.${of}Help`)}>
        <input
          type="checkbox"
          checked={range !== undefined}
          onChange={(event) => {
            onChange({ [of]: event.target.checked ? { min: 1, max: most } : undefined });
          }}
        />
        <code>{of === 'keda' ? 'KEDA' : of}</code>
      </label>
      {range ? (
        <>
          <NumberInput
            label={words.t(`settings.${of}Min`)}
            value={range.min}
            min={0}
            max={range.max}
            onChange={(min) => onChange({ [of]: { ...range, min } })}
          />
          <NumberInput
            label={words.t(`settings.${of}Max`)}
            value={range.max}
            min={Math.max(1, range.min)}
            max={64}
            onChange={(max) => onChange({ [of]: { ...range, max } })}
          />
        </>
      ) : null}
    </span>
  );
}

/** How many messages a worker of the group holds per process; unset: as the configuration says. */
function Prefetch({ group, onChange }: Pick<WorkerProps, 'group' | 'onChange'>): ReactNode {
  const words = useWords();
  const { prefetch_multiplier: ahead } = group;
  return (
    <span className="set-line wide">
      <label className="sw">
        <input
          type="checkbox"
          checked={ahead !== undefined}
          onChange={(event) =>
            onChange({ prefetch_multiplier: event.target.checked ? 1 : undefined })
          }
        />
        <code>prefetch_multiplier</code>
      </label>
      {ahead === undefined ? null : (
        <NumberInput
          label={words.t('settings.prefetchOf', { name: group.name })}
          value={ahead}
          min={0}
          max={64}
          onChange={(value) => onChange({ prefetch_multiplier: value })}
        />
      )}
    </span>
  );
}

export function PoolSettings(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const id = useId();
  const pools = useModel((model) => model.settings.pools);
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t('settings.pools')}</h3>
      {pools.map((pool) => (
        <PoolRow key={pool.name} pool={pool} />
      ))}
      <p className="faint t12">{words.t('settings.unlimited')}</p>
      <TextInput
        className="field wide"
        label={words.t('settings.addPool')}
        placeholder={words.t('settings.addPool')}
        value=""
        onChange={(name) => {
          const wanted = name.trim();
          if (wanted && !pools.some((pool) => pool.name === wanted)) {
            commands.setPool(wanted, { slots: 4, include_deferred: false });
          }
        }}
      />
    </section>
  );
}

function PoolRow({ pool }: { pool: PoolSetting }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const { name, slots, include_deferred } = pool;
  return (
    <div className="set-line" role="group" aria-label={name}>
      <span className="grow">
        <code>{name}</code>
        <small className="faint"> {words.t('settings.poolUsed', { count: pool.used_by })}</small>
      </span>
      <label className="sw" title={words.t('settings.poolDeferred')}>
        <input
          type="checkbox"
          aria-label={words.t('settings.poolDeferred')}
          checked={include_deferred}
          onChange={(event) =>
            commands.setPool(name, { slots, include_deferred: event.target.checked })
          }
        />
        <code className="faint">include_deferred</code>
      </label>
      <NumberInput
        label={words.t('settings.poolSlots')}
        value={slots}
        min={-1}
        max={100_000}
        onChange={(next) => commands.setPool(name, { slots: next, include_deferred })}
      />
      <IconButton
        icon="close"
        label={words.t('settings.remove', { name })}
        disabled={pool.fixed}
        onClick={() => commands.setPool(name, null)}
      />
    </div>
  );
}

export function DurationSettings(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const id = useId();
  const durations = useModel((model) => model.settings.durations);
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t('settings.durations')}</h3>
      <p className="faint t12">{words.t('settings.durationsHelp')}</p>
      {durations.map((one) => (
        <div key={one.kind} className="set-line">
          <span className="grow">
            <code>{one.kind}</code>
            <small className="faint">
              {' '}
              {words.t('settings.durationTasks', { count: one.tasks })}
            </small>
          </span>
          <small className="faint">{words.t('settings.default', { value: one.default })}</small>
          <NumberInput
            label={`${one.kind}, ${words.t('settings.seconds')}`}
            value={one.seconds}
            min={0}
            max={86_400}
            step={0.5}
            onChange={(seconds) => commands.setDuration(one.kind, seconds)}
          />
          <span className="faint">{words.t('settings.seconds')}</span>
        </div>
      ))}
    </section>
  );
}
