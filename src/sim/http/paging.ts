import type { JsonBody } from '../json.ts';
import type { Call } from './call.ts';
import { ArmRefusal } from './reply.ts';

/**
 * One page of a list: `value`, and `nextLink` while there is more. The link is the caller's own URL with a
 * `$skipToken`, an opaque token for the position of the next item. `$top` makes pages smaller.
 */
export function page<Item>(call: Call, items: readonly Item[], draw: (item: Item) => JsonBody): JsonBody {
  const start = place(call.query.get('$skiptoken'));
  const top = Number(call.query.get('$top') ?? Infinity);
  const size = Math.max(
    1,
    Math.min(call.world.state.settings.pageSize, Number.isFinite(top) && top > 0 ? top : Infinity),
  );
  const shown = items.slice(start, start + size).map(draw);
  const next = start + size;
  return next < items.length ? { value: shown, nextLink: link(call, next) } : { value: shown };
}

function link(call: Call, next: number): string {
  const url = new URL(call.base + call.path);
  for (const [name, value] of call.query) if (name !== '$skiptoken') url.searchParams.set(name, value);
  url.searchParams.set('$skipToken', Buffer.from(`at:${next}`).toString('base64url'));
  return url.href.replaceAll('%24', '$');
}

function place(token: string | undefined): number {
  if (token === undefined) return 0;
  const found = /^at:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!found) throw new ArmRefusal(400, 'InvalidSkipToken', `The skipToken '${token}' is not valid.`);
  return Number(found[1]);
}
