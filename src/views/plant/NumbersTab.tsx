import { Fragment, useEffect } from 'react';
import type { ReactNode } from 'react';
import type { LaneMetrics } from '../../app/model.ts';
import { plain } from '../../i18n/index.ts';
import { laneName } from '../compare/laneName.ts';
import { Meter, Place } from '../parts/Place.tsx';
import { NumberInput } from '../parts/NumberInput.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { blocksOf } from './metricBlocks.ts';
import type { Line } from './metricBlocks.ts';

/** What each lane cost and where its time went, side by side, over the whole run. */
export function NumbersTab(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const metrics = useModel((model) => model.metrics);
  useEffect(() => {
    commands.watchMetrics(true);
    return () => commands.watchMetrics(false);
  }, [commands]);
  if (!metrics) return <Place text={words.t('metrics.computing')} />;
  return (
    <>
      <p className="muted t12">{words.t('metrics.help')}</p>
      <MetricTable metrics={metrics} />
      <PriceList />
      <div className="do-row">
        <button type="button" className="btn sm" onClick={() => commands.saveMetrics('csv')}>
          {words.t('metrics.save', { form: 'CSV' })}
        </button>
        <button type="button" className="btn sm" onClick={() => commands.saveMetrics('json')}>
          {words.t('metrics.save', { form: 'JSON' })}
        </button>
      </div>
    </>
  );
}

function MetricTable({ metrics }: { metrics: readonly LaneMetrics[] }): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  const shown = metrics.flatMap(({ lane }) => lanes.find((one) => one.id === lane) ?? []);
  return (
    <div
      className="metrics scroll"
      tabIndex={0}
      role="region"
      aria-label={words.t('plant.numbers')}
    >
      <table>
        <thead>
          <tr>
            {shown.map((lane) => (
              <th key={lane.id} scope="col">
                {laneName(words, lanes, lane, 'short')}
              </th>
            ))}
          </tr>
        </thead>
        {blocksOf(metrics).map((block) => (
          <tbody key={block.id}>
            <tr>
              <th className="mt" colSpan={shown.length} scope="colgroup">
                {words.t(`metrics.block.${block.id}`)}
              </th>
            </tr>
            {block.lines.map((line) => (
              <MetricLine key={line.name} line={line} columns={shown.length} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** The name over its values: the panel is narrow, and four lanes are compared. */
function MetricLine({ line, columns }: { line: Line; columns: number }): ReactNode {
  const words = useWords();
  const key = `metric.${line.name}`;
  const most = Math.max(0, ...line.values.map((value) => value ?? 0));
  return (
    <Fragment>
      <tr>
        <th className="mn" colSpan={columns} scope="colgroup">
          {words.has(key) ? words.t(key) : <code>{line.name}</code>}
        </th>
      </tr>
      <tr>
        {line.values.map((value, at) => (
          <td key={at}>
            {textOf(value, line.unit, words.span)}
            {line.bar && value !== null ? (
              <Meter
                part={most > 0 ? value / most : 0}
                label={textOf(value, line.unit, words.span)}
              />
            ) : null}
          </td>
        ))}
      </tr>
    </Fragment>
  );
}

function textOf(value: number | null, unit: Line['unit'], span: (us: number) => string): string {
  if (value === null) return '–';
  if (unit === 's') return span(value * 1_000_000);
  if (unit === 'share') return `${Math.round(value * 100)} %`;
  return plain(Math.round(value * 100) / 100);
}

const PRICED = ['scheduler', 'triggerer', 'worker', 'node', 'pod', 'slot'] as const;

/** What an hour of each costs; without a price it costs nothing. */
function PriceList(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const prices = useModel((model) => model.settings.prices);
  return (
    <details className="form">
      <summary>{words.t('metrics.prices')}</summary>
      {PRICED.map((part) => (
        <div key={part} className="set-line">
          <code className="grow">{part}</code>
          <NumberInput
            label={words.t('metrics.price', { part })}
            value={prices[part] ?? 0}
            min={0}
            max={1_000_000}
            step={0.01}
            onChange={(price) => commands.setPrice(part, price > 0 ? price : null)}
          />
        </div>
      ))}
    </details>
  );
}
