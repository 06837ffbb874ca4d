import { fitsGlob, fixedLength, isExact } from './glob.ts';

/**
 * What narrows a rule or a role, from the narrowest facet to the widest. Each is a glob (`*`, `?`) that ignores case;
 * `tag` is `name=value` or a name alone. All given facets must match; without any it matches everywhere.
 */
export const facets = ['vm', 'keyVault', 'resourceGroup', 'tag', 'vault', 'subscription'] as const;
export type Facet = (typeof facets)[number];
export type Match = { readonly [facet in Facet]?: string };

type Tags = Readonly<Record<string, string>>;

/**
 * What an operation acts on: names, not IDs, except for the subscription. An absent facet is one that it doesn't have
 * (a policy has no VM); null is one that it has and that couldn't be read. `vault` is the Recovery Services vault.
 */
export type Target = {
  readonly vm?: string | null;
  readonly keyVault?: string | null;
  readonly resourceGroup?: string | null;
  readonly tags?: Tags | null;
  readonly vault?: string | null;
  readonly subscription?: string | null;
};

/** Whether a match fits a target. `unknown`: nothing contradicts it, but a facet that it names couldn't be read. */
type Fit = 'fits' | 'differs' | 'unknown';

/** Compares `match` with all targets together, each facet on its own. A facet that no target has never fits. */
export function fitOf(match: Match, places: readonly Target[]): Fit {
  const fits = facets.map((facet) => fitAmong(facet, match[facet], places));
  return fits.includes('differs') ? 'differs' : fits.includes('unknown') ? 'unknown' : 'fits';
}

/** Whether everything that `match` asks is certainly true of the target. */
export function matches(match: Match, target: Target): boolean {
  return fitOf(match, [target]) === 'fits';
}

/** The facets that `match` names and that couldn't be read on any target. */
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

// A tag's name alone matches every value of it.
function namesOne(facet: Facet, pattern: string): boolean {
  return isExact(pattern) && (facet !== 'tag' || pattern.includes('='));
}

/**
 * How narrow a match is, one number per facet in the order of `facets`: 0 if it isn't given, the number of literal
 * characters of a glob, 1000 for an exact name. Compared by `compareSpecificity`.
 */
export function specificity(match: Match): readonly number[] {
  return facets.map((facet) => {
    const pattern = match[facet];
    if (pattern === undefined) return 0;
    return namesOne(facet, pattern) ? exact : Math.min(fixedLength(pattern), exact - 1);
  });
}

/** Orders two specificities: the first facet that differs decides; positive if `a` is narrower. */
export function compareSpecificity(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
