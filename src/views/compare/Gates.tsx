import type { ReactNode } from 'react';
import type { Gate } from '../../app/model.ts';
import { plain } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { Rich, useWords } from '../words.tsx';
import { reasonValues } from './sentences.ts';

const ICON = { passed: 'check', holds: 'hold', later: 'dot' } as const;

/** The gates in the order in which Airflow examines them, each with its numbers. */
export function Gates({ gates }: { gates: readonly Gate[] }): ReactNode {
  const words = useWords();
  return (
    <section>
      <h3 className="sr">{words.t('why.gates')}</h3>
      <ol className="checks">
        {gates.map((gate, at) => (
          <li key={`${gate.reason.code} ${at}`} className={gate.result}>
            <span title={words.t(`why.${gate.result}`)}>
              <Icon name={ICON[gate.result]} />
              <span className="sr">{words.t(`why.${gate.result}`)}</span>
            </span>
            <Name gate={gate} />
            <span className="v">
              <Numbers gate={gate} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Name({ gate }: { gate: Gate }): ReactNode {
  const words = useWords();
  const { reason, result } = gate;
  const name = <Rich text={words.family('gate', reason.code, reasonValues(reason))} />;
  if (result !== 'holds') return <span>{name}</span>;
  return (
    <span>
      <b>{name}</b>
      <small>{words.t('why.since', { since_us: reason.since })}</small>
    </span>
  );
}

function Numbers({ gate }: { gate: Gate }): ReactNode {
  const words = useWords();
  const { actual, limit } = gate.reason;
  // None of none says nothing.
  if (actual === 0 && limit === 0) return null;
  if (actual === null || limit === null) return actual === null ? null : plain(actual);
  const text = words.t('why.ofLimit', { actual: plain(actual), limit: plain(limit) });
  return gate.result === 'holds' ? <b>{text}</b> : text;
}
