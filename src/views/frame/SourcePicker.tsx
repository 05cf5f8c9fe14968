import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { SourceInfo } from '../../app/model.ts';
import { Icon } from '../parts/Icon.tsx';
import { Menu } from '../parts/Menu.tsx';
import { hrefOf } from '../route.ts';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

const KINDS = ['demo', 'file', 'lesson'] as const;

/** Which DAGs the lanes play. */
export function SourcePicker(): ReactNode {
  const words = useWords();
  const sources = useModel((model) => model.sources);
  const source = useModel((model) => model.source);
  const now = sources.find((one) => one.id === source);
  const opening = useModel((model) => model.gallery.opening);
  if (!now) return null;
  const name = now.title?.[words.locale] ?? now.dags.join(', ');
  return (
    <Menu
      className="pick"
      label={`${words.t('source.label')}: ${name}`}
      button={
        <>
          <span className={now.title ? undefined : 'mono'}>
            {opening === null ? name : words.t('source.opening')}
          </span>
          <Icon name="down" size={14} />
        </>
      }
    >
      {(close) => (
        <>
          {KINDS.map((kind) => (
            <Group key={kind} kind={kind} sources={sources} now={source} close={close} />
          ))}
          <Scenarios now={source} close={close} />
          <a href={hrefOf('code')} onClick={close}>
            <Icon name="code" /> {words.t('source.open')}
          </a>
        </>
      )}
    </Menu>
  );
}

interface GroupProps {
  kind: (typeof KINDS)[number];
  sources: readonly SourceInfo[];
  now: string;
  close: () => void;
}

function Group({ kind, sources, now, close }: GroupProps): ReactNode {
  const words = useWords();
  const mine = sources.filter((one) => one.kind === kind);
  if (mine.length === 0) return null;
  return (
    <>
      <h3>{words.t(`source.group.${kind}`)}</h3>
      <SourceButtons sources={mine} now={now} close={close} />
    </>
  );
}

export function SourceButtons({ sources, now, close }: Omit<GroupProps, 'kind'>): ReactNode {
  const commands = useCommands();
  return sources.map((one) => (
    <button
      key={one.id}
      type="button"
      aria-current={one.id === now ? 'true' : undefined}
      className="mono"
      onClick={() => {
        commands.setSource(one.id);
        close();
      }}
    >
      {one.dags.join(', ')}
    </button>
  ));
}

/** Questions that people ask of their Airflow, each ready to run. */
export function Scenarios({ now, close }: Pick<GroupProps, 'now' | 'close'>): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const entries = useModel((model) => model.gallery.entries);
  useEffect(() => commands.listScenarios(), [commands]);
  if (entries.length === 0) return null;
  return (
    <>
      <h3>{words.t('source.group.scenario')}</h3>
      {entries.map(({ id, title, about }) => (
        <button
          key={id}
          type="button"
          aria-current={now === `scenario:${id}` ? 'true' : undefined}
          title={about?.[words.locale]}
          onClick={() => {
            commands.openScenario(id);
            close();
          }}
        >
          {title[words.locale]}
        </button>
      ))}
    </>
  );
}
