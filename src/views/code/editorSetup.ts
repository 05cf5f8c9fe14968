/** CodeMirror for Python, in the colours of the tokens. Loaded only when a file is open. */
import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import {
  HighlightStyle,
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

export interface EditorNeeds {
  label: string;
  readOnly: boolean;
  onChange: (source: string) => void;
  onRun: () => void;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-str)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-num)' },
  { tag: [tags.comment, tags.docComment], color: 'var(--code-com)' },
  { tag: [tags.meta, tags.definition(tags.className)], color: 'var(--code-fn)' },
  { tag: tags.function(tags.definition(tags.variableName)), fontWeight: '600' },
]);

/** A line drawing in the colour of a token: the shape is a mask, so it follows the theme. */
function glyph(path: string, token: string): Record<string, string> {
  const line = `fill='none' stroke='black' stroke-width='1.8' stroke-linejoin='round'`;
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='${path}' ${line}/></svg>`;
  const mask = `url("data:image/svg+xml,${encodeURIComponent(svg)}") center / contain no-repeat`;
  return { content: 'normal', backgroundColor: `var(--${token})`, mask };
}

function wave(token: string): Record<string, string> {
  return { backgroundImage: 'none', textDecoration: `underline wavy 1.3px var(--${token})` };
}

const look = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--t-13)', backgroundColor: 'var(--surface)' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '19px' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '6px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface)',
    color: 'var(--ink-3)',
    border: 'none',
    fontSize: 'var(--t-12)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--sunken)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  '.cm-selectionMatch, .cm-matchingBracket': { backgroundColor: 'var(--hover)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line-2)',
  },
  '.cm-lint-marker': { content: 'normal', width: '14px', height: '14px', marginTop: '2px' },
  '.cm-lint-marker-error': glyph('M8 1.9 14.1 8 8 14.1 1.9 8zM8 5.2v3.4M8 10.6v.2', 'fault'),
  '.cm-lint-marker-warning': glyph('M8 2.8l5.6 10H2.4zM8 6.4v3M8 11v.2', 'caution'),
  '.cm-lintRange-error': wave('fault'),
  '.cm-lintRange-warning': wave('caution'),
  '.cm-diagnostic': { fontFamily: 'var(--font-ui)' },
});

/** A fresh state for one file: its own history, its own cursor. */
export function stateFor(source: string, needs: EditorNeeds): EditorState {
  return EditorState.create({ doc: source, extensions: extensions(needs) });
}

function extensions(needs: EditorNeeds): Extension[] {
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    python(),
    syntaxHighlighting(colours),
    look,
    EditorView.contentAttributes.of({ 'aria-label': needs.label, tabindex: '0' }),
    EditorState.readOnly.of(needs.readOnly),
    EditorView.editable.of(!needs.readOnly),
    keymap.of([
      { key: 'Mod-Enter', run: () => (needs.onRun(), true), preventDefault: true },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) needs.onChange(update.state.doc.toString());
    }),
  ];
}

/**
 * In a document the editor would write its styles into a style element, which the page's policy
 * forbids; in a shadow root it adopts a style sheet, which is allowed.
 */
export function editorIn(root: ShadowRoot, state: EditorState): EditorView {
  return new EditorView({ state, root, parent: root });
}

export interface Mark {
  /** From 1; null marks the first line. */
  line: number | null;
  severity: 'error' | 'warning';
  message: string;
}

export function showMarks(view: EditorView, marks: readonly Mark[]): void {
  const { doc } = view.state;
  const diagnostics = marks.map((mark): Diagnostic => {
    const line = doc.line(Math.min(doc.lines, Math.max(1, mark.line ?? 1)));
    const indent = line.text.length - line.text.trimStart().length;
    const from = Math.min(line.to, line.from + indent);
    return { from, to: line.to, severity: mark.severity, message: mark.message };
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** Puts the cursor on a line and the line in the middle. */
export function goToLine(view: EditorView, line: number): void {
  const { doc } = view.state;
  const at = doc.line(Math.min(doc.lines, Math.max(1, line))).from;
  view.dispatch({
    selection: { anchor: at },
    effects: EditorView.scrollIntoView(at, { y: 'center' }),
  });
  view.focus();
}

/** Replaces the text when it was changed from outside, keeping the cursor where it can stay. */
export function replaceText(view: EditorView, source: string): void {
  if (view.state.doc.toString() === source) return;
  const { head } = view.state.selection.main;
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: source },
    selection: { anchor: Math.min(head, source.length) },
  });
}

export type { EditorView };
