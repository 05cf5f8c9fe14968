/** `to('queued', 'set_queued_dttm')` is `{ target: 'queued', actions: ['set_queued_dttm'] }`. */
export function to<const S extends string, const A extends readonly string[]>(
  target: S,
  ...actions: A
): { readonly target: S; readonly actions: A } {
  return { target, actions };
}
