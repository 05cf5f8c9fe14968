import { Suspense, lazy, useId } from 'react';
import type { ReactNode } from 'react';
import { SETTING_GROUPS } from '../../app/settingsModel.ts';
import type { SettingField, SettingGroup } from '../../app/settingsModel.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { DurationSettings, PoolSettings, WorkerSettings } from './FleetSettings.tsx';
import { LaneSettings } from './LaneSettings.tsx';
import { SettingRow } from './SettingRow.tsx';

const LatencySettings = lazy(() =>
  import('./LatencySettings.tsx').then((m) => ({ default: m.LatencySettings })),
);

const PlantSettings = lazy(() =>
  import('./PlantSettings.tsx').then((m) => ({ default: m.PlantSettings })),
);

/** Everything that can be set. A change runs all lanes again at once. */
export function SettingsPanel({ onClose }: { onClose?: () => void }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const ready = useReady();
  return (
    <aside className="settings scroll" aria-label={words.t('settings.title')}>
      <div className="why-h">
        <h2>{words.t('settings.title')}</h2>
        {onClose ? (
          <IconButton icon="close" label={words.t('tool.close')} keys="S" onClick={onClose} />
        ) : null}
      </div>
      <p className="muted t12">{words.t(ready ? 'settings.ofScenario' : 'settings.intro')}</p>
      {ready ? null : <LaneSettings />}
      {SETTING_GROUPS.map((group) => (
        <Group key={group} group={group} />
      ))}
      <PoolSettings />
      {ready ? null : <DurationSettings />}
      {ready ? null : (
        <Suspense>
          <PlantSettings />
        </Suspense>
      )}
      <Suspense>
        <LatencySettings />
      </Suspense>
      <button type="button" className="btn" onClick={commands.resetSettings}>
        {words.t('settings.reset')}
      </button>
    </aside>
  );
}

/** Only groups that act on a lane that is there. */
function Group({ group }: { group: SettingGroup }): ReactNode {
  const words = useWords();
  const id = useId();
  const fields = useModel((model) => model.settings.fields);
  const there = useModel((model) =>
    model.settings.lanes.some((lane) => lane.executor === ownerOf(group) || isShared(group)),
  );
  const ready = useReady();
  // A ready scenario has its own fleet: only Airflow's options are laid over it.
  const mine = fields.filter((field: SettingField) => {
    return field.group === group && (!ready || field.option !== null);
  });
  if (!there || (mine.length === 0 && group !== 'celery')) return null;
  const rows = mine.map((field) => <SettingRow key={field.id} field={field} />);
  if (group === 'cluster' || group === 'logs') {
    const set = mine.filter((field) => field.changed).length;
    return (
      <details className="set-group more">
        <summary>{words.t(`settings.group.${group}`, { set })}</summary>
        {rows}
      </details>
    );
  }
  return (
    <section className="set-group" aria-labelledby={id}>
      <h3 id={id}>{words.t(`settings.group.${group}`)}</h3>
      {rows}
      {group === 'celery' && !ready ? <WorkerSettings /> : null}
    </section>
  );
}

/** The cluster's own figures stand apart from the executor's. */
function ownerOf(group: SettingGroup): SettingGroup {
  return group === 'cluster' ? 'kubernetes' : group;
}

function isShared(group: SettingGroup): boolean {
  return group === 'scheduler' || group === 'dag' || group === 'logs';
}

/** A ready scenario plays: it has brought lanes, fleet and durations. */
function useReady(): boolean {
  return useModel(({ source }) => source.startsWith('scenario:'));
}
