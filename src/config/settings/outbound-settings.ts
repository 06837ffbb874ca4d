import http from 'node:http';
import type { Reading } from './environment.ts';

/** The settings for outbound traffic; Node and the libraries read them themselves. */
export const outboundNames = ['HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'] as const;

const newerNode = 'Use Node 24.14 or newer, or unset it';
const proxyNames = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/**
 * Reports an invalid proxy, since every request would fail, each with an error of its own; and a Node version that
 * can't send everything through one, since the rest would bypass it.
 */
export function checkOutbound(reading: Reading): void {
  const isSet = (names: readonly string[]) => names.some((name) => reading.text(name) !== null);
  if (isSet(['ALL_PROXY', 'all_proxy']) && !isSet(['HTTPS_PROXY', 'https_proxy']))
    reading.complain('ALL_PROXY', 'only a part of what is sent would go through it', 'Set HTTPS_PROXY instead');
  for (const name of proxyNames) {
    const proxy = reading.text(name);
    if (proxy === null) continue;
    // nodejs.org/api/http.html: added in 24.14.
    if (!('setGlobalProxyFromEnv' in http))
      reading.complain(name, `Node ${process.versions.node} can't send everything through a proxy`, newerNode);
    if (/^https?:$/.test(URL.parse(proxy)?.protocol ?? '')) continue;
    reading.complain(
      name,
      'it is not the address of an HTTP proxy',
      'Set http://proxy.contoso.example:3128, or unset it',
    );
  }
}
