/** Celery's workers as the page of their monitor (Flower) lists them. Pure. */
import type { PartInfo } from '../../explain/frame.ts';
import type { MetaTable } from '../../explain/metadataTables.ts';
import type { WorkerSeen } from '../../app/model.ts';

/** How the monitor calls what a worker does: it hears only heartbeats. */
const STATUS: Readonly<Record<WorkerSeen['mode'], string>> = {
  up: 'online',
  draining: 'online (stopping)',
  starting: 'starting',
  deaf: 'offline (cut off)',
  gone: 'offline',
};

export function workerTable(
  workers: readonly WorkerSeen[],
  parts: readonly PartInfo[],
): MetaTable[] {
  const named = parts.filter((part) => part.kind === 'worker');
  const rows = workers.map((worker, at) => [
    `celery@${named[at]?.name ?? `worker-${at + 1}`}`,
    STATUS[worker.mode],
    worker.active,
    worker.reserved,
    worker.processed,
    worker.pool,
    named[at]?.detail ?? null,
  ]);
  return [
    {
      name: 'flower',
      columns: [
        { name: 'worker', kind: 'text' },
        { name: 'status', kind: 'text' },
        { name: 'active', kind: 'number' },
        { name: 'reserved', kind: 'number' },
        { name: 'processed', kind: 'number' },
        { name: 'pool', kind: 'number' },
        { name: 'group, queues', kind: 'text' },
      ],
      rows,
      total: rows.length,
    },
  ];
}
