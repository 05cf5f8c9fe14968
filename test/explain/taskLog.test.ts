/** Where the log of a try is, and what Airflow's page says: executors, versions, faults, times. */
import { describe, expect, test } from 'vitest';
import type { AirflowVersion } from '../../src/airflow/spec.ts';
import type { ExecutorName, Fault, Scenario } from '../../src/airflow/scenario.ts';
import { startRun } from '../../src/explain/engineRun.ts';
import { LOG_WHYS } from '../../src/explain/taskLog/why.ts';
import { TaskLogs, type LogAnswer } from '../../src/explain/taskLog/index.ts';
import { en } from '../../src/i18n/en/index.ts';
import { dagSpec, scenarioOf, taskSpec } from '../airflow/engine/specs.ts';

const REMOTE = {
  'logging.remote_logging': true,
  'logging.remote_base_log_folder': 's3://logs',
};
const SHIPPED = { config: { 'logging.remote_logging': true }, logs: { elasticsearch: true } };

/** One task of 60 s with a retry; the answer for a try at so many seconds. */
function asker(
  executor: ExecutorName,
  airflow: AirflowVersion = '3.3.2',
  faults: Fault[] = [],
  more: Partial<Scenario> = {},
): (tryNumber: number, at: number) => LogAnswer {
  const task = taskSpec('a', [], { retries: 1, retry_delay_s: 5 });
  const scenario = scenarioOf([dagSpec('d', [task])], {
    airflow,
    executor,
    faults,
    behaviour: { by_kind: {}, rules: [{ duration: 60 }] },
    latencies: { 'supervisor.linger_share': 0 },
    until_s: 1200,
    ...more,
  });
  const workers = [{ name: 'worker', count: 2, concurrency: 1, queues: null }];
  const started = startRun({ ...scenario, fleet: { ...scenario.fleet, workers, ...more.fleet } });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  started.value.advance();
  const logs = new TaskLogs(started.value);
  return (tryNumber, at) => logs.at(0, tryNumber, at * 1e6);
}

function kill(part: string, args?: Fault['args']): Fault {
  return { at_s: 20, what: 'kill', part, ...(args ? { args } : {}) };
}

describe('Celery, files on the workers', () => {
  test('running, then ended -> its worker serves it', () => {
    const at = asker('celery');
    expect(at(1, 30)).toMatchObject({ readable: true, why: 'growing', end_of_log: false });
    expect(at(1, 30).messages[0]).toMatch(/^http:\/\/worker-1:8793\/log\/dag_id=d\/run_id=/);
    expect(at(1, 100)).toMatchObject({ readable: true, why: 'whole', end_of_log: true });
    expect(at(1, 100).places).toMatchObject([{ kind: 'file', at: 'worker-1', state: 'whole' }]);
  });

  test('2.11.2 -> in its own words', () => {
    const [message] = asker('celery', '2.11.2')(1, 100).messages;
    expect(message).toMatch(/^Found logs served from host http:\/\/worker-1:8793/);
  });

  test.each(['kept', 'lost'] as const)('host lost for 350 s, its disk %s', (disk) => {
    const host = kill('worker-1', { for_s: 350 });
    const at = asker('celery', '3.3.2', [host], { logs: { disk } });
    const away = at(1, 100);
    expect(away).toMatchObject({
      readable: false,
      why: disk === 'kept' ? 'host_away' : 'host_lost',
      places: [{ at: 'worker-1', state: disk === 'kept' ? 'unreachable' : 'lost', since_s: 20 }],
    });
    expect(away.messages[0]).toMatch(/^Could not read served logs: .*No route to host/);
    const back = at(1, 380);
    if (disk === 'kept') expect(back).toMatchObject({ readable: true, why: 'part' });
    else expect(back.messages[0]).toMatch(/^Log file not found on worker 'worker-1'/);
  });

  test('only the main process killed -> its log server lives on', () => {
    const at = asker('celery', '3.3.2', [kill('worker-1', { process: 'main' })]);
    expect(at(1, 30).readable).toBe(true);
  });

  test('2.11.2 asks the host of the newest try, 3.3.2 that of the try', () => {
    const faults = [kill('worker-1', { for_s: 600 })];
    const [old, now] = (['2.11.2', '3.3.2'] as const).map((airflow) =>
      asker('celery', airflow, faults)(1, 380),
    );
    expect(old).toMatchObject({ readable: false, why: 'other_worker' });
    expect(old?.messages[0]).toMatch(/^Log file not found on worker 'worker-2'/);
    expect(now).toMatchObject({ readable: false, why: 'host_away' });
  });

  test('the API server is away -> no log at all', () => {
    const at = asker('celery', '3.3.2', [kill('api-server', { for_s: 20 })]);
    expect(at(1, 30)).toMatchObject({ readable: false, why: 'page_away', messages: [] });
    expect(at(1, 45).readable).toBe(true);
  });
});

