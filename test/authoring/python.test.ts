import { beforeAll, describe, expect, test } from 'vitest';
import type { TaskSpec } from '../../src/airflow/spec.ts';
import { NodePython } from '../../src/authoring/nodePython.node.ts';
import type { Imported, ImportOptions } from '../../src/authoring/protocol.ts';

let python: NodePython;
beforeAll(async () => {
  python = await NodePython.boot();
});

async function imported(text: string, more: Partial<ImportOptions> = {}): Promise<Imported> {
  const options: ImportOptions = { airflow: '3.3.2', limitSeconds: 2, ...more };
  const found = await python.importFiles([{ name: 'dag.py', text }], options);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

const HEAD = `
import random, time
from datetime import datetime
from airflow.sdk import DAG, task
from airflow.providers.standard.operators.bash import BashOperator
`;

/** Tasks of one DAG whose body is given, by id. */
async function tasksOf(body: string): Promise<Map<string, TaskSpec>> {
  const inside = body.trim().replaceAll('\n', '\n    ');
  const found = await imported(
    `${HEAD}with DAG("d", start_date=datetime(2024, 1, 1)):\n    ${inside}\n`,
  );
  expect(found.problems).toEqual([]);
  return new Map(found.dags[0]?.tasks.map((one) => [one.task_id, one]));
}

describe('behaviour: bash', () => {
  test.each([
    ['sleep 30', 30, 'success'],
    ['sleep 1m && echo done; sleep 5', 65, 'success'],
    ['for i in 1 2 3; do sleep 2; done', 6, 'success'],
    ['sleep {{ params.n }}', 7, 'success'],
    ['sleep 3; exit 1', 3, 'failed'],
    ['exit 99', null, 'skipped'],
    ['false || true', null, 'success'],
  ])('%s -> %s s, %s', async (command, duration, outcome) => {
    const body = `BashOperator(task_id="t", bash_command=${JSON.stringify(command)}, params={"n": 7})`;
    const behaviour = (await tasksOf(body)).get('t')?.behaviour;
    expect(behaviour).toMatchObject({ kind: 'bash', duration_s: duration, outcome });
  });
});

describe('behaviour: callables', () => {
  test('time.sleep -> virtual seconds, no waiting', async () => {
    const started = performance.now();
    const body = '@task\ndef nap():\n    time.sleep(3600)\nnap()';
    expect((await tasksOf(body)).get('nap')?.behaviour).toMatchObject({
      duration_s: 3600,
      duration_source: 'python_sleep',
    });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('a flaky one -> the tries that failed before the good one', async () => {
    const body = '@task(retries=3)\ndef flaky(ti=None):\n    assert ti.try_number > 2\nflaky()';
    expect((await tasksOf(body)).get('flaky')?.behaviour).toMatchObject({
      outcome: 'success',
      outcomes: ['failed', 'failed', 'success'],
    });
  });

  test('network, process, file outside -> refused and said so, never a made-up end', async () => {
    const body = `
@task
def net():
    import urllib.request
    urllib.request.urlopen("http://example.org")
@task
def proc():
    import subprocess
    subprocess.run(["ls"])
@task
def file():
    open("/etc/passwd", "w")
net(), proc(), file()`;
    const tasks = await tasksOf(body);
    const notes = ['net', 'proc', 'file'].map((id) => tasks.get(id)?.behaviour);
    expect(notes.map((one) => one?.note)).toEqual([
      'refused_network',
      'refused_process',
      'refused_file',
    ]);
    expect(notes.map((one) => one?.outcome)).toEqual([undefined, undefined, undefined]);
  });

  test('an endless one -> its own time limit, the others go on', async () => {
    const body = `
@task
def stuck():
    while True: pass
@task
def fine():
    return [1, 2]
stuck(), fine()`;
    const tasks = await tasksOf(body);
    expect(tasks.get('stuck')?.behaviour?.note).toBe('time_limit');
    expect(tasks.get('fine')?.behaviour).toMatchObject({ outcome: 'success', returns_length: 2 });
  });

  test('random -> the same in every import', async () => {
    const body = '@task\ndef pick():\n    return random.random()\npick()';
    const once = (await tasksOf(body)).get('pick')?.behaviour?.xcom;
    expect((await tasksOf(body)).get('pick')?.behaviour?.xcom).toEqual(once);
  });

  test('what hangs on an unknown value -> left open', async () => {
    const body = `
@task
def read():
    import pandas
    return pandas.read_csv("x")
@task.branch
def choose(frame):
    return "a" if frame.empty else "b"
choose(read())`;
    const tasks = await tasksOf(body);
    expect(tasks.get('read')?.behaviour?.note).toBe('missing_library');
    expect(tasks.get('choose')?.behaviour).toMatchObject({ note: 'upstream_value_unknown' });
    expect(tasks.get('choose')?.behaviour?.branch).toBeUndefined();
  });
});

describe('problems: the line, and the name of today', () => {
  test.each([
    ['from airflow.operators.postgres_operator import PostgresOperator', 'SQLExecuteQueryOperator'],
    ['from airflow.operators.dummy_operator import DummyOperator', 'operators.empty.EmptyOperator'],
    ['from airflow.utils.dates import days_ago', 'pendulum.datetime'],
    ['from airflow.datasets import Dataset', 'airflow.sdk.Asset'],
    ['from airflow.operators.bash_operator import BashOperator', 'operators.bash.BashOperator'],
  ])('%s -> %s', async (line, instead) => {
    const [first] = (await imported(`# a dag\n${line}\n`)).problems;
    expect(first?.where).toMatchObject({ file: 'dag.py', line: 2 });
    expect(String(first?.params['instead'])).toContain(instead);
  });

  test('arguments of 2.x in 3.x -> the argument of today', async () => {
    const text = 'from airflow import DAG\nd = DAG("d",\n    schedule_interval="@daily")\n';
    const [first] = (await imported(text)).problems;
    expect(first).toMatchObject({
      code: 'dag_argument_gone',
      params: { argument: 'schedule_interval', instead: 'schedule' },
    });
    const dated = '"d", start_date=__import__("datetime").datetime(2024,1,1),';
    const old = await imported(text.replace('"d",', dated), { airflow: '2.11.2' });
    expect(old.dags).toHaveLength(1);
  });

  test('a @dag function that nobody calls -> named with its line', async () => {
    const text = 'from airflow.sdk import dag\n\n@dag(schedule=None)\ndef lost():\n    pass\n';
    expect((await imported(text)).problems).toEqual([
      {
        code: 'dag_function_not_called',
        params: { name: 'lost' },
        where: { file: 'dag.py', line: 4 },
      },
    ]);
  });
});

test('time: the moment of the request -> what the file sees as now', async () => {
  const text = `${HEAD}\nwith DAG(f"d_{datetime.now():%Y_%m}", schedule=None): pass\n`;
  const found = await imported(text, { now: '2030-05-06T00:00:00+00:00' });
  expect(found.dags[0]?.dag_id).toBe('d_2030_05');
});

test('state: one import -> leaves nothing for the next', async () => {
  await imported(`${HEAD}\nimport airflow.sdk\nairflow.sdk.DAG = None\nimport builtins\n`);
  expect((await imported(`${HEAD}\nwith DAG("d", schedule=None): pass\n`)).dags).toHaveLength(1);
});
