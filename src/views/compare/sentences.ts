import type { WhyModel } from '../../app/model.ts';
import type { Reason } from '../../explain/frame.ts';
import type { Translator } from '../../i18n/index.ts';
import { asTiState } from '../states.ts';

/** What the reason's sentence may name. */
export function reasonValues(reason: Reason): Record<string, string | number | null> {
  const { actual, limit, option, since } = reason;
  return { actual, limit, option, since_us: since, ahead: actual, ...reason.params };
}

/** One sentence: the reason that holds it, or what its state means when nothing does. */
export function whySentence(words: Translator, why: WhyModel): string {
  if (why.headline) return words.family('reason', why.headline.code, reasonValues(why.headline));
  return words.rich(`calm.${asTiState(why.state)}`);
}
