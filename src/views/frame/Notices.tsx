import { useState } from 'react';
import type { ReactNode } from 'react';
import type { LaneModel, Notice } from '../../app/model.ts';
import type { Problem } from '../../base/result.ts';
import { bare } from '../../i18n/index.ts';
import type { Translator } from '../../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';

/** Lasting messages under the bar. They never cover anything. */
export function Notices(): ReactNode {
  const words = useWords();
  const notices = useModel((model) => model.notices);
  return (
    <section className="notices" aria-label={words.t('notice.label')} aria-live="polite">
      {notices.map((notice) => (
        <Row key={notice.id} notice={notice} />
      ))}
      <LaneNotices />
    </section>
  );
}

function Row({ notice }: { notice: Notice }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const { action } = notice;
  return (
    <div className={`notice ${notice.level}`}>
      {notice.level === 'info' ? null : (
        <Icon name={notice.level === 'fault' ? 'fault' : 'caution'} />
      )}
      <p>
        <Rich text={noticeText(words, notice)} />
      </p>
      {action ? (
        <button type="button" className="btn sm" onClick={commands[action]}>
          {words.t(`notice.action.${action}`)}
        </button>
      ) : null}
      <IconButton
        icon="close"
        label={words.t('notice.dismiss')}
        onClick={() => commands.dismissNotice(notice.id)}
      />
    </div>
  );
}

/** A notice may carry a problem of another layer: it is told in its own words. */
function noticeText(words: Translator, { code, params }: Notice): string {
  const { problem } = params;
  if (typeof problem !== 'string') return words.family('notice', code, params);
  return words.family('notice', code, {
    ...params,
    text: bare(words.family('problem', problem, params)),
  });
}

/** What a lane has to tell that stops nothing: the first of each kind, and how many more. */
function LaneNotices(): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const kinds = kindsOf(lanes).filter(({ key }) => !read.has(key));
  return kinds.map(({ key, first, more }) => (
    <div key={key} className="notice caution">
      <Icon name="caution" />
      <p>
        <Rich text={words.family('problem', first.code, first.params)} />{' '}
        {more > 0 ? words.t('notice.more', { count: more }) : null}
      </p>
      <IconButton
        icon="close"
        label={words.t('notice.dismiss')}
        onClick={() => setRead(new Set([...read, key]))}
      />
    </div>
  ));
}

interface Kind {
  key: string;
  first: Problem;
  more: number;
}

function kindsOf(lanes: readonly LaneModel[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { executor, notices } of lanes) {
    for (const first of notices) {
      const key = `${executor} ${first.code}`;
      const kind = kinds.get(key);
      if (kind) kind.more++;
      else kinds.set(key, { key, first, more: 0 });
    }
  }
  return [...kinds.values()];
}
