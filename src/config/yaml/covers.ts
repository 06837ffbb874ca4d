import { fitsGlob } from '../../people/glob.ts';
import { type Facet, facets, type Match, partsOfTag } from '../../people/match.ts';
import type { Rule } from '../../people/rules.ts';

/** Whether `wide` certainly applies to everything that `narrow` applies to. False may also mean "can't tell". */
export function covers(wide: Rule, narrow: Rule): boolean {
  const isSameOperation = wide.operation === null || wide.operation === narrow.operation;
  return isSameOperation && facets.every((facet) => coversFacet(facet, wide.match[facet], narrow.match[facet]));
}

/** Whether two rules have the same match, in the same words. */
export function isSamePlace(a: Rule, b: Rule): boolean {
  return a.operation === b.operation && facets.every((facet) => lower(a.match, facet) === lower(b.match, facet));
}

function coversFacet(facet: Facet, wide: string | undefined, narrow: string | undefined): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  if (facet !== 'tag') return coversPattern(wide, narrow);
  const [[wideName, wideValue], [narrowName, narrowValue]] = [partsOfTag(wide), partsOfTag(narrow)];
  return coversPattern(wideName, narrowName) && coversPattern(wideValue, narrowValue);
}

// Read as plain text, a pattern matches a wider one exactly where its wildcards fall under the wider one's stars; a `?`
// in the wider one would also take a `*` for a character, so with `?` nothing is claimed.
function coversPattern(wide: string, narrow: string): boolean {
  return wide.toLowerCase() === narrow.toLowerCase() || (!wide.includes('?') && fitsGlob(wide, narrow));
}

function lower(match: Match, facet: Facet): string | undefined {
  return match[facet]?.toLowerCase();
}
