import { createHash } from 'node:crypto';

/**
 * More parameters than these mean a statement whose text depends on the number of its rows: there are too many of them.
 */
const maxParameters = 24;
const preparable = /^\s*(select|insert|update|delete|with)\b/i;
/** An additional column, as the next release may add, would change its result, and PostgreSQL refuses that. */
const everyColumn = /(\b(select|returning)\s+(distinct\s+)?|,\s*|\.)\*(?=[\s,)]|$)/i;

const names = new Map<string, string | undefined>();

/**
 * The name under which a statement is prepared: the same for the same text; undefined for one that isn't worth it.
 * PostgreSQL keeps the plans of these statements, since they are few and small, and planning them takes as long as
 * running them.
 */
export function preparedName(text: string, parameters: number): string | undefined {
  if (parameters > maxParameters) return undefined;
  if (!names.has(text)) {
    const fits = preparable.test(text) && !everyColumn.test(text);
    names.set(text, fits ? createHash('sha256').update(text).digest('base64url').slice(0, 32) : undefined);
  }
  return names.get(text);
}
