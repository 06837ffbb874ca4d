import { ArmRefusal } from './reply.ts';

/** One term of a filter: a comparison with a quoted value, or a function such as `atScope()`. */
type Term = { name: string; operator: string; value: string };

const TERM =
  /^\s*(?:(\w+)\s*\(\s*(?:'([^']*)')?\s*\)|([\w/.]+)\s+(eq|ne|ge|le)\s+'([^']*)'|([\w/.]+)\s+(eq|ne)\s+(\w+))\s*$/i;

/**
 * The terms of a `$filter` that are joined by `and`. Names are in lower case. Anything else is refused as Azure does.
 */
export function andTerms(filter: string | undefined): Term[] {
  if (!filter?.trim()) return [];
  return filter.split(/\s+and\s+/i).map((part) => {
    const found = TERM.exec(part);
    if (!found)
      throw new ArmRefusal(
        400,
        'InvalidFilterInQueryString',
        `Invalid $filter '${filter}' specified in the query string.`,
      );
    const [, called, argument, name, operator, value, bare, bareOperator, word] = found;
    if (called) return { name: called.toLowerCase(), operator: 'call', value: argument ?? '' };
    return {
      name: (name ?? bare ?? '').toLowerCase(),
      operator: operator ?? bareOperator ?? 'eq',
      value: value ?? word ?? '',
    };
  });
}

/** Alternatives joined by `or`, each of them terms joined by `and`. */
export function orTerms(filter: string | undefined): Term[][] {
  if (!filter?.trim()) return [];
  return filter.split(/\s+or\s+/i).map((part) => andTerms(part.replace(/^\(|\)$/g, '')));
}

/** The value that the filter has for this name, or undefined. */
export function wanted(terms: readonly Term[], name: string): string | undefined {
  return terms.find((term) => term.name === name.toLowerCase())?.value;
}
