/** Words in the chosen language, for every component. */
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { assert } from '../base/assert.ts';
import { loadTranslator, pieces } from '../i18n/index.ts';
import type { LocaleName, MessageKey, Translator, Values } from '../i18n/index.ts';

const WordsContext = createContext<Translator | null>(null);

export function useWords(): Translator {
  const words = useContext(WordsContext);
  assert(words !== null, 'words are missing around this component');
  return words;
}

/** Starts with `first`; another language replaces it as soon as its catalogue is here. */
export function Words(props: {
  first: Translator;
  locale: LocaleName;
  children: ReactNode;
}): ReactNode {
  const { first, locale } = props;
  const [words, setWords] = useState(first);
  useEffect(() => {
    if (words.locale === locale) return undefined;
    let current = true;
    void loadTranslator(locale).then((loaded) => current && setWords(loaded));
    return () => {
      current = false;
    };
  }, [locale, words.locale]);
  useEffect(() => {
    document.documentElement.lang = words.locale;
  }, [words.locale]);
  return <WordsContext value={words}>{props.children}</WordsContext>;
}

/** A sentence of the catalogue with its code spans and strong parts. */
export function Say({ id, values }: { id: MessageKey; values?: Values }): ReactNode {
  const words = useWords();
  return <Rich text={words.rich(id, values)} />;
}

/** Text with the two marks of i18n/rich.ts. */
export function Rich({ text }: { text: string }): ReactNode {
  const parts = useMemo(() => pieces(text), [text]);
  return parts.map((part, at) => {
    const inner = part.code ? <code key={at}>{part.text}</code> : part.text;
    return part.strong ? <b key={at}>{inner}</b> : inner;
  });
}
