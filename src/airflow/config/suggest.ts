/** "Did you mean": the known names nearest to a misspelt one. */

/** At most three names, nearest first; none when nothing is near. */
export function nearest(wrong: string, known: readonly string[]): string[] {
  const lower = wrong.toLowerCase();
  const limit = Math.max(2, Math.floor(wrong.length / 4));
  return known
    .map((name) => ({ name, distance: distanceOf(lower, name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** The name without its section counts too: `parallelism` is near to `core.parallelism`. */
function distanceOf(wrong: string, name: string): number {
  const option = name.slice(name.indexOf('.') + 1);
  const wrongOption = wrong.slice(wrong.indexOf('.') + 1);
  return Math.min(editDistance(wrong, name), editDistance(wrongOption, option) + 1);
}

/** Levenshtein distance: insertions, deletions and replacements of one letter. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
