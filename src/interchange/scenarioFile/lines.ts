/** Lists of actions and faults: texts become values, values stay as they are. */
import { parseFault } from '../../airflow/faults/text.ts';
import { all, err, ok } from '../../base/result.ts';
import type { Result, Where } from '../../base/result.ts';
import { parseActionText } from './actionText.ts';
import { itemsOf } from '../../base/plain.ts';
import type { PlainFields } from '../../base/plain.ts';

type Lines = Result<unknown[] | undefined>;
type PlaceOf = (field: string) => Where;

/** `prefix` is the path of the fields that hold the list, with its dot; undefined without a list. */
export function readActions(fields: PlainFields, prefix: string, where: PlaceOf): Lines {
  return readLines(fields['actions'], `${prefix}actions`, parseActionText, where);
}

export function readFaults(fields: PlainFields, prefix: string, where: PlaceOf): Lines {
  return readLines(fields['faults'], `${prefix}faults`, (line) => parseFault(line), where);
}

function readLines(
  list: unknown,
  path: string,
  parse: (line: string) => Result<unknown>,
  where: PlaceOf,
): Lines {
  if (list === undefined) return ok(undefined);
  return all(
    itemsOf(list).map((one, i) => {
      const read = typeof one === 'string' ? parse(one) : ok(one);
      if (read.ok) return read;
      return err(read.error.map((each) => ({ ...each, where: where(`${path}[${i}]`) })));
    }),
  );
}
