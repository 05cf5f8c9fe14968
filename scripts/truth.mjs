/**
 * `npm run truth`: writes the table of README.md that says how true the engine is, from what the
 * commands `conformance` and `calibrate` find in test/oracle. Nothing in that table is typed by hand.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const WHAT = {
  assets: 'asset and dataset conditions, names, URIs',
  configuration: 'every option with its default, states, rules',
  'dag-files': 'DAG files as Python reads them: structure or error',
  'dag-versions': 'a DAG is stored anew while a run goes on',
  expansion: 'lengths and arguments of mapped tasks',
  'retry-delays': 'time of the next try, to the second',
  runs: 'whole DAG runs: branches, skips, mapping, setup and teardown, clear, mark',
  'runs-mixed': 'the same, larger: several mapped groups, branches and skips inside them',
  scheduler: 'the scheduler loop by loop: order, limits, pools, catchup, crashes',
  'scheduler-mixed':
    'random installations with user actions, crashes and lost workers; the mini-scheduler of 2.x',
  'scheduler-users': 'the same with user actions: clear, mark, backfill, pools, parses',
  timetables: 'next runs, data intervals, DST, catchup',
  'trigger-rules': 'one rule against every combination of upstream states',
  weights: 'priority weights',
};

const conformance = answerOf('conformance', ['--cases', 'test/oracle', '--json']);
const calibrate = answerOf('calibrate', ['--cases', 'test/oracle', '--json']);
const file = join(root, 'README.md');
const text = readFileSync(file, 'utf8');
const place = /(?<=<!-- truth -->\n)[^]*(?=<!-- \/truth -->)/;
const truth = `${table(conformance.sets)}\n${fit(calibrate)}\n`;
writeFileSync(
  file,
  text.replace(place, () => truth),
);

function answerOf(command, args) {
  const script = join(root, 'scripts', 'run-cli.mjs');
  try {
    return JSON.parse(run([script, command, ...args]));
  } catch (error) {
    // Exit code 1 says that something differs: the numbers are in the answer all the same.
    return JSON.parse(/** @type {{ stdout: string }} */ (error).stdout);
  }
}

function run(args) {
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e9 });
}

function table(sets) {
  const names = [...new Set(sets.map(({ set }) => set))].toSorted((a, b) => (a < b ? -1 : 1));
  const cell = (name, airflow) => {
    const row = sets.find((one) => one.set === name && one.airflow === airflow);
    if (row === undefined) return '';
    const total = row.passed + row.failed + row.unsupported;
    return `${row.passed} of ${total}`;
  };
  const lines = names.map(
    (name) =>
      `| \`${name}\` | ${WHAT[name] ?? ''} | ${cell(name, '3.3.2')} | ${cell(name, '2.11.2')} |`,
  );
  return [
    '| Recorded set | what it decides | 3.3.2 | 2.11.2 |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

function fit({ workloads, median, worst }) {
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  return (
    `Times: ${workloads.length} recorded workloads on real executors (Local, Celery, Sequential); ` +
    `the simulated makespan is off by ${percent(median)} in the median and ${percent(worst)} at worst.\n`
  );
}
