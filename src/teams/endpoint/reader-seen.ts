import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Inbound } from '../../bot/port.ts';
import type { Activity } from '../activity.ts';

const clientInfo = z.object({
  type: z.literal('clientInfo'),
  locale: z.string().max(256).optional().catch(undefined),
  timezone: z.string().max(256).optional().catch(undefined),
});

/** The language and time zone of the person's own client, as far as Teams says. */
export function readerSeen({ entities, locale, localTimezone }: Activity): Inbound['reader'] {
  const client = entities?.slice(0, 100).map((entity) => clientInfo.safeParse(entity).data);
  const info = client?.find((found) => found !== undefined);
  return {
    locale: /^nl\b/i.test(locale ?? info?.locale ?? '') ? 'nl' : 'en',
    timeZone: zoneOf(localTimezone) ?? zoneOf(info?.timezone),
  };
}

const zones = new LRUCache<string, boolean>({ max: 1000 });

/** The text as an IANA zone that this Node knows. A bare offset isn't one: it doesn't distinguish summer and winter. */
function zoneOf(text: string | undefined): string | null {
  if (!text || !/^[A-Za-z]/.test(text)) return null;
  const known = zones.get(text) ?? isZone(text);
  // Checking costs as much as the rest of the translation. There are some hundred zones, but clients may make them up.
  zones.set(text, known);
  return known ? text : null;
}

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
