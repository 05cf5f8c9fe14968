/** Set `configuration`: defaults of options and arguments, lists of names. */
import {
  argumentInfo,
  type ListName,
  listOf,
  optionInfo,
  type OptionInfo,
} from '../../airflow/config/index.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';

interface Given {
  op: 'option' | 'list' | 'argument';
  section: string;
  option: string;
  name: string;
  class: string;
  argument: string;
}

export function check(oracle: OracleCase): Verdict {
  const given = oracle.given as Given;
  const version = oracle.airflow;
  switch (given.op) {
    case 'option':
      return judge(
        oracle.expect,
        ofOption(optionInfo(version, `${given.section}.${given.option}`)),
      );
    case 'list':
      return judge(oracle.expect, { values: listOf(version, given.name as ListName) ?? null });
    case 'argument':
      return judge(oracle.expect, argumentInfo(version, given.class, given.argument) ?? null);
  }
}

function ofOption(info: OptionInfo | undefined): object | null {
  if (!info) return null;
  const { declaredDefault, declaredType, deprecatedSince, env, text } = info;
  const known = { default: declaredDefault, type: declaredType, env, read: text };
  return deprecatedSince === null ? known : { ...known, deprecated_since: deprecatedSince };
}
