import { useId } from 'react';
import type { ReactNode } from 'react';
import type { AppModel } from '../../app/model.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

const EXECUTORS = ['sequential', 'local', 'celery', 'kubernetes'] as const;
const VERSIONS = ['3.3.2', '2.11.2'] as const;
const MOST = 4;

type LaneChoice = AppModel['settings']['lanes'][number];

/** Which executors run beside each other, each in its own Airflow version. */
export function LaneSettings(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const id = useId();
  const lanes = useModel((model) => model.settings.lanes);
  const plain = lanes.map(choiceOf);
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t('settings.lanes')}</h3>
      {lanes.map((lane, at) => (
        <LaneRow
          key={lane.id}
          lane={lane}
          n={at + 1}
          only={lanes.length === 1}
          onExecutor={(executor) =>
            commands.setLanes(plain.with(at, { executor, airflow: lane.airflow }))
          }
          onRemove={() => commands.setLanes(plain.toSpliced(at, 1))}
          onBeside={(more) => {
            const { executor, airflow } = lane;
            commands.setLanes(plain.with(at, { executor, airflow, ...more }));
          }}
        />
      ))}
      {lanes.length < MOST ? (
        <button
          type="button"
          className="btn sm"
          onClick={() => commands.setLanes([...plain, { executor: 'celery', airflow: '3.3.2' }])}
        >
          {words.t('settings.addLane')}
        </button>
      ) : null}
    </section>
  );
}

interface RowProps {
  lane: LaneChoice;
  n: number;
  only: boolean;
  onExecutor: (executor: LaneChoice['executor']) => void;
  onRemove: () => void;
  onBeside: (more: Pick<LaneChoice, 'beside' | 'hybrid'>) => void;
}

function LaneRow({ lane, n, only, onExecutor, onRemove, onBeside }: RowProps): ReactNode {
  const words = useWords();
  const commands = useCommands();
  return (
    <div className="set-line lane-line" role="group" aria-label={words.t('settings.laneOf', { n })}>
      <select
        className="field"
        aria-label={words.t('settings.executor')}
        value={lane.executor}
        onChange={(event) => {
          const executor = EXECUTORS.find((one) => one === event.target.value);
          if (executor) onExecutor(executor);
        }}
      >
        {EXECUTORS.map((one) => (
          <option key={one} value={one}>
            {words.t(`executor.${one}`)}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label={words.t('lane.version')}
        value={lane.airflow}
        onChange={(event) => {
          const airflow = VERSIONS.find((one) => one === event.target.value);
          if (airflow) commands.setVersion(lane.id, airflow);
        }}
      >
        {VERSIONS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <IconButton
        icon="close"
        label={words.t('settings.removeLane')}
        disabled={only}
        onClick={onRemove}
      />
      <Beside lane={lane} onBeside={onBeside} />
    </div>
  );
}

/** A second executor of the same Airflow, or the 2.x class that joins two. */
function Beside({ lane, onBeside }: Pick<RowProps, 'lane' | 'onBeside'>): ReactNode {
  const words = useWords();
  const { executor, airflow, beside, hybrid } = lane;
  if (executor === 'sequential') return null;
  const others = EXECUTORS.filter((one) => one !== executor && one !== 'sequential');
  const joins = airflow === '2.11.2' && executor !== 'kubernetes';
  return (
    <select
      className="field wide"
      aria-label={words.t('settings.beside')}
      value={hybrid ? 'hybrid' : (beside ?? '')}
      onChange={(event) => {
        const { value } = event.target;
        const second = others.find((one) => one === value);
        onBeside(value === 'hybrid' ? { hybrid: true } : second ? { beside: second } : {});
      }}
    >
      <option value="">{words.t('settings.besideNone')}</option>
      {others.map((one) => (
        <option key={one} value={one}>
          {words.t('settings.besideOne', { executor: one })}
        </option>
      ))}
      {joins ? (
        <option value="hybrid">
          {executor === 'celery' ? 'CeleryKubernetesExecutor' : 'LocalKubernetesExecutor'}
        </option>
      ) : null}
    </select>
  );
}

function choiceOf({ executor, airflow, beside, hybrid }: LaneChoice): Omit<LaneChoice, 'id'> {
  const more = hybrid ? { hybrid } : beside ? { beside } : {};
  return { executor, airflow, ...more };
}
