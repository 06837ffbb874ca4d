import type { z } from 'zod';
import { nearestWord } from '../nearest-word.ts';
import type { Problem } from '../problem.ts';
import { type Path, pathText, positionOf, positionOfKey, type Source } from './positions.ts';
import { keysAt } from './sections.ts';
import { visible } from './visible.ts';
import { patternOf, remedyOf } from './remedies.ts';
import { ownOf } from '../../core/own-of.ts';

type Issue = z.core.$ZodIssue;

/** A problem at a field, with the field's own remedy. */
export function problemAt(source: Source, path: Path, wrong: string): Problem {
  return { subject: pathText(path), wrong, remedy: remedyOf(path), at: positionOf(source, path) };
}

/** Unknown keys at a place, each with what was probably meant. */
export function unknownKeys(source: Source, parent: Path, keys: readonly string[]): readonly Problem[] {
  const known = ownOf(keysAt, patternOf(parent)) ?? [];
  return keys.map((key) => {
    const path = [...parent, key];
    const meant = nearestWord(key, known);
    return {
      subject: pathText([...parent, visible(key)]),
      wrong: 'there is no such key',
      remedy: meant === null ? `Keys here are: ${known.join(', ')}` : `Did you mean ${meant}?`,
      at: positionOfKey(source, path),
    };
  });
}

/** What a schema rejects about the value at `path`, in the product's words. */
export function problemsOf(source: Source, section: { at: Path; value: unknown }, issue: Issue): readonly Problem[] {
  const path = [...section.at, ...issue.path];
  const value = issue.path.reduce(childOf, section.value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(source, path, issue.keys);
    case 'invalid_type':
      return [problemAt(source, path, wrongType(issue.expected, value))];
    case 'invalid_value':
      return [wrongWord(problemAt(source, path, ''), issue.values.map(String), value)];
    default:
      return [problemAt(source, path, issue.message)];
  }
}

function wrongType(expected: string, value: unknown): string {
  if (value === undefined) return 'it is not there';
  return `it is ${kindOf(value)}, not ${ownOf(kindWords, expected) ?? expected}`;
}

const kindWords: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an entry with keys',
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an entry with keys';
  return typeof value === 'string' ? 'text' : visible(String(value));
}

function wrongWord(problem: Problem, words: readonly string[], value: unknown): Problem {
  if (typeof value !== 'string') return { ...problem, wrong: `it is ${kindOf(value)}, none of: ${words.join(', ')}` };
  const meant = nearestWord(value, words);
  const wrong = `${visible(value)} is none of: ${words.join(', ')}`;
  return { ...problem, wrong, remedy: meant === null ? problem.remedy : `Did you mean ${meant}?` };
}

function childOf(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, step) ? (value as Record<PropertyKey, unknown>)[step] : undefined;
}
