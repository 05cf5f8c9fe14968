import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { NumberField, SettingField } from '../../app/settingsModel.ts';
import type { Translator } from '../../i18n/index.ts';
import { plain } from '../../i18n/index.ts';
import { NumberInput } from '../parts/NumberInput.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { Rich, useWords } from '../words.tsx';

/** One option: its name, Airflow's own name, its value and its default. */
export function SettingRow({ field }: { field: SettingField }): ReactNode {
  const words = useWords();
  const problem = useModel(
    (model) => model.settings.problems.find((one) => one.where?.field === field.id) ?? null,
  );
  return (
    <div className={classOf(field)}>
      <div className="set-h">
        <span>{nameOf(words, field)}</span>
        <span className="faint">
          <Standard field={field} />
        </span>
      </div>
      <Control field={field} />
      {field.option ? <code className="faint">{field.option}</code> : null}
      {problem ? (
        <p className="err">
          <Rich text={words.family('problem', problem.code, problem.params)} />
        </p>
      ) : null}
    </div>
  );
}

function classOf({ changed, default: standard }: SettingField): string {
  if (changed) return 'set changed';
  return standard === null ? 'set unset' : 'set';
}

/** Its default; where there is none, that it is not set, or the way back to that. */
function Standard({ field }: { field: SettingField }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  if (field.default !== null) {
    return words.t('settings.default', { value: String(field.default) });
  }
  if (!field.changed) return words.t('settings.notSet');
  return (
    <button type="button" className="lk" onClick={() => commands.setOption(field.id, null)}>
      {words.t('settings.unset')}
    </button>
  );
}

/** `setting.<id>` where there is a word, else Airflow's option name without its section. */
export function nameOf(words: Translator, field: SettingField): string {
  const key = `setting.${field.id}`;
  return words.has(key) ? words.t(key) : (field.option?.split('.').pop() ?? field.id);
}

function Control({ field }: { field: SettingField }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const name = nameOf(words, field);
  if (field.kind === 'number') return <Slider field={field} name={name} />;
  if (field.kind === 'toggle') {
    return (
      <label className="sw">
        <input
          type="checkbox"
          aria-label={name}
          checked={field.value}
          onChange={(event) => commands.setOption(field.id, event.target.checked)}
        />
        {String(field.value)}
      </label>
    );
  }
  return (
    <select
      className="field"
      aria-label={name}
      value={field.value}
      onChange={(event) => commands.setOption(field.id, event.target.value)}
    >
      {field.choices.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </select>
  );
}

/** Slider and number; the slider's own steps are square roots, so that small values have room. */
function Slider({ field, name }: { field: NumberField; name: string }): ReactNode {
  const commands = useCommands();
  const id = useId();
  const [drag, setDrag] = useState<number | null>(null);
  const [seen, setSeen] = useState(field.value);
  if (seen !== field.value) {
    setSeen(field.value);
    setDrag(null);
  }
  const { min, max, step } = field;
  const shown = drag ?? field.value;
  const part = (value: number): number => Math.sqrt((value - min) / Math.max(1e-9, max - min));
  const back = (at: number): number =>
    Math.min(max, min + Math.round(((at * at) / 1e6) * ((max - min) / step)) * step);
  const send = (): void => {
    if (drag !== null && drag !== field.value) commands.setOption(field.id, drag);
  };
  return (
    <div className="set-c">
      <div>
        <input
          id={id}
          type="range"
          className="rng"
          aria-label={name}
          aria-valuetext={plain(shown)}
          min={0}
          max={1000}
          value={Math.round(part(shown) * 1000)}
          style={{ '--v': `${part(shown) * 100}%` }}
          onChange={(event) => setDrag(back(Number(event.target.value)))}
          onPointerUp={send}
          onKeyUp={send}
          onBlur={send}
        />
        {field.default === null || field.default > max ? null : (
          <div className="ticks" aria-hidden="true">
            <s style={{ left: `calc(8px + (100% - 16px) * ${part(field.default)})` }} />
          </div>
        )}
      </div>
      <NumberInput
        label={name}
        value={shown}
        min={min}
        max={max}
        step={step}
        onChange={(value) => commands.setOption(field.id, value)}
      />
    </div>
  );
}
