import { useEffect, useMemo, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { bare, megabytes } from '../../i18n/index.ts';
import { PHONE, useMedia } from '../parts/hooks.ts';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { Editor } from './Editor.tsx';
import { FileTabs } from './FileTabs.tsx';
import { ImportStatus } from './ImportStatus.tsx';
import { NoFile } from './NoFile.tsx';
import { Preview } from './Preview.tsx';
import { Problems } from './Problems.tsx';
import type { Mark } from './editorSetup.ts';
import { loadExample } from './examples.ts';
import { LIMIT_BYTES, openFiles } from './openFiles.ts';
import { severityOf } from './severity.ts';
import { useRun } from './useRun.ts';
import '../styles/code.css';

/** Files at the left; what they became, and what is wrong with them, at the right. */
export function CodePage(): ReactNode {
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const intake = useIntake(setRefusals);
  const goTo = useRef<((line: number) => void) | null>(null);
  const words = useWords();
  const commands = useCommands();
  const run = useRun();
  const current = useModel((model) => model.workspace.current);
  const { over, ...drop } = useDrop(intake.files);
  useEffect(() => commands.prepareImport(), [commands]);
  return (
    <main
      id="main"
      tabIndex={-1}
      className={over ? 'codev over' : 'codev'}
      data-drop={words.t('code.drop')}
      {...drop}
    >
      <h1 className="sr">{words.t('nav.code')}</h1>
      <section className="ed-pane">
        <div className="ed-h">
          <FileTabs onChoose={intake.files} onExample={intake.example} />
          <ImportStatus onRun={run} />
        </div>
        <Refusals texts={refusals} />
        <Source
          onReady={(move) => {
            goTo.current = move;
          }}
          onRun={run}
          onChoose={intake.files}
          onExample={intake.example}
        />
      </section>
      <div className="side">
        <Preview />
        <Problems
          onGo={(file, line) => {
            if (file !== current) commands.showFile(file);
            // The other file's editor has to be there first.
            requestAnimationFrame(() => goTo.current?.(line));
          }}
        />
      </div>
    </main>
  );
}

/** Files that are dropped anywhere on the page; `over` while they hang above it. */
function useDrop(take: (list: FileList) => void) {
  const [over, setOver] = useState(false);
  return {
    over,
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave(event: DragEvent) {
      if (event.currentTarget === event.target) setOver(false);
    },
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files);
    },
  };
}

interface Intake {
  files: (list: FileList) => void;
  example: (name: string) => void;
}

/** Ways in for files; what cannot be opened is said in words. */
function useIntake(refuse: (texts: readonly string[]) => void): Intake {
  const words = useWords();
  const commands = useCommands();
  return {
    files: (list) => {
      void openFiles(list).then(({ files, refused }) => {
        refuse(
          refused.map(({ code, name, size }) =>
            words.rich(`code.${code}`, {
              name,
              size: megabytes(size),
              limit: LIMIT_BYTES / 1024,
            }),
          ),
        );
        if (files.length > 0) commands.openFiles(files);
      });
    },
    example: (name) => {
      loadExample(name).then(
        (file) => {
          refuse([]);
          commands.openFiles([file]);
        },
        () => refuse([words.rich('code.exampleFailed', { name })]),
      );
    },
  };
}

function Refusals({ texts }: { texts: readonly string[] }): ReactNode {
  return (
    <div role="alert">
      {texts.map((text) => (
        <p key={text} className="notice caution">
          <Rich text={text} />
        </p>
      ))}
    </div>
  );
}

interface SourceProps {
  onReady: (goTo: ((line: number) => void) | null) => void;
  onRun: () => void;
  onChoose: (files: FileList) => void;
  onExample: (name: string) => void;
}

function Source({ onReady, onRun, onChoose, onExample }: SourceProps): ReactNode {
  const commands = useCommands();
  const phone = useMedia(PHONE);
  const [editing, setEditing] = useState(false);
  const file = useModel((m) => m.workspace.files.find((one) => one.name === m.workspace.current));
  const marks = useMarks(file?.name ?? null);
  if (!file) return <NoFile onChoose={onChoose} onExample={onExample} />;
  return (
    <div className={editing ? 'ed-full' : 'ed-wrap'}>
      {phone ? <PhoneBar editing={editing} onEditing={setEditing} /> : null}
      <Editor
        name={file.name}
        source={file.source}
        marks={marks}
        readOnly={phone && !editing}
        onReady={onReady}
        onRun={onRun}
        onChange={(source) => commands.editFile(file.name, source)}
      />
    </div>
  );
}

function PhoneBar(props: { editing: boolean; onEditing: (editing: boolean) => void }): ReactNode {
  const { editing, onEditing } = props;
  const words = useWords();
  return (
    <div className="ro">
      <span>{editing ? null : words.t('code.readOnly')}</span>
      <button type="button" className="btn" onClick={() => onEditing(!editing)}>
        {words.t(editing ? 'code.editDone' : 'code.edit')}
      </button>
    </div>
  );
}

/** Problems of one file as marks in its gutter. */
function useMarks(name: string | null): readonly Mark[] {
  const words = useWords();
  const problems = useModel((model) => model.workspace.problems);
  return useMemo(
    () =>
      problems.flatMap((problem): Mark[] => {
        if (problem.where?.file !== name || name === null) return [];
        const message = words.family('problem', problem.code, problem.params);
        const severity = severityOf(problem);
        return [{ line: problem.where.line ?? null, severity, message: bare(message) }];
      }),
    [problems, name, words],
  );
}
