import { createHash } from 'node:crypto';
import pg from 'pg';

/** More than these would be statements whose text depends on how many rows they write: there is no end of them. */
const mostParameters = 24;
const preparable = /^\s*(select|insert|update|delete|with)\b/i;
/** A column more, as the next release may add it, would change what such a statement gives, and PostgreSQL refuses that. */
const everyColumn = /\bselect \* from\b|\breturning \*/i;

const names = new Map<string, string | null>();

/** The name under which a statement is prepared: the same for the same text; null for one that is not worth it. */
export function preparedName(text: string, parameters: number): string | null {
  if (parameters > mostParameters) return null;
  const known = names.get(text);
  if (known !== undefined) return known;
  const fits = preparable.test(text) && !everyColumn.test(text);
  const name = fits ? createHash('sha256').update(text).digest('base64url').slice(0, 32) : null;
  names.set(text, name);
  return name;
}

/**
 * A connection that lets PostgreSQL keep the plans of the statements it has seen. The statements are few and small, so
 * that planning them takes as long as running them.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const plain = this.query.bind(this) as (...given: unknown[]) => unknown;
    this.query = ((...given: unknown[]) => plain(...withName(given))) as pg.Client['query'];
  }
}

function withName(given: readonly unknown[]): unknown[] {
  const [text, values, ...rest] = given;
  if (typeof text !== 'string' || !Array.isArray(values)) return [...given];
  const name = preparedName(text, values.length);
  return name === null ? [...given] : [{ name, text, values }, ...rest];
}
