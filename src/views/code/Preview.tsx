import { useState } from 'react';
import type { ReactNode } from 'react';
import type { DagPreview } from '../../app/model.ts';
import { Place } from '../parts/Place.tsx';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { DagGraph } from './DagGraph.tsx';

/** Graph of a DAG as it was last read. */
export function Preview(): ReactNode {
  const words = useWords();
  const dags = useModel((model) => model.workspace.dags);
  const stale = useModel((model) => model.workspace.stale);
  const [wanted, setWanted] = useState<string | null>(null);
  const shown = dags.find((dag) => dag.spec.dag_id === wanted) ?? dags[0];
  if (!shown) {
    return (
      <section className="pv">
        <Place text={words.t('graph.empty')} />
      </section>
    );
  }
  const { spec } = shown;
  return (
    <section className="pv" aria-label={words.t('graph.title', { dag: spec.dag_id })}>
      <div className="colh2">
        <Choice ids={dags.map((dag) => dag.spec.dag_id)} shown={spec.dag_id} onChoose={setWanted} />
        {stale ? <span className="faint">{words.t('graph.stale')}</span> : null}
        <Size preview={shown} />
      </div>
      {spec.tasks.length > 0 ? (
        <div className="gscroll scroll" tabIndex={0} role="region" aria-label={spec.dag_id}>
          <DagGraph spec={spec} />
        </div>
      ) : (
        <Place text={words.t('graph.noTasks')} />
      )}
      <p className="faint t12">{words.t('graph.schedule', { schedule: spec.schedule.summary })}</p>
    </section>
  );
}

interface ChoiceProps {
  ids: readonly string[];
  shown: string;
  onChoose: (id: string) => void;
}

/** A list only where there is something to choose. */
function Choice({ ids, shown, onChoose }: ChoiceProps): ReactNode {
  const words = useWords();
  if (ids.length === 1) return <h2>{shown}</h2>;
  return (
    <select
      className="field mono"
      aria-label={words.t('graph.choose')}
      value={shown}
      onChange={(event) => onChoose(event.target.value)}
    >
      {ids.map((id) => (
        <option key={id}>{id}</option>
      ))}
    </select>
  );
}

function Size({ preview }: { preview: DagPreview }): ReactNode {
  const words = useWords();
  const tasks = words.t('graph.tasks', { count: preview.spec.tasks.length });
  const { taskInstances } = preview;
  const many = taskInstances !== null && taskInstances !== preview.spec.tasks.length;
  return (
    <span className="chip">
      {many ? words.t('graph.instances', { tasks, count: taskInstances }) : tasks}
    </span>
  );
}
