import type { ReactNode } from 'react';
import { Cell } from '../parts/Icon.tsx';
import { LEGEND, TI_STATES } from '../states.ts';
import type { TiState } from '../states.ts';
import { useModel } from '../useApp.ts';
import { Say, useWords } from '../words.tsx';

/** What a square and a line are, and the states: the usual ones, and whatever is there now. */
export function Legend(): ReactNode {
  const words = useWords();
  const shown = useModel((model) => statesShown(model.lanes));
  const states = TI_STATES.filter((state) => shown.includes(`|${state}|`));
  return (
    <section className="legend" aria-label={words.t('legend.label')}>
      <span className="how">
        <Say id="legend.how" />
      </span>
      <ul className="sts">
        {[...LEGEND, ...states.filter((state) => !LEGEND.includes(state))].map((state) => (
          <li key={state} className="st" title={words.t(`state.${state}`)}>
            <Cell state={state} size={13} />
            <span>{state === 'none' ? words.t('legend.none') : state}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** As one string, so that the legend is drawn again only when a state comes or goes. */
function statesShown(lanes: readonly { snapshot: { counts: ArrayLike<number> } | null }[]): string {
  const there = (state: TiState): boolean =>
    lanes.some((lane) => (lane.snapshot?.counts[TI_STATES.indexOf(state)] ?? 0) > 0);
  return `|${TI_STATES.filter(there).join('||')}|`;
}
