import { fitsGlob, fixedLength, isExact } from './glob.ts';

/**
 * What narrows a rule or a role down, from the narrowest facet to the widest. Each is a glob (`*`, `?`), without regard
 * to case; `tag` is `name=value` or a name alone. All that are given must fit; none given fits everywhere.
 */
export const facets = ['vm', 'keyVault', 'resourceGroup', 'tag', 'vault', 'subscription'] as const;
export type Facet = (typeof facets)[number];
export type Match = { readonly [facet in Facet]?: string };

type Tags = Readonly<Record<string, string>>;

/**
 * What an operation is about: names, not ids, but for the subscription. An absent facet is one that it does not have (a
 * policy has no VM); null is one that it has and that could not be read. `vault` is the Recovery Services vault.
 */
export type Target = {
  readonly vm?: string | null;
  readonly keyVault?: string | null;
  readonly resourceGroup?: string | null;
  readonly tags?: Tags | null;
  readonly vault?: string | null;
  readonly subscription?: string | null;
};

/** Whether a match fits a target. `unknown`: nothing speaks against it, but a facet that it names could not be read. */
type Fit = 'fits' | 'differs' | 'unknown';

/** Compares what `match` asks with all places together, each facet for itself. What no place has, fits nothing. */
export function fitOf(match: Match, places: readonly Target[]): Fit {
  const fits = facets.map((facet) => fitAmong(facet, match[facet], places));
  return fits.includes('differs') ? 'differs' : fits.includes('unknown') ? 'unknown' : 'fits';
}

/** Whether it is certain that everything that `match` asks is true of the target. */
export function matches(match: Match, target: Target): boolean {
  return fitOf(match, [target]) === 'fits';
}

/** The facets that `match` names and that could not be read of any place. */
export function unreadFacets(match: Match, places: readonly Target[]): readonly Facet[] {
  return facets.filter((facet) => fitAmong(facet, match[facet], places) === 'unknown');
}

function fitAmong(facet: Facet, pattern: string | undefined, places: readonly Target[]): Fit {
  const fits = places.map((place) => fitOfFacet(facet, pattern, place));
  return fits.includes('fits') ? 'fits' : fits.includes('unknown') ? 'unknown' : 'differs';
}

function fitOfFacet(facet: Facet, pattern: string | undefined, target: Target): Fit {
  if (pattern === undefined) return 'fits';
  const value = facet === 'tag' ? target.tags : target[facet];
  if (value === null) return 'unknown';
  if (value === undefined) return 'differs';
  const fits =
    typeof value === 'string' ? fitsGlob(pattern, value) : Object.entries(value).some((tag) => fitsTag(pattern, tag));
  return fits ? 'fits' : 'differs';
}

function fitsTag(pattern: string, [name, value]: readonly [string, string]): boolean {
  const [wantedName, wantedValue] = partsOfTag(pattern);
  return fitsGlob(wantedName, name) && fitsGlob(wantedValue, value);
}

/** The name and the value in a pattern for tags; a name alone matches any value. */
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
