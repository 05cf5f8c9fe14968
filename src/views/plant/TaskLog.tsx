import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { clock } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';

/** Where the log of the try is at this moment, and whether Airflow's page could show it. */
export function TaskLog({ ti }: { ti: number }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const log = useModel(({ taskLog }) => (taskLog?.ti === ti ? taskLog.answer : null));
  useEffect(() => {
    commands.watchLog(true);
    return () => commands.watchLog(false);
  }, [commands]);
  if (!log) return null;
  const { places, readable, why, messages } = log;
  return (
    <section className="task-log">
      <h3 className="eyebrow sub">{words.t('log.title')}</h3>
      <p className={readable ? 'tl-why' : 'tl-why not'}>
        <Icon name={readable ? 'check' : 'fault'} size={14} />
        <span>
          <Rich text={words.family('log_why', why)} />
        </span>
      </p>
      <ul className="tl-places">
        {places.map(({ kind, at, state, since_s }) => (
          <li key={`${kind} ${at}`}>
            <span>{words.t(`log.kind.${kind}`)}</span>
            <code>{at}</code>
            <span className="faint">
              {words.t(`log.state.${state}`)} {clock(since_s * 1_000_000)}
            </span>
          </li>
        ))}
      </ul>
      {messages.length > 0 ? (
        <details className="tl-msg">
          <summary>Log message source details</summary>
          <pre lang="en">{messages.join('\n')}</pre>
        </details>
      ) : null}
    </section>
  );
}
