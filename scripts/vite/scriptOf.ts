/** The one script that a build in memory gave. */
import type { build } from 'vite';

export function scriptOf(result: Awaited<ReturnType<typeof build>>, entry: string): string {
  const parts = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const script = parts.find((part) => part.type === 'chunk');
  if (!script) throw new Error(`the build of ${entry} gave no script`);
  return script.code;
}
