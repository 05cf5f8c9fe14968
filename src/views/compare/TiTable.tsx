import { memo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { TiRow } from '../../app/model.ts';
import { clock } from '../../i18n/index.ts';
import { Cell, Icon } from '../parts/Icon.tsx';
import { useSize } from '../parts/hooks.ts';
import { asTiState } from '../states.ts';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { nameOf } from './labels.ts';
import { reasonValues } from './sentences.ts';
import { COLUMNS, visible } from './tableRows.ts';
import type { Column, Order } from './tableRows.ts';
import { useRowKeys } from './useRowKeys.ts';

const ROW = 28;
/** Airflow's own column names; times are run time here. */
const TITLES: Readonly<Record<Column, string>> = {
  task_id: 'task_id',
  state: 'state',
  try_number: 'try',
  scheduled: 'scheduled',
  queued: 'queued',
  start: 'start',
  end: 'end',
  hostname: 'hostname',
};

interface Props {
  lane: string;
  rows: readonly TiRow[];
  order: Order;
  onOrder: (order: Order) => void;
}

/** A real table of which only the rows in sight exist; `aria-rowcount` tells how many there are. */
export function TiTable({ lane, rows, order, onOrder }: Props): ReactNode {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { height } = useSize(box);
  const [top, setTop] = useState(0);
  const selected = useModel((m) => (m.selection?.lane === lane ? m.selection.ti : null));
  const { from, to } = visible(top, height, ROW, rows.length);
  const keys = useRowKeys(box, { count: rows.length, from, to, height: ROW });
  return (
    <div
      ref={box}
      className="tbw scroll"
      // The rows are not focusable one by one before they are in sight.
      tabIndex={0}
      role="region"
      aria-labelledby="ti-table"
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <table className="data" aria-rowcount={rows.length + 1} aria-labelledby="ti-table">
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <Head key={column} column={column} order={order} onOrder={onOrder} />
            ))}
            <th scope="col">{words.t('table.why')}</th>
          </tr>
        </thead>
        <tbody onKeyDown={keys.onKeyDown}>
          <Gap height={from * ROW} />
          {rows.slice(from, to).map((row, at) => (
            <Row
              key={row.ti}
              row={row}
              lane={lane}
              at={from + at}
              stop={from + at === keys.stop}
              onFocus={keys.onFocus}
              selected={row.ti === selected}
            />
          ))}
          <Gap height={(rows.length - to) * ROW} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height }: { height: number }): ReactNode {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className="gap">
      <td colSpan={COLUMNS.length + 1} style={{ height }} />
    </tr>
  );
}

interface HeadProps {
  column: Column;
  order: Order;
  onOrder: (order: Order) => void;
}

function Head({ column, order, onOrder }: HeadProps): ReactNode {
  const words = useWords();
  const mine = order.column === column;
  const sorted = mine ? (order.down ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={sorted} className={column === 'task_id' ? undefined : `c-${column}`}>
      <button
        type="button"
        title={words.t('table.sort', { column: TITLES[column] })}
        onClick={() => onOrder({ column, down: mine && !order.down })}
      >
        {TITLES[column]}
        {mine ? (
          <span className={order.down ? 'sort down' : 'sort'}>
            <Icon name="down" size={12} />
          </span>
        ) : null}
      </button>
    </th>
  );
}

interface RowProps {
  row: TiRow;
  lane: string;
  at: number;
  /** The Tab key reaches it. */
  stop: boolean;
  onFocus: (at: number) => void;
  selected: boolean;
}

const Row = memo(function Row(props: RowProps): ReactNode {
  const { row, lane, at, stop, onFocus, selected } = props;
  const words = useWords();
  const commands = useCommands();
  const state = asTiState(row.state);
  const { reason } = row;
  return (
    <tr aria-rowindex={at + 2} aria-selected={selected} className={selected ? 'sel' : undefined}>
      <th scope="row">
        <button
          type="button"
          className="mono"
          data-row={at}
          tabIndex={stop ? 0 : -1}
          title={row.run_id}
          onFocus={() => onFocus(at)}
          onClick={() => commands.select({ lane, ti: row.ti })}
        >
          {nameOf(row.task_id, row.map_index)}
        </button>
      </th>
      <td>
        <span className="st">
          <Cell state={state} /> {state}
        </span>
      </td>
      <td className="num">{row.try_number}</td>
      <Time t={row.scheduled} />
      <Time t={row.queued} />
      <Time t={row.start} />
      <Time t={row.end} />
      <td className="mono">{row.hostname ?? <Null />}</td>
      <td className="reason">
        {reason ? <Rich text={words.family('reason', reason.code, reasonValues(reason))} /> : null}
      </td>
    </tr>
  );
});

function Time({ t }: { t: number | null }): ReactNode {
  return <td className="num">{t === null ? <Null /> : clock(t, true)}</td>;
}

function Null(): ReactNode {
  return <span className="null">NULL</span>;
}
