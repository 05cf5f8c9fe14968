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

type Change = Partial<Omit<FleetGroup, 'autoscale'>> & {
  autoscale?: FleetGroup['autoscale'] | undefined;
};

/** `autoscale` that is undefined takes the group's away. */
function changed(group: FleetGroup, change: Change): FleetGroup {
  const { autoscale: before, ...rest } = group;
  const { autoscale: wanted, ...part } = change;
  const autoscale = 'autoscale' in change ? wanted : before;
  return { ...rest, ...part, ...(autoscale ? { autoscale } : {}) };
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
      <Autoscale group={group} onChange={onChange} />
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

/** Between how many processes a worker of the group may grow and shrink. */
function Autoscale(props: Pick<WorkerProps, 'group' | 'onChange'>): ReactNode {
  const { group, onChange } = props;
  const words = useWords();
  const { autoscale, concurrency } = group;
  return (
    <span className="set-line wide">
      <label className="sw">
        <input
          type="checkbox"
          checked={autoscale !== undefined}
          onChange={(event) => {
            const on = { min: 1, max: concurrency };
            onChange({ autoscale: event.target.checked ? on : undefined });
          }}
        />
        <code>autoscale</code>
      </label>
      {autoscale ? (
        <>
          <NumberInput
            label={words.t('settings.autoscaleMin')}
            value={autoscale.min}
            min={0}
            max={autoscale.max}
            onChange={(min) => onChange({ autoscale: { ...autoscale, min } })}
          />
          <NumberInput
            label={words.t('settings.autoscaleMax')}
            value={autoscale.max}
            min={Math.max(1, autoscale.min)}
            max={64}
            onChange={(max) => onChange({ autoscale: { ...autoscale, max } })}
          />
        </>
      ) : null}
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
