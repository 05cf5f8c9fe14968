import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Place } from '../parts/Place.tsx';
import { useWords } from '../words.tsx';
import type * as editorSetup from './editorSetup.ts';
import type { EditorNeeds, EditorView, Mark } from './editorSetup.ts';

type Setup = typeof editorSetup;

export interface EditorProps {
  name: string;
  source: string;
  readOnly: boolean;
  marks: readonly Mark[];
  /** Gets what moves the cursor to a line, and null when the editor goes. */
  onReady: (goTo: ((line: number) => void) | null) => void;
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
  const { setup, name, source, marks, readOnly } = props;
  const words = useWords();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const text = useEffectEvent(() => source);
  const changed = useEffectEvent(props.onChange);
  const run = useEffectEvent(props.onRun);
  const ready = useEffectEvent(props.onReady);
  useEffect(() => {
    if (!host.current) return undefined;
    const needs: EditorNeeds = {
      label: `${words.t('code.editor', { name })}. ${words.t('code.editorKeys')}`,
      readOnly,
      onChange: (text) => changed(text),
      onRun: () => run(),
    };
    const state = setup.stateFor(text(), needs);
    const editor = setup.editorIn(shadowOf(host.current), state);
    view.current = editor;
    ready((line) => setup.goToLine(editor, line));
    return () => {
      ready(null);
      editor.destroy();
    };
  }, [setup, name, readOnly, words]);
  useEffect(() => {
    if (view.current) setup.replaceText(view.current, source);
  }, [setup, source]);
  useEffect(() => {
    if (view.current) setup.showMarks(view.current, marks);
  }, [setup, marks, name, readOnly, words]);
  return <div ref={host} className="ed-body" />;
}

/** StrictMode mounts twice; a shadow root can be made only once. */
function shadowOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: 'open' });
}
