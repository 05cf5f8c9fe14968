/** The command `simulate` within the test's own process. */
import { vi } from 'vitest';
import { main } from '../../src/cli/simulate.ts';

export async function runSimulate(
  ...argv: string[]
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const take =
    (to: 'out' | 'err') =>
    (text: string | Uint8Array): boolean => {
      written[to] += String(text);
      return true;
    };
  vi.spyOn(process.stdout, 'write').mockImplementation(take('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(take('err'));
  const code = await main(argv);
  vi.restoreAllMocks();
  return { code, ...written };
}
