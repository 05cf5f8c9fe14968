import type { ReactNode } from 'react';
import type { AppModel } from '../../app/model.ts';
import type { Translator } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';
import { namedLanes } from './laneName.ts';
import type { View } from './view.ts';

interface Props {
  view: View;
  onView: (view: View) => void;
  onSide: (side: 'settings' | 'plant') => void;
}

/** One sentence first: who leads and why. */
export function VerdictBar({ view, onView, onSide }: Props): ReactNode {
  const words = useWords();
  const verdict = useModel((model) => model.verdict);
  const lanes = useModel((model) => model.lanes);
  const because = verdict?.because;
  return (
    <div className="verdict">
      <h1>
        <Rich text={verdictText(words, { verdict, lanes })} />{' '}
        {because ? (
          <span>
            <Rich
              text={words.family('because', because.code, namedLanes(words, lanes, because.params))}
            />
          </span>
        ) : null}
      </h1>
      <div className="vt">
        <Segmented
          label={words.t('view.label')}
          value={view}
          parts={[
            { value: 'picture', label: words.t('view.picture') },
            { value: 'table', label: words.t('view.table') },
          ]}
          onChange={onView}
        />
        <button
          type="button"
          className="btn"
          aria-label={words.t('plant.open')}
          aria-keyshortcuts="P"
          onClick={() => onSide('plant')}
        >
          <Icon name="fault" />
          <span>{words.t('plant.open')}</span>
        </button>
        <button
          type="button"
          className="btn b-settings"
          title={words.t('settings.open')}
          aria-label={words.t('settings.open')}
          aria-keyshortcuts="S"
          onClick={() => onSide('settings')}
        >
          <Icon name="settings" />
          <span>{words.t('settings.open')}</span>
        </button>
      </div>
    </div>
  );
}

export function verdictText(
  words: Translator,
  { verdict, lanes }: Pick<AppModel, 'verdict' | 'lanes'>,
): string {
  if (!verdict) return words.rich('verdict.computing');
  return words.family('verdict', verdict.code, namedLanes(words, lanes, verdict.params));
}
