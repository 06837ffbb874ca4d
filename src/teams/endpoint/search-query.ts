import { z } from 'zod';
import type { Suggest } from '../../bot/port.ts';

/** The query of a type-ahead. */
export type SearchQuery = Parameters<Suggest>[0];

/** Teams shows no more than this. */
const maxResults = 15;

const schema = z.object({
  dataset: z.string().max(256),
  queryText: z.string().max(1000).nullish(),
  queryOptions: z.object({ top: z.number().int().positive().nullish() }).nullish().catch(null),
});

/** Reads the value of an `application/search`; null if it isn't one. */
export function searchQuery(value: unknown): SearchQuery | null {
  const { data } = schema.safeParse(value);
  if (!data) return null;
  const limit = Math.min(data.queryOptions?.top ?? maxResults, maxResults);
  return { dataset: data.dataset, text: data.queryText ?? '', limit };
}

/** The response to a type-ahead, in Teams' format. */
export function searchAnswer(found: Awaited<ReturnType<Suggest>>, limit: number) {
  return {
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results: found.slice(0, limit).map(({ title, value }) => ({ title, value })) },
  };
}
