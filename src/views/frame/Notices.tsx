import type { ReactNode } from 'react';
import type { Notice } from '../../app/model.ts';
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
        <Rich text={words.family('notice', notice.code, notice.params)} />
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
