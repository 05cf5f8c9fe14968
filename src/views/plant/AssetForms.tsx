import { useState } from 'react';
import type { ReactNode } from 'react';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { Field, Form, readConf, textOf } from './DagForms.tsx';
import type { Wanted } from './useMoment.ts';

/** An event of an asset that no task sends, and a run of the DAG that writes it. */
export function AssetForms({ onAct }: { onAct: (wanted: Wanted) => void }): ReactNode {
  const words = useWords();
  const assets = useModel((model) => model.settings.assets);
  const has3 = useModel((model) => model.lanes.some((lane) => lane.airflow === '3.3.2'));
  const [wrong, setWrong] = useState(false);
  if (assets.length === 0) return null;
  const event = (form: FormData): void => {
    const extra = readConf(textOf(form, 'extra'));
    setWrong(extra === null);
    if (extra === null) return;
    onAct({
      action: 'asset_event',
      asset: textOf(form, 'asset'),
      ...keyOf(form),
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    });
  };
  return (
    <>
      <Form title={words.t('do.assetEvent')} onSend={event}>
        <AssetField assets={assets} />
        {has3 ? <Field name="partition_key" /> : null}
        <Field name="extra" placeholder="{}" />
        {wrong ? <p className="err">{words.t('do.extraWrong')}</p> : null}
      </Form>
      {has3 ? (
        <Form
          title={words.t('do.materialize')}
          onSend={(form) =>
            onAct({ action: 'materialize', asset: textOf(form, 'asset'), ...keyOf(form) })
          }
        >
          <AssetField assets={assets} />
          <Field name="partition_key" />
        </Form>
      ) : null}
    </>
  );
}

function keyOf(form: FormData): { partition_key?: string } {
  const partition_key = textOf(form, 'partition_key');
  return partition_key ? { partition_key } : {};
}

function AssetField({ assets }: { assets: readonly string[] }): ReactNode {
  return (
    <label>
      <code>asset</code>
      <select className="field" name="asset">
        {assets.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
