import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { DagSpec, GroupSpec, TaskSpec } from '../../airflow/spec.ts';
import { count } from '../../i18n/index.ts';
import { StateMark } from '../parts/Icon.tsx';
import type { TiState } from '../states.ts';
import { useWords } from '../words.tsx';
import { NODE, layout } from './layout.ts';
import type { Layout, PlacedGroup, PlacedNode } from './layout.ts';

interface Props {
  spec: DagSpec;
  /** State of each task; without it the nodes are plain. */
  states?: Readonly<Record<string, TiState>>;
  /** Tasks with a problem. */
  marked?: ReadonlySet<string>;
  /** Draws larger graphs down to this scale before it scrolls. */
  least?: number;
}

/** The DAG as it was read. A list of its tasks stands beside it for those who do not see it. */
export function DagGraph({ spec, states, marked, least = 0.62 }: Props): ReactNode {
  const words = useWords();
  const placed = useMemo(() => layout(spec), [spec]);
  const tasks = new Map(spec.tasks.map((task) => [task.task_id, task]));
  const { width, height } = placed;
  return (
    <>
      <svg
        className="graph"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        style={{ minWidth: width * least, maxWidth: width }}
        role="img"
        aria-label={words.t('graph.title', { dag: spec.dag_id })}
      >
        <Groups placed={placed} groups={spec.groups} />
        {placed.edges.map((edge) => (
          <path key={`${edge.from}>${edge.to}`} className="ed" d={edge.path} />
        ))}
        {placed.nodes.map((node) => (
          <Node
            key={node.id}
            node={node}
            task={tasks.get(node.id)}
            state={states?.[node.id] ?? null}
            marked={marked?.has(node.id) ?? false}
          />
        ))}
      </svg>
      <TaskList spec={spec} states={states} />
    </>
  );
}

function Groups({ placed, groups }: { placed: Layout; groups: readonly GroupSpec[] }): ReactNode {
  const specs = new Map(groups.map((group) => [group.group_id, group]));
  return placed.groups.map((group) => (
    <Group key={group.id} group={group} spec={specs.get(group.id)} />
  ));
}

/** A mapped group is stacked twice and says how often, if that is known. */
function Group({ group, spec }: { group: PlacedGroup; spec: GroupSpec | undefined }): ReactNode {
  const words = useWords();
  const { x, y, width, height, label } = group;
  const mapped = spec?.is_mapped ?? false;
  return (
    <g>
      {mapped ? (
        <rect className="gb" x={x + 5} y={y + 5} width={width} height={height} rx={10} />
      ) : null}
      <rect className="gb" x={x} y={y} width={width} height={height} rx={10} />
      <text className="lt" x={x + NODE.padX} y={y + 16}>
        {label}
      </text>
      {mapped ? (
        <text className="ln" x={x + width - NODE.padX} y={y + 16} textAnchor="end">
          {times(spec?.expand?.literal_total, words.t)}
        </text>
      ) : null}
    </g>
  );
}

function times(total: number | null | undefined, t: ReturnType<typeof useWords>['t']): string {
  return total ? t('graph.mappedTimes', { count: count(total) }) : t('graph.mapped');
}

interface NodeProps {
  node: PlacedNode;
  task: TaskSpec | undefined;
  state: TiState | null;
  marked: boolean;
}

function Node({ node, task, state, marked }: NodeProps): ReactNode {
  const { x, y, width, label } = node;
  const todo = state === 'none' || state === 'scheduled';
  const mapped = task?.is_mapped ?? false;
  return (
    <g transform={`translate(${x} ${y})`}>
      <title>{`${node.id}, ${task?.operator_name ?? ''}`}</title>
      {mapped ? (
        <rect className="nd" x={3} y={3} width={width} height={NODE.height} rx={4} />
      ) : null}
      <rect
        className={`nd${todo ? ' todo' : ''}${marked ? ' w' : ''}`}
        width={width}
        height={NODE.height}
        rx={4}
      />
      {state ? <StateMark x={5} y={5} state={state} /> : null}
      <text className="nt" x={state ? 27 : 10} y={17}>
        {label}
      </text>
    </g>
  );
}

interface TaskListProps {
  spec: DagSpec;
  states: Props['states'] | undefined;
}

function TaskList({ spec, states }: TaskListProps): ReactNode {
  const words = useWords();
  return (
    <ul className="sr" aria-label={words.t('graph.outline')}>
      {spec.tasks.map((task) => {
        const type = task.operator_name;
        const state = states?.[task.task_id];
        const name = state
          ? words.t('graph.nodeState', { task: task.task_id, type, state })
          : words.t('graph.node', { task: task.task_id, type });
        const ups = task.upstream_task_ids;
        return (
          <li key={task.task_id}>
            {name}
            {ups.length > 0 ? `, ${words.t('graph.upstream', { tasks: ups })}` : ''}
          </li>
        );
      })}
    </ul>
  );
}
