import { useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { SourceFile } from '../../app/model.ts';
import { Icon } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Menu } from '../parts/Menu.tsx';
import { TextInput } from '../parts/TextInput.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { EXAMPLES } from './examples.ts';
import { freshName } from './freshName.ts';

interface Props {
  onChoose: (files: FileList) => void;
  onExample: (name: string) => void;
}

/** Open files in front, and the three ways to more: new, open, an example. */
export function FileTabs({ onChoose, onExample }: Props): ReactNode {
  const words = useWords();
  const files = useModel((model) => model.workspace.files);
  const current = useModel((model) => model.workspace.current);
  return (
    <div className="file-tabs">
      <div className="tab-row scroll" role="group" aria-label={words.t('code.files')}>
        {files.map((file) => (
          <Tab key={file.name} file={file} on={file.name === current} />
        ))}
      </div>
      <AddMenu onChoose={onChoose} onExample={onExample} />
    </div>
  );
}

/** A second press on the open tab renames it. */
function Tab({ file, on }: { file: SourceFile; on: boolean }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const [naming, setNaming] = useState(false);
  const { name } = file;
  return (
    <span className={on ? 'tab on' : 'tab'} onBlur={() => setNaming(false)}>
      {naming ? (
        <TextInput
          label={words.t('code.rename', { name })}
          value={name}
          onChange={(to) => {
            setNaming(false);
            if (to.trim()) commands.renameFile(name, to.trim());
          }}
        />
      ) : (
        <button
          type="button"
          className="mono"
          aria-pressed={on}
          onDoubleClick={() => setNaming(true)}
          onClick={() => commands.showFile(name)}
        >
          {name}
          {file.dirty ? <i className="dotm" role="img" aria-label={words.t('code.dirty')} /> : null}
        </button>
      )}
      {on ? (
        <IconButton
          icon="close"
          size={12}
          className="ib tab-x"
          label={words.t('code.close', { name })}
          onClick={() => commands.closeFile(name)}
        />
      ) : null}
    </span>
  );
}

function AddMenu({ onChoose, onExample }: Props): ReactNode {
  const words = useWords();
  const create = useNewFile();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <FileInput input={chooser} onChoose={onChoose} />
      <Menu className="ib" label={words.t('code.files')} button={<Icon name="add" />}>
        {(close) => (
          <>
            <button type="button" onClick={() => (close(), create(''))}>
              {words.t('code.new')}
            </button>
            <button type="button" onClick={() => (close(), chooser.current?.click())}>
              {words.t('code.open')}
            </button>
            <Examples onExample={(name) => (close(), onExample(name))} />
          </>
        )}
      </Menu>
    </>
  );
}

/** Opens a file of our own making: empty, or with what was pasted. */
export function useNewFile(): (source: string) => void {
  const words = useWords();
  const commands = useCommands();
  const files = useModel((model) => model.workspace.files);
  const taken = files.map((file) => file.name);
  return (source) =>
    commands.openFiles([{ name: freshName(taken, words.t('code.newName')), source }]);
}

interface FileInputProps {
  input: RefObject<HTMLInputElement | null>;
  onChoose: (files: FileList) => void;
}

export function FileInput({ input, onChoose }: FileInputProps): ReactNode {
  return (
    <input
      ref={input}
      type="file"
      accept=".py,text/x-python"
      multiple
      hidden
      onChange={(event) => {
        if (event.target.files) onChoose(event.target.files);
        event.target.value = '';
      }}
    />
  );
}

export function Examples({ onExample }: Pick<Props, 'onExample'>): ReactNode {
  const words = useWords();
  return ([3, 2] as const).map((style) => (
    <div key={style} role="group" aria-label={words.t(`code.example.style${style}`)}>
      <p className="eyebrow">
        {words.t('code.examples')} · {words.t(`code.example.style${style}`)}
      </p>
      {EXAMPLES.filter((example) => example.style === style).map((example) => (
        <button
          key={example.name}
          type="button"
          className="mono"
          onClick={() => onExample(example.name)}
        >
          {example.name}
        </button>
      ))}
    </div>
  ));
}
