import type { Reading } from './environment.ts';
import { isLoopback } from './loopback.ts';

/**
 * Where browsers reach the product, without a trailing slash. Over plain http, what comes back could be read in
 * transit.
 */
export function readPublicUrl(reading: Reading): string | null {
  const text = reading.text('KLUIS_PUBLIC_URL');
  if (text === null) return null;
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url && isSafe && url.pathname === '/' && !url.search && !url.hash && !url.username) return url.origin;
  reading.complain(
    'KLUIS_PUBLIC_URL',
    'it is not an https address without a path',
    'Set the address at which browsers reach Kluis, such as https://kluis.contoso.example',
  );
  return null;
}
