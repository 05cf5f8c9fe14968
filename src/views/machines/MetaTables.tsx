import { useState } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import type { MetaCell, MetaColumn, MetaTable } from '../../explain/metadataTables.ts';
import { clock, count, plain } from '../../i18n/index.ts';
import { Cell } from '../parts/Icon.tsx';
import { useModel } from '../useApp.ts';
import { isTiState } from '../states.ts';
import { useWords } from '../words.tsx';
import { workerTable } from './workerTable.ts';

/** The metadata database of a lane at this moment, and Celery's workers as their monitor has them. */
export function MetaTables({ lane }: { lane: LaneModel }): ReactNode {
  const words = useWords();
  const inside = useModel((model) => (model.machines?.lane === lane.id ? model.machines : null));
  const workers = useModel((model) =>
    model.workers?.lane === lane.id ? model.workers.workers : null,
  );
  const [chosen, setChosen] = useState('dag_run');
  const flower = workers && workers.length > 0 ? workerTable(workers, lane.info?.parts ?? []) : [];
  const tables = [...(inside?.tables ?? []), ...flower];
  const table = tables.find(({ name }) => name === chosen) ?? tables[0];
  if (!table) return null;
  return (
    <section className="meta" aria-label={words.t('machines.tables')}>
      <div className="meta-tabs scroll" role="group" aria-label={words.t('machines.tables')}>
        {tables.map(({ name, total }) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === table.name}
            onClick={() => setChosen(name)}
          >
            <code>{name}</code> <small>{count(total)}</small>
          </button>
        ))}
      </div>
      <Rows table={table} />
    </section>
  );
}

function Rows({ table }: { table: MetaTable }): ReactNode {
  const words = useWords();
  const { name, columns, rows, total } = table;
  return (
    <div className="tbw scroll" tabIndex={0} role="region" aria-label={name}>
      <table className="meta-t">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={isRight(column) ? 'r' : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={total - at}>
              {columns.map((column, i) => (
                <td key={column.name} className={isRight(column) ? 'r' : undefined}>
                  <Value cell={row[i] ?? null} column={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p className="muted t12">{words.t('machines.noRows')}</p> : null}
      {rows.length < total ? (
        <p className="muted t12">{words.t('machines.newest', { shown: rows.length, total })}</p>
      ) : null}
    </div>
  );
}

function isRight({ kind }: MetaColumn): boolean {
  return kind === 'number' || kind === 'time';
}

function Value({ cell, column }: { cell: MetaCell; column: MetaColumn }): ReactNode {
  if (cell === null) return <span className="faint">NULL</span>;
  if (column.kind === 'time') return clock(Number(cell), true);
  if (column.kind === 'number') return plain(Number(cell));
  if (column.kind === 'state' && typeof cell === 'string' && isTiState(cell)) {
    return (
      <span className="st">
        <Cell state={cell} /> {cell}
      </span>
    );
  }
  return cell;
}
