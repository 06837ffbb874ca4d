import { WireFailure } from '../map-fault.ts';

/** What an SDK returns for a list. */
type Pages<T> = { byPage(): AsyncIterable<T[]> };

/** What every list call must pass to the SDK, so that each raw page is seen. */
export type PageOptions = { readonly onResponse: (raw: { readonly parsedBody?: unknown }) => void };

// Far beyond any list of Azure's: a limit for a service that never stops offering another page.
const maxPages = 5000;

/**
 * All elements of a list, read to its end. A page that offers the same next page again, or that is no page, is a
 * `garbled` failure: half a list must never pass for a whole one.
 */
export async function everyPage<T>(list: (options: PageOptions) => Pages<T>): Promise<T[]> {
  const all: T[] = [];
  const seen = new Set<string>();
  const newest: { raw: Page } = { raw: {} };
  const onResponse: PageOptions['onResponse'] = ({ parsedBody }) => {
    newest.raw = asPage(parsedBody);
  };
  for await (const page of list({ onResponse }).byPage()) {
    all.push(...page);
    const next = nextLinkOf(page, newest.raw);
    if (next === null) continue;
    if (seen.has(next) || seen.size >= maxPages) throw new WireFailure({ kind: 'garbled', code: 'EndlessList' });
    seen.add(next);
  }
  return all;
}

type Page = { readonly nextLink?: unknown };

// One family of SDKs treats a body without elements as an empty page, so the body is checked here.
function asPage(body: unknown): Page {
  if (typeof body !== 'object' || body === null || !Array.isArray((body as { value?: unknown }).value)) {
    throw new WireFailure({ kind: 'garbled', code: 'NoPage' });
  }
  return body as Page;
}

// One family of SDKs puts the next page's address on the page, the other shows every raw page.
function nextLinkOf(page: object, raw: Page): string | null {
  const next = 'continuationToken' in page ? page.continuationToken : raw.nextLink;
  return typeof next === 'string' && next !== '' ? next : null;
}
