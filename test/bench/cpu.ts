/** CPU time of a piece of work. */
export function cpuOf<T>(work: () => T): { readonly cpuUs: number; readonly value: T } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: user + system, value };
}
