import { useCallback, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Speed } from '../../app/model.ts';
import { clock } from '../../i18n/index.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { usePlayhead } from '../parts/hooks.ts';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

/** From slow to fast; `[` and `]` go through them. */
export const SPEEDS: readonly Speed[] = [1, 24, 200, 'fit'];

/** The clock and what moves it. */
export function Transport(): ReactNode {
  const words = useWords();
  return (
    <div className="transport" role="group" aria-label={words.t('time.label')}>
      <div className="clock">
        <Clock />
        <small>{words.t('time.since')}</small>
      </div>
      <div className="keys">
        <Keys />
        <SpeedChoice />
      </div>
    </div>
  );
}

export function Clock(): ReactNode {
  const ref = useRef<HTMLTimeElement>(null);
  usePlayhead(
    useCallback((t: number) => {
      const text = clock(Math.max(0, t));
      if (ref.current && ref.current.textContent !== text) ref.current.textContent = text;
    }, []),
  );
  return <time ref={ref} />;
}

export function Keys({ size = 16 }: { size?: number }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const playing = useModel((model) => model.playback.playing);
  return (
    <>
      <IconButton
        icon="prev"
        size={size}
        label={words.t('time.prev')}
        keys=","
        onClick={() => commands.stepEvent(-1, 'selection')}
      />
      <IconButton
        icon={playing ? 'pause' : 'play'}
        size={size}
        className="play"
        label={words.t(playing ? 'time.pause' : 'time.play')}
        keys="Space"
        onClick={playing ? commands.pause : commands.play}
      />
      <IconButton
        icon="next"
        size={size}
        label={words.t('time.next')}
        keys="."
        onClick={() => commands.stepEvent(1, 'selection')}
      />
    </>
  );
}

export function SpeedChoice(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const speed = useModel((model) => model.playback.speed);
  return (
    <Segmented
      label={words.t('time.speed')}
      value={speed}
      parts={SPEEDS.map((value) =>
        value === 'fit'
          ? { value, label: words.t('time.fit'), name: words.t('time.fitHelp') }
          : { value, label: `${value}×` },
      )}
      onChange={commands.setSpeed}
    />
  );
}
