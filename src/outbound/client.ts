import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import type { Agent } from 'node:http';
import { agentTo, proxyOf } from './proxy.ts';

/** The HTTP client of Azure's SDKs, of Graph and of the connector. It keeps its connections. */
export function outboundClient(): HttpClient {
  const inner = createDefaultHttpClient();
  const agents = new Map<string, Agent>();
  const kept = (url: string) => {
    const key = `${new URL(url).protocol} ${proxyOf(url)}`;
    const agent = agents.get(key) ?? agentTo(url, { keepAlive: true });
    agents.set(key, agent);
    return agent;
  };
  return {
    sendRequest: (request) => {
      request.agent ??= kept(request.url);
      return inner.sendRequest(request);
    },
  };
}
