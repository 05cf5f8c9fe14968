import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import type { Wanted } from './useMoment.ts';

interface Props {
  dag: string;
  onAct: (wanted: Wanted) => void;
}

/** A manual run with its conf and its logical date. */
export function TriggerForm({ dag, onAct }: Props): ReactNode {
  const words = useWords();
  const [wrong, setWrong] = useState(false);
  const send = (form: FormData): void => {
    const conf = readConf(textOf(form, 'conf'));
    setWrong(conf === null);
    if (conf === null) return;
    const date = textOf(form, 'logical_date');
    const run_id = textOf(form, 'run_id');
    onAct({
      action: 'trigger',
      dag_id: dag,
      ...(run_id ? { run_id } : {}),
      ...(date ? { logical_date: date } : {}),
      ...(Object.keys(conf).length > 0 ? { conf } : {}),
    });
  };
  return (
    <Form title={words.t('do.trigger')} onSend={send}>
      <Field name="run_id" placeholder="manual__…" />
      <Field name="logical_date" placeholder="2026-01-05T00:00:00+00:00" />
      <label>
        <code>conf</code>
        <textarea className="field" name="conf" rows={2} placeholder="{}" spellCheck={false} />
      </label>
      {wrong ? <p className="err">{words.t('do.confWrong')}</p> : null}
    </Form>
  );
}

/** JSON of an object, {} when empty, null when it is something else. */
export function readConf(text: string): Record<string, unknown> | null {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
    return plain ? { ...value } : null;
  } catch {
    return null;
  }
}

export function BackfillForm({ dag, onAct }: Props): ReactNode {
  const words = useWords();
  const send = (form: FormData): void => {
    const most = Number(textOf(form, 'max_active_runs'));
    const behaviour = BEHAVIOURS.find((one) => one === textOf(form, 'reprocess_behavior'));
    onAct({
      action: 'backfill',
      dag_id: dag,
      from_date: `${textOf(form, 'from_date')}T00:00:00+00:00`,
      to_date: `${textOf(form, 'to_date')}T00:00:00+00:00`,
      ...(form.has('run_backwards') ? { run_backwards: true } : {}),
      ...(most > 0 ? { max_active_runs: most } : {}),
      ...(behaviour && behaviour !== 'none' ? { reprocess_behavior: behaviour } : {}),
    });
  };
  return (
    <Form title={words.t('do.backfill')} onSend={send}>
      <Field name="from_date" type="date" value="2026-01-01" />
      <Field name="to_date" type="date" value="2026-01-04" />
      <Field name="max_active_runs" type="number" placeholder="10" />
      <label>
        <code>reprocess_behavior</code>
        <select className="field" name="reprocess_behavior">
          {BEHAVIOURS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label className="sw">
        <input type="checkbox" name="run_backwards" />
        <code>run_backwards</code>
      </label>
    </Form>
  );
}

const BEHAVIOURS = ['none', 'failed', 'completed'] as const;

/** Slots of a pool from now on, as the pool's page of Airflow would set them. */
export function PoolForm({ onAct }: Pick<Props, 'onAct'>): ReactNode {
  const words = useWords();
  const pools = useModel((model) => model.settings.pools);
  const send = (form: FormData): void => {
    const slots = Number(textOf(form, 'slots'));
    if (Number.isInteger(slots) && slots >= -1)
      onAct({ action: 'pool', pool: textOf(form, 'pool'), slots });
  };
  return (
    <Form title={words.t('do.pool')} onSend={send}>
      <label>
        <code>pool</code>
        <select className="field" name="pool">
          {pools.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Field name="slots" type="number" value="16" />
    </Form>
  );
}

interface FormProps {
  title: string;
  onSend: (form: FormData) => void;
  children: ReactNode;
}

/** Closed until it is wanted. */
export function Form({ title, onSend, children }: FormProps): ReactNode {
  const words = useWords();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSend(new FormData(event.currentTarget));
  };
  return (
    <details className="form">
      <summary>{title}</summary>
      <form onSubmit={submit}>
        {children}
        <button type="submit" className="btn sm">
          {words.t('do.now', { what: title })}
        </button>
      </form>
    </details>
  );
}

interface FieldProps {
  name: string;
  type?: 'text' | 'date' | 'number';
  value?: string;
  placeholder?: string;
}

/** Named as Airflow names it. */
export function Field({ name, type = 'text', value, placeholder }: FieldProps): ReactNode {
  return (
    <label>
      <code>{name}</code>
      <input
        className="field"
        name={name}
        type={type}
        defaultValue={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
      />
    </label>
  );
}

export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
