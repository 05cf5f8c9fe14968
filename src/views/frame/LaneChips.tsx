import type { ReactNode } from 'react';
import { Menu } from '../parts/Menu.tsx';
import { NumberInput } from '../parts/NumberInput.tsx';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';

/** `3.3.2` is shown as 3.3: the patch stands in the settings. */
export function minor(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Version that most lanes have, and the seed. */
export function LaneChips(): ReactNode {
  const words = useWords();
  const lanes = useModel((model) => model.lanes);
  const versions = [...new Set(lanes.map((lane) => minor(lane.airflow)))].sort().reverse();
  return (
    <>
      {versions.length > 0 ? (
        <span className="chip">{words.t('chip.airflow', { version: versions.join(' · ') })}</span>
      ) : null}
      <SeedChip />
    </>
  );
}

function SeedChip(): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const seed = useModel((model) => model.seed);
  const shown = words.t('chip.seed', { seed: String(seed) });
  return (
    <Menu className="chip" label={`${shown}, ${words.t('chip.seedEdit')}`} button={shown}>
      {() => (
        <>
          <label>
            {words.t('chip.seedEdit')}
            <NumberInput
              label={words.t('chip.seedEdit')}
              value={seed}
              min={0}
              max={4_294_967_295}
              className="field"
              onChange={commands.setSeed}
            />
          </label>
          <p>{words.t('chip.seedHelp')}</p>
        </>
      )}
    </Menu>
  );
}
