/** Teams in the public cloud, including GCC. A bot's token goes to no other host. */
const hosts = new Set(['smba.trafficmanager.net']);
const domain = '.teams.microsoft.com';
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether messages, with the bot's token, may be sent to this URL: https on a host of Teams, or a loopback host with
 * `allowLoopback`. A URL with credentials, a port, a query or a fragment never belongs to Teams.
 */
export function isTrustedServiceUrl(text: string, { allowLoopback }: { readonly allowLoopback: boolean }): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password || url.search || url.hash) return false;
  if (isLoopback(url)) return allowLoopback;
  if (url.protocol !== 'https:' || url.port) return false;
  return hosts.has(url.hostname) || url.hostname.endsWith(domain);
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return (protocol === 'http:' || protocol === 'https:') && loopback.has(hostname);
}
