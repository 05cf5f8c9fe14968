import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { TableModel } from '../../app/model.ts';
import { clock, count } from '../../i18n/index.ts';
import { Place } from '../parts/Place.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { TI_STATES } from '../states.ts';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { laneName, useLaneName } from './laneName.ts';
import { TiTable } from './TiTable.tsx';
import { filterRows, sortRows } from './tableRows.ts';
import type { Filter, Order } from './tableRows.ts';

/** Every task instance of one lane at this moment: the accessible equal of its picture. */
export function TablePanel(): ReactNode {
  const words = useWords();
  const table = useModel((model) => model.table);
  const [filter, setFilter] = useState<Filter>({ text: '', state: null });
  if (!table) return <Place full text={words.t('table.loading')} />;
  return (
    <div className="table-panel">
      <div className="table-bar">
        <LaneChoice table={table} />
        <Filters filter={filter} onFilter={setFilter} />
      </div>
      <Rows table={table} filter={filter} onClear={() => setFilter({ text: '', state: null })} />
    </div>
  );
}

function LaneChoice({ table }: { table: TableModel }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const lanes = useModel((model) => model.lanes);
  const parts = lanes.map((lane) => ({
    value: lane.id,
    label: laneName(words, lanes, lane, 'short'),
    name: laneName(words, lanes, lane),
  }));
  return (
    <Segmented
      label={words.t('table.lane')}
      value={table.lane}
      parts={parts}
      onChange={commands.openTable}
    />
  );
}

function Filters(props: { filter: Filter; onFilter: (filter: Filter) => void }): ReactNode {
  const { filter, onFilter } = props;
  const words = useWords();
  return (
    <>
      <input
        type="search"
        className="field"
        value={filter.text}
        placeholder={words.t('table.filter')}
        aria-label={words.t('table.filter')}
        onChange={(event) => onFilter({ ...filter, text: event.target.value })}
      />
      <select
        className="field"
        aria-label={words.t('table.state')}
        value={filter.state ?? ''}
        onChange={(event) => onFilter({ ...filter, state: event.target.value || null })}
      >
        <option value="">{words.t('table.stateAll')}</option>
        {TI_STATES.map((state) => (
          <option key={state} value={state}>
            {state}
          </option>
        ))}
      </select>
    </>
  );
}

interface RowsProps {
  table: TableModel;
  filter: Filter;
  onClear: () => void;
}

function Rows({ table, filter, onClear }: RowsProps): ReactNode {
  const words = useWords();
  const [order, setOrder] = useState<Order>({ column: 'state', down: false });
  const nameOf = useLaneName();
  const lane = useModel((model) => model.lanes.find((one) => one.id === table.lane) ?? null);
  const rows = useMemo(
    () => sortRows(filterRows(table.rows, filter), order),
    [table.rows, filter, order],
  );
  return (
    <>
      <p id="ti-table" className="table-cap">
        <b>{words.t('table.title', { lane: lane && nameOf(lane), time: clock(table.t) })}</b>{' '}
        <span className="faint">
          {words.t('table.caption', { shown: count(rows.length), total: count(table.rows.length) })}
        </span>
      </p>
      {rows.length > 0 ? (
        <TiTable lane={table.lane} rows={rows} order={order} onOrder={setOrder} />
      ) : (
        <Place full text={words.t('table.empty')}>
          <button type="button" className="btn" onClick={onClear}>
            {words.t('table.clear')}
          </button>
        </Place>
      )}
    </>
  );
}
