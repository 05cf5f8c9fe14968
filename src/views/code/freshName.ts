/** `my_dag.py`, `my_dag_2.py` ... */
export function freshName(taken: readonly string[], wish: string): string {
  const stem = wish.replace(/\.py$/, '');
  let name = `${stem}.py`;
  for (let n = 2; taken.includes(name); n++) name = `${stem}_${n}.py`;
  return name;
}
