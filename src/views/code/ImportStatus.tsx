import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { megabytes } from '../../i18n/index.ts';
import { Meter } from '../parts/Place.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { severityOf } from './severity.ts';

/** What the import does now or how it ended, and the one primary button of the page. */
export function ImportStatus({ onRun }: { onRun: () => void }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const phase = useModel((model) => model.workspace.importing.phase);
  const files = useModel((model) => model.workspace.files.length);
  if (phase !== 'idle') {
    return (
      <div className="ed-s" role="status">
        <Progress />
        <button type="button" className="btn" onClick={commands.cancelImport}>
          {words.t(phase === 'importing' ? 'code.stop' : 'code.cancel')}
        </button>
      </div>
    );
  }
  return (
    <div className="ed-s" role="status">
      <Outcome />
      <button type="button" className="btn primary" disabled={files === 0} onClick={onRun}>
        {words.t('code.run')}
        <kbd>{words.t('code.runKey')}</kbd>
      </button>
    </div>
  );
}

function Progress(): ReactNode {
  const words = useWords();
  const { phase, loaded, total, reading } = useModel((model) => model.workspace.importing);
  if (phase === 'loading') {
    const text = words.t('import.loading', { loaded: megabytes(loaded), total: megabytes(total) });
    return (
      <span className="ed-p">
        {text}
        <Meter part={total > 0 ? loaded / total : 0} label={text} />
      </span>
    );
  }
  if (phase === 'idle') return null;
  if (reading) return <Reading key={reading.file} {...reading} />;
  return <span className="ed-p">{words.t(`import.${phase}`)}</span>;
}

/** From then on a person wonders whether it still goes on. */
const LONG_S = 2;

/** A file's own code runs: how long it has, and how much of it is gone. */
function Reading({ file, limit_s }: { file: string; limit_s: number }): ReactNode {
  const words = useWords();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (seconds < LONG_S) return <span className="ed-p">{words.t('import.importing')}</span>;
  const shown = { file, seconds: Math.min(seconds, limit_s), limit: limit_s };
  return (
    // Read out once, by the step before: a number a second would be noise.
    <span className="ed-p" aria-hidden="true">
      <Rich text={words.rich('import.reading', shown)} />
      <Meter part={seconds / limit_s} label={words.t('import.reading', shown)} />
    </span>
  );
}

function Outcome(): ReactNode {
  const words = useWords();
  const problems = useModel((model) => model.workspace.problems);
  const dags = useModel((model) => model.workspace.dags.length);
  const stale = useModel((model) => model.workspace.stale);
  const stop = problems.find((problem) => severityOf(problem) === 'error');
  if (stop) {
    const line = stop.where?.line;
    const text =
      line === undefined
        ? words.t('import.failedNoLine')
        : words.t('import.failed', { line: String(line) });
    return <b className="ed-f">{text}</b>;
  }
  if (dags === 0 || stale) return null;
  return <span className="muted">{words.t('import.ok', { count: dags })}</span>;
}
