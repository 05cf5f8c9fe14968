/** Lists of small integers per row, packed: the neighbours of row r are `to[from[r]..from[r+1])`. */

export interface Csr {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export function packLists(lists: readonly (readonly number[])[]): Csr {
  const from = new Int32Array(lists.length + 1);
  lists.forEach((list, row) => (from[row + 1] = from[row]! + list.length));
  const to = new Int32Array(from[lists.length]!);
  let at = 0;
  for (const list of lists) for (const value of list) to[at++] = value;
  return { from, to };
}

/** For every number that appears, the rows whose lists name it; rows ascending. */
export function reversed(lists: readonly (readonly number[])[], size: number): number[][] {
  const back: number[][] = Array.from({ length: size }, () => []);
  lists.forEach((list, row) => {
    for (const value of list) back[value]!.push(row);
  });
  return back;
}
