/** Prices per hour of what runs, in any currency. What has no price costs nothing. */
import { PRICED, type Priced } from '../../airflow/scenario.ts';
import { fail, ok, type Result } from '../../base/result.ts';

/** `node=0.34`. */
export function parsePrice(text: string): Result<readonly [Priced, number]> {
  const [name = '', value = ''] = text.split('=');
  const part = PRICED.find((each) => each === name.trim());
  const price = Number(value);
  if (part === undefined) return fail('price_unknown', { name, known: [...PRICED] });
  if (value.trim() === '' || !(price >= 0) || !Number.isFinite(price)) {
    return fail('price_wrong', { name, value });
  }
  return ok([part, price]);
}