describe('remote logging', () => {
  test('while it runs the worker has it, at its end it is uploaded', () => {
    const at = asker('celery', '3.3.2', [], { config: REMOTE });
    expect(at(1, 30).messages[0]).toMatch(/^No logs found on s3/);
    expect(at(1, 30)).toMatchObject({ readable: true, why: 'growing' });
    expect(at(1, 100)).toMatchObject({ readable: true, why: 'whole' });
    expect(at(1, 100).messages).toEqual([expect.stringMatching(/^s3:\/\/logs\/dag_id=d/)]);
    expect(at(1, 100).places).toMatchObject([
      { state: 'lost' },
      { kind: 'remote', state: 'whole' },
    ]);
  });

  test('the upload holds the slot', () => {
    const latencies = { 'supervisor.linger_share': 0, 'supervisor.log_upload': 30 };
    const at = asker('celery', '3.3.2', [], { config: REMOTE, latencies });
    expect(at(1, 80).places.map(({ kind }) => kind)).toEqual(['file']);
    expect(at(1, 100).places.map(({ kind }) => kind)).toEqual(['file', 'remote']);
  });

  test('a lost host has uploaded nothing', () => {
    const at = asker('celery', '3.3.2', [kill('worker-1')], { config: REMOTE });
    expect(at(1, 360).places).toMatchObject([{ kind: 'file', state: 'unreachable' }]);
    expect(at(1, 360).readable).toBe(false);
  });

  test('wrong credentials -> nobody is told, the worker still has it', () => {
    const at = asker('celery', '3.3.2', [], { config: REMOTE, logs: { upload_fails: true } });
    expect(at(1, 100)).toMatchObject({
      readable: true,
      places: [{ kind: 'file', state: 'whole' }],
    });
  });
});

describe('Kubernetes', () => {
  test('while it runs the pod is asked, afterwards nobody has it', () => {
    const at = asker('kubernetes');
    expect(at(1, 40)).toMatchObject({ readable: true, why: 'pod_tail' });
    expect(at(1, 40).messages).toEqual([
      expect.stringMatching(/^Attempting to fetch logs from pod d-a-\w{8} through kube API/),
      'Found logs through kube API',
    ]);
    expect(at(1, 120)).toMatchObject({ readable: false, why: 'pod_gone' });
    expect(at(1, 120).messages[0]).toMatch(/Failed to resolve 'd-a-\w{8}'/);
    expect(at(1, 120).places).toMatchObject([{ kind: 'pod', state: 'lost' }]);
  });

  test('with remote logging all of it is in the store, but for a pod that was evicted', () => {
    const evicted: Fault = { at_s: 40, what: 'evict', part: 'pod:d/*/a' };
    const at = asker('kubernetes', '3.3.2', [evicted], { config: REMOTE });
    expect(at(1, 100)).toMatchObject({ readable: false, why: 'pod_gone' });
    expect(at(2, 200)).toMatchObject({ readable: true, why: 'whole' });
  });

  test('Kubernetes API away -> the lines of a running task cannot be read', () => {
    const refused: Fault = { at_s: 35, what: 'refuse', part: 'kubernetes-api' };
    const answer = asker('kubernetes', '3.3.2', [refused])(1, 40);
    expect(answer).toMatchObject({ readable: false, why: 'kube_away' });
    expect(answer.messages.at(-1)).toMatch(/^Reading from k8s pod logs failed: \(503\)/);
  });

  test('a common volume -> the page reads the file itself', () => {
    const at = asker('kubernetes', '2.11.2', [], { logs: { shared_volume: true } });
    expect(at(1, 200).messages).toEqual([
      'Found local files:',
      expect.stringMatching(/^ {2}\* \/opt\/airflow\/logs\/dag_id=d/),
    ]);
  });
});

describe('Elasticsearch', () => {
  test('lines come with the delay of the shipper and outlive the pod', () => {
    const at = asker('kubernetes', '3.3.2', [], SHIPPED);
    const begun = at(1, 1).places.length;
    expect(begun).toBe(0);
    expect(at(1, 40)).toMatchObject({ readable: true, why: 'growing' });
    expect(at(1, 200)).toMatchObject({ readable: true, why: 'whole' });
    const slow = asker('kubernetes', '3.3.2', [], {
      ...SHIPPED,
      latencies: { 'log.shipper': 100 },
    });
    expect(slow(1, 40)).toMatchObject({ readable: false, why: 'not_shipped' });
    expect(slow(1, 40).messages[0]).toMatch(/not found in Elasticsearch\. If your task started/);
  });
});

describe('LocalExecutor', () => {
  test('one machine -> the page reads the file', () => {
    expect(asker('local')(1, 100).messages).toEqual([
      expect.stringMatching(/^\/opt\/airflow\/logs\/dag_id=d/),
    ]);
  });

  test('scheduler and API server on two machines -> the log server of the scheduler', () => {
    const placement = [
      { name: 'm', runs: ['scheduler-1'] },
      { name: 'n', runs: ['api-server'] },
    ];
    const fleet = { ...scenarioOf([]).fleet, placement };
    const [message] = asker('local', '3.3.2', [], { fleet })(1, 100).messages;
    expect(message).toMatch(/^http:\/\/scheduler-1:8793/);
  });
});

test('before a try has begun -> nothing, and it is said why', () => {
  const at = asker('celery');
  expect(at(1, 0)).toMatchObject({ readable: false, why: 'not_started', places: [] });
  expect(at(0, 0).messages).toEqual(['Error fetching the logs. Try number 0 is invalid.']);
});

test('every answer has words', () => {
  expect(LOG_WHYS.filter((why) => !Object.hasOwn(en, `log_why.${why}`))).toEqual([]);
});
