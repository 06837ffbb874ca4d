/** A violation, by the invariant that it breaks. */
export type Finding = { readonly broken: string; readonly what: string };

/** The same finding for many things, cut after the first few. */
export function findings(broken: string, all: readonly string[]): Finding[] {
  const shown = all.slice(0, 5).map((what) => ({ broken, what }));
  return all.length > 5 ? [...shown, { broken, what: `… and ${all.length - 5} more` }] : shown;
}
