import type { Reading } from './environment.ts';

/** The settings of the way out; Node and the libraries read them themselves. */
export const outboundNames = ['HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'] as const;

/** Complains of a proxy that cannot be one: everything that is sent would fail, each with an error of its own. */
export function checkOutbound(reading: Reading): void {
  const isSet = (names: readonly string[]) => names.some((name) => reading.text(name) !== null);
  if (isSet(['ALL_PROXY', 'all_proxy']) && !isSet(['HTTPS_PROXY', 'https_proxy']))
    reading.complain('ALL_PROXY', 'only a part of what is sent would go through it', 'Set HTTPS_PROXY instead');
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) {
    const proxy = reading.text(name);
    if (proxy === null || /^https?:$/.test(URL.parse(proxy)?.protocol ?? '')) continue;
    reading.complain(
      name,
      'it is not the address of an HTTP proxy',
      'Set http://proxy.contoso.example:3128, or unset it',
    );
  }
}
