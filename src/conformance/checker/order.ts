/** I11: virtual time never goes back, and an effect comes after its cause. */
import type { Check } from './check.ts';

export function orderCheck(): Check {
  let last = 0;
  return {
    invariant: 'I11',
    see({ seq, t, cause, machine }) {
      if (machine === 'unknown') return 'the record means nothing';
      if (t < last) return `time goes back from ${last} to ${t}`;
      last = t;
      return cause >= seq ? `it names the later record ${cause} as its cause` : null;
    },
  };
}
