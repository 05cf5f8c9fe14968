/** What a file says of pools and fleet, laid over what goes without saying. */
import { fieldsOf, isFields, itemsOf, type PlainFields } from '../../base/plain.ts';
import { standardFleet } from '../standardScenario.ts';

/** `etl: 4` is a pool of four slots. */
export function mergePools(said: PlainFields): PlainFields {
  return Object.fromEntries(
    Object.entries(said).map(([name, pool]) => [
      name,
      isFields(pool)
        ? { include_deferred: false, ...pool }
        : { slots: pool, include_deferred: false },
    ]),
  );
}

/** Groups are replaced as a whole list; what a group does not say has a plain value. */
export function mergeFleet(said: PlainFields, concurrency: number): PlainFields {
  const fleet: PlainFields = { ...standardFleet(), ...said };
  return {
    ...fleet,
    workers: eachGroup(fleet['workers'], { name: 'worker', count: 1, concurrency, queues: null }),
    nodes: eachGroup(fleet['nodes'], { name: 'node', count: 1, pods: 110, image_cached: true }),
  };
}

/** Durations by kind laid over each other; the lane's rules come last, so they win. */
export function mergeBehaviour(common: PlainFields, own: PlainFields): PlainFields {
  const by_kind = { ...fieldsOf(common['by_kind']), ...fieldsOf(own['by_kind']) };
  const rules = [...itemsOf(common['rules']), ...itemsOf(own['rules'])];
  return { ...common, ...own, by_kind, rules };
}

/** Groups without a name of their own are told apart by their place. */
function eachGroup(groups: unknown, plain: PlainFields): unknown {
  if (!Array.isArray(groups)) return groups;
  return groups.map((group: unknown, i) => {
    if (!isFields(group)) return group;
    return {
      ...plain,
      name: i === 0 ? plain['name'] : `${String(plain['name'])}-${i + 1}`,
      ...group,
    };
  });
}
