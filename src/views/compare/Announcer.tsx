import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { AppModel } from '../../app/model.ts';
import { bare, clock } from '../../i18n/index.ts';
import type { Translator } from '../../i18n/index.ts';
import { useApp, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { verdictText } from './VerdictBar.tsx';
import { whySentence } from './sentences.ts';

const PAUSE_MS = 5000;

/** The one live region: every five seconds while playing, at once on pause, step and seek. */
export function Announcer(): ReactNode {
  const words = useWords();
  const { store } = useApp();
  const playing = useModel((model) => model.playback.playing);
  const t = useModel((model) => (model.playback.playing ? -1 : model.playback.t));
  const [text, setText] = useState('');
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else setText(announcement(words, store.get()));
  }, [t, words, store]);
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => setText(announcement(words, store.get())), PAUSE_MS);
    return () => clearInterval(timer);
  }, [playing, words, store]);
  return (
    <p className="sr" role="status" aria-live="polite">
      {text}
    </p>
  );
}

function announcement(words: Translator, model: AppModel): string {
  const { selection, why } = model;
  const time = clock(model.playback.t);
  if (selection && why && !model.playback.playing) {
    return bare(`${time}. ${why.state}. ${whySentence(words, why)}`);
  }
  return bare(words.rich('time.announce', { time, lanes: bare(verdictText(words, model)) }));
}
