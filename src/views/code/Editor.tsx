import { useEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { Place } from '../parts/Place.tsx';
import { useWords } from '../words.tsx';
import type { EditorNeeds, EditorView, Mark } from './editorSetup.ts';

type Setup = typeof import('./editorSetup.ts');

export interface EditorProps {
  name: string;
  source: string;
  readOnly: boolean;
  marks: readonly Mark[];
  /** Set by the editor: moves the cursor to a line. */
  goTo: RefObject<((line: number) => void) | null>;
  onChange: (source: string) => void;
  onRun: () => void;
}

/** The editor arrives as a chunk of its own; until then the plain text is there and can be read. */
export function Editor(props: EditorProps): ReactNode {
  const words = useWords();
  const [setup, setSetup] = useState<Setup | null>(null);
  useEffect(() => {
    let here = true;
    void import('./editorSetup.ts').then((loaded) => here && setSetup(loaded));
    return () => {
      here = false;
    };
  }, []);
  if (setup) return <Live key={`${props.name} ${props.readOnly}`} setup={setup} {...props} />;
  return (
    <div className="ed-body" aria-busy="true">
      <p className="sr">{words.t('code.editorLoading')}</p>
      {props.source.length < 200_000 ? (
        <pre>{props.source}</pre>
      ) : (
        <Place full text={words.t('code.editorLoading')} />
      )}
    </div>
  );
}

function Live(props: EditorProps & { setup: Setup }): ReactNode {
  const { setup, name, source, marks, readOnly, goTo } = props;
  const words = useWords();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (!host.current) return undefined;
    const needs: EditorNeeds = {
      label: `${words.t('code.editor', { name })}. ${words.t('code.editorKeys')}`,
      readOnly,
      onChange: (text) => latest.current.onChange(text),
      onRun: () => latest.current.onRun(),
    };
    const state = setup.stateFor(latest.current.source, needs);
    const editor = new setup.EditorView({ state, parent: host.current });
    view.current = editor;
    goTo.current = (line) => setup.goToLine(editor, line);
    return () => {
      goTo.current = null;
      editor.destroy();
    };
  }, [setup, name, readOnly, words, goTo]);
  useEffect(() => {
    if (view.current) setup.replaceText(view.current, source);
  }, [setup, source]);
  useEffect(() => {
    if (view.current) setup.showMarks(view.current, marks);
  }, [setup, marks, name, readOnly, words]);
  return <div ref={host} className="ed-body" />;
}
