import { useEffect, useEffectEvent, useRef } from 'react';
import type { ReactNode } from 'react';
import { Place } from '../parts/Place.tsx';
import { Say, useWords } from '../words.tsx';
import { Examples, FileInput, useNewFile } from './FileTabs.tsx';

interface Props {
  onChoose: (files: FileList) => void;
  onExample: (name: string) => void;
}

/** Before there is a file: paste anywhere, make or open one, or take an example. */
export function NoFile({ onChoose, onExample }: Props): ReactNode {
  const words = useWords();
  const create = useNewFile();
  const chooser = useRef<HTMLInputElement>(null);
  usePaste(create);
  return (
    <Place full title={words.t('code.empty')} text={<Say id="code.emptyHelp" />}>
      <FileInput input={chooser} onChoose={onChoose} />
      <div className="acts">
        <button type="button" className="btn" onClick={() => create('')}>
          {words.t('code.new')}
        </button>
        <button type="button" className="btn" onClick={() => chooser.current?.click()}>
          {words.t('code.open')}
        </button>
      </div>
      <div className="example-list">
        <Examples onExample={onExample} />
      </div>
    </Place>
  );
}

/** Text that is pasted while nothing can take it becomes a file. */
function usePaste(open: (source: string) => void): void {
  const take = useEffectEvent(open);
  useEffect(() => {
    const pasted = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (event.target instanceof HTMLInputElement || text.trim() === '') return;
      event.preventDefault();
      take(text.replace(/\r\n?/g, '\n'));
    };
    addEventListener('paste', pasted);
    return () => removeEventListener('paste', pasted);
  }, []);
}
