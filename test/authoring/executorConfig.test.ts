/** executor_config of DAG files: what the worker pod asks for, and what KubernetesExecutor refuses. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NodePython } from '../../src/authoring/nodePython.node.ts';

let python: NodePython;
beforeAll(async () => {
  python = await NodePython.boot();
});

async function podOf(config: string) {
  const text = `
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from kubernetes.client import models as k8s

with DAG("d"):
    EmptyOperator(task_id="a", executor_config=${config})
`;
  const found = await python.importFiles([{ name: 'dag.py', text }], { airflow: '3.3.2' });
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  const { dags, problems } = found.value;
  return {
    pod: dags[0]?.tasks[0]?.pod,
    codes: problems.map(({ code, params }) => [code, params?.['what']]),
  };
}

function override(resources: string, more = ''): string {
  const container = `k8s.V1Container(name="base", resources=k8s.V1ResourceRequirements(${resources}))`;
  return `{"pod_override": k8s.V1Pod(spec=k8s.V1PodSpec(containers=[${container}]${more}))}`;
}

describe('pod_override', () => {
  test.each([
    ['requests={"cpu": "500m", "memory": "512Mi"}', { cpu_m: 500, memory_mb: 512 }],
    ['requests={"cpu": 2}', { cpu_m: 2000 }],
    ['requests={"cpu": "0.25", "memory": "1Gi"}', { cpu_m: 250, memory_mb: 1024 }],
    ['requests={"memory": "1048576"}', { memory_mb: 1 }],
    // Without a request the limit is one.
    [
      'limits={"cpu": "1", "memory": "2Gi"}',
      { cpu_m: 1000, memory_mb: 2048, memory_limit_mb: 2048 },
    ],
    [
      'requests={"memory": "1Gi"}, limits={"memory": "2Gi"}',
      { memory_mb: 1024, memory_limit_mb: 2048 },
    ],
  ])('%s', async (resources, pod) => {
    expect(await podOf(override(resources))).toEqual({ pod, codes: [] });
  });

  test('image of the base container', async () => {
    const spec = 'k8s.V1PodSpec(containers=[k8s.V1Container(name="base", image="etl:3")])';
    const { pod } = await podOf(`{"pod_override": k8s.V1Pod(spec=${spec})}`);
    expect(pod).toEqual({ image: 'etl:3' });
  });

  test('labels alone -> nothing to ask for', async () => {
    const config = '{"pod_override": k8s.V1Pod(metadata=k8s.V1ObjectMeta(labels={"a": "b"}))}';
    expect(await podOf(config)).toEqual({ pod: undefined, codes: [] });
  });

  test('what is not simulated is named, the rest is read', async () => {
    const config = override('requests={"cpu": "1"}', ', node_selector={"disk": "ssd"}');
    expect(await podOf(config)).toEqual({
      pod: { cpu_m: 1000 },
      codes: [['executor_config_not_read', 'node_selector']],
    });
  });
});

describe('what KubernetesExecutor refuses', () => {
  test.each([
    ['{"KubernetesExecutor": {"image": "x"}}', 'KubernetesExecutor'],
    ['{"pod_override": {"spec": {}, "kind": "Pod"}}', 'dict'],
  ])('%s -> a pod that is never made, and a notice', async (config, what) => {
    expect(await podOf(config)).toEqual({
      pod: { invalid: true },
      codes: [['executor_config_refused', what]],
    });
  });
});

test('nothing about pods -> nothing', async () => {
  expect(await podOf('{"CeleryExecutor": {"x": 1}}')).toEqual({ pod: undefined, codes: [] });
});

describe('executor of a task', () => {
  const text = (executor: string): string => `
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("d"):
    EmptyOperator(task_id="a", executor="${executor}")
`;
  test.each([
    ['big', ['big'], []],
    ['my.module.KubernetesExecutor', [], []],
    ['big', [], ['dag_executor_unknown']],
  ])('%s, aliases %j -> problems %j', async (executor, executors, codes) => {
    const files = [{ name: 'dag.py', text: text(executor) }];
    const found = await python.importFiles(files, { airflow: '3.3.2', executors });
    expect(found.ok ? found.value.problems.map(({ code }) => code) : []).toEqual(codes);
  });
});
