import type { ReactNode } from 'react';
import type { Problem } from '../../base/result.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { severityOf } from './severity.ts';

/** Everything that is wrong with the files: what, where, and what to do. */
export function Problems({ onGo }: { onGo: (file: string, line: number) => void }): ReactNode {
  const words = useWords();
  const problems = useModel((model) => model.workspace.problems);
  const read = useModel(({ workspace }) => {
    return workspace.dags.length > 0 && !workspace.stale && workspace.importing.phase === 'idle';
  });
  return (
    <section className="dgs scroll" aria-labelledby="problems">
      <div className="colh2">
        <h2 id="problems">{words.t('problems.title', { count: problems.length })}</h2>
        {problems.length === 0 ? (
          <span className="faint">{words.t(read ? 'problems.none' : 'problems.notRead')}</span>
        ) : null}
      </div>
      <ul>
        {problems.map((problem, at) => (
          <Row key={`${problem.code} ${at}`} problem={problem} onGo={onGo} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  problem: Problem;
  onGo: (file: string, line: number) => void;
}

function Row({ problem, onGo }: RowProps): ReactNode {
  const words = useWords();
  const { file, line } = problem.where ?? {};
  const fix = `fix.${problem.code}`;
  const warning = severityOf(problem) === 'warning';
  return (
    <li className={warning ? 'dg w' : 'dg e'}>
      <span className="dgi">
        <Icon name={warning ? 'caution' : 'fault'} />
      </span>
      <div>
        <p className="dgt">
          <Rich text={words.family('problem', problem.code, problem.params)} />
        </p>
        {words.has(fix) && knows(words.rich(fix, problem.params)) ? (
          <p className="dgb">
            <Rich text={words.rich(fix, problem.params)} />
          </p>
        ) : null}
        <p className="dgm">
          {file !== undefined && line !== undefined ? (
            <button
              type="button"
              className="chip"
              title={words.t('problems.goto', { line: String(line), file })}
              onClick={() => onGo(file, line)}
            >
              {words.t('problems.line', { line: String(line) })}
            </button>
          ) : null}
          {file ? <code className="faint">{file}</code> : null}
          <code className="faint">{problem.code}</code>
        </p>
      </div>
    </li>
  );
}

/** Advice with a gap (an en dash in code) helps nobody. */
function knows(advice: string): boolean {
  return !advice.includes('`–`') && !advice.includes('``');
}
