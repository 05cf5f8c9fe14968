import { useState } from 'react';
import type { ReactNode } from 'react';
import type { LatencySetting } from '../../app/settingsModel.ts';
import { bare, plain } from '../../i18n/index.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { NumberInput } from '../parts/NumberInput.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import '../styles/plant.css';

/** How long each step takes in the lanes, where that number is from, and another value for it. */
export function LatencySettings(): ReactNode {
  const words = useWords();
  const entries = useModel((model) => model.settings.latencies);
  const [find, setFind] = useState('');
  const shown = entries.filter(({ name }) => name.includes(find.trim()));
  const changed = entries.filter(({ own }) => own !== null).length;
  return (
    <section className="set-group">
      <details className="form">
        <summary>{words.t('latency.title', { count: entries.length, changed })}</summary>
        <p className="faint t12">{words.t('latency.help')}</p>
        <input
          type="search"
          className="field"
          aria-label={words.t('latency.find')}
          placeholder={words.t('latency.find')}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
        <ul className="edits">
          {shown.map((entry) => (
            <Row key={entry.name} entry={entry} />
          ))}
        </ul>
      </details>
    </section>
  );
}

function Row({ entry }: { entry: LatencySetting }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const lanes = useModel((model) => model.lanes);
  const { name, unit, tables, own } = entry;
  const first = tables[0];
  const alike = new Set(tables.map((one) => JSON.stringify(one.value))).size === 1;
  return (
    <li className={own === null ? 'edit' : 'edit changed'}>
      <div className="edit-h">
        <code className="grow">{name}</code>
        <NumberInput
          label={`${name}, ${unit}`}
          value={own ?? middleOf(first?.value ?? 0)}
          min={0}
          max={86_400}
          step={0.01}
          onChange={(value) => commands.setLatency(name, value)}
        />
        <span className="faint">{unit}</span>
        {own === null ? null : (
          <IconButton
            icon="undo"
            label={words.t('latency.back', { name })}
            onClick={() => commands.setLatency(name, null)}
          />
        )}
      </div>
      {(alike ? tables.slice(0, 1) : tables).map((one) => (
        <p key={one.lane} className="t12 faint" title={one.reference}>
          {alike ? null : `${laneName(lanes, one.lane)}: `}
          {valueText(one.value)} · {words.t(`latency.${one.source}`)}
          <span> · {bare(one.reference)}</span>
        </p>
      ))}
    </li>
  );
}

function laneName(lanes: readonly { id: string; executor: string; airflow: string }[], id: string) {
  const lane = lanes.find((one) => one.id === id);
  return lane ? `${lane.executor} ${lane.airflow}` : id;
}

type Value = LatencySetting['tables'][number]['value'];

/** A distribution in one line, as scenario files write it. */
function valueText(value: Value): string {
  if (typeof value === 'number') return plain(value);
  const { kind, ...rest } = value;
  const parts = Object.entries(rest).map(([name, one]) => `${name} ${JSON.stringify(one)}`);
  return `${kind} ${parts.join(', ').slice(0, 80)}`;
}

/** One number in its place: the middle of what is drawn. */
function middleOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (value.kind === 'uniform') return (value.min_s + value.max_s) / 2;
  if (value.kind === 'exponential') return value.mean_s;
  if (value.kind === 'lognormal') return value.median_s;
  if (value.kind === 'empirical') return value.values_s[value.values_s.length >> 1] ?? 0;
  return value.of[0]?.value_s ?? 0;
}
