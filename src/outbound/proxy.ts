/**
 * Outbound HTTP. Everything that Kluis sends goes through the proxy of HTTPS_PROXY, if one is set, but for the hosts
 * of NO_PROXY: `fetch` and Node's own clients by what is set once at the start, Azure's SDKs by the agents made here.
 */
import http from 'node:http';
import https from 'node:https';
import { getProxyForUrl } from 'proxy-from-env';
import { ownOf } from '../core/own-of.ts';

/** Where identities of Azure get their tokens: addresses of the machine itself, which no proxy reaches. */
const machineHosts = ['localhost', '127.0.0.1', '::1', '169.254.169.254'];
const identityEndpoints = ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT'];

/** Sends everything through the proxy of the environment from now on; to be called before anything is sent. */
export function goThroughProxy(env: NodeJS.ProcessEnv): void {
  const given = env['no_proxy'] ?? env['NO_PROXY'];
  const noProxy = [given, ...machineHosts, ...identityHosts(env)].filter(Boolean).join(',');
  // Each library reads one of the two.
  Object.assign(env, { no_proxy: noProxy, NO_PROXY: noProxy });
  // An older Node has none; `checkOutbound` refuses a proxy there, so that nothing would go round it.
  if ('setGlobalProxyFromEnv' in http) http.setGlobalProxyFromEnv(env);
}

function identityHosts(env: NodeJS.ProcessEnv): readonly string[] {
  return identityEndpoints.flatMap((name) => URL.parse(ownOf(env, name) ?? '')?.hostname ?? []);
}

/** The proxy through which this address is reached; empty: none. */
export function proxyOf(url: string): string {
  return getProxyForUrl(url);
}

/** An agent for this address, which makes its connections through the proxy where one is set. */
export function agentTo(url: string, options: { readonly keepAlive: boolean }): http.Agent {
  const proxy = proxyOf(url);
  const proxyEnv = proxy === '' ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } };
  const { Agent } = url.startsWith('https:') ? https : http;
  return new Agent({ ...options, ...proxyEnv });
}
