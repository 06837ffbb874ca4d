import { fitsGlob, fixedLength, isExact } from './glob.ts';

/**
 * What narrows a rule or a role down, from the narrowest facet to the widest. Each is a glob (`*`, `?`), without regard
 * to case; `tag` is `name=value` or a name alone. All that are given must fit; none given fits everywhere.
 */
export const facets = ['vm', 'keyVault', 'resourceGroup', 'tag', 'vault', 'subscription'] as const;
export type Facet = (typeof facets)[number];
export type Match = { readonly [facet in Facet]?: string };

type Tags = Readonly<Record<string, string>>;

/** What an operation is about: names, not ids, but for the subscription. With a VM, all that its rules can ask is known. */
export type Target = {
  /** The Recovery Services vault. */
  readonly vault?: string;
  readonly keyVault?: string;
} & (
  | { readonly vm: string; readonly resourceGroup: string; readonly subscription: string; readonly tags: Tags }
  | { readonly vm?: undefined; readonly resourceGroup?: string; readonly subscription?: string; readonly tags?: Tags }
);

/** Whether everything that `match` asks is true of the target. What the target does not have, fits nothing. */
export function matches(match: Match, target: Target): boolean {
  return facets.every((facet) => {
    const pattern = match[facet];
    return pattern === undefined || fitsFacet(facet, pattern, target);
  });
}

function fitsFacet(facet: Facet, pattern: string, target: Target): boolean {
  if (facet === 'tag') return Object.entries(target.tags ?? {}).some((tag) => fitsTag(pattern, tag));
  const name = target[facet];
  return name !== undefined && fitsGlob(pattern, name);
}

function fitsTag(pattern: string, [name, value]: readonly [string, string]): boolean {
  const [wantedName, wantedValue] = partsOfTag(pattern);
  return fitsGlob(wantedName, name) && fitsGlob(wantedValue, value);
}

/** The name and the value that a pattern for tags asks for; a name alone takes any value. */
export function partsOfTag(pattern: string): readonly [string, string] {
  const at = pattern.indexOf('=');
  return at < 0 ? [pattern, '*'] : [pattern.slice(0, at), pattern.slice(at + 1)];
}

const exact = 1000;

// A tag's name alone fits every value of it.
function namesOne(facet: Facet, pattern: string): boolean {
  return isExact(pattern) && (facet !== 'tag' || pattern.includes('='));
}

/**
 * How narrow a match is, one number per facet in the order of `facets`: 0 where it is not given, the count of fixed
 * characters of a glob, 1000 for an exact name. To be compared by `compareSpecificity`.
 */
export function specificity(match: Match): readonly number[] {
  return facets.map((facet) => {
    const pattern = match[facet];
    if (pattern === undefined) return 0;
    return namesOne(facet, pattern) ? exact : Math.min(fixedLength(pattern), exact - 1);
  });
}

/** Orders two specificities: the first facet at which they differ decides; positive where `a` is the narrower. */
export function compareSpecificity(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
