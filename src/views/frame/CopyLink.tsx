import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

/** Copies a link to exactly this moment; says so for six seconds. */
export function CopyLink(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const wired = useModel((model) => model.can.copyLink);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 6000);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!wired) return null;
  return (
    <>
      <button
        type="button"
        className="btn quiet"
        onClick={() => void commands.copyLink().then(setCopied)}
      >
        <Icon name="link" />
        <span>{words.t('tool.copyLink')}</span>
      </button>
      <div className="toasts" role="status">
        {copied ? <span className="toast">{words.t('tool.linkCopied')}</span> : null}
      </div>
    </>
  );
}
