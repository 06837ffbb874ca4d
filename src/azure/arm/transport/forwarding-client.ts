import { Agent } from 'node:http';
import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';
import { createDefaultHttpClient, createHttpHeaders, RestError } from '@azure/core-rest-pipeline';
import { checkingAgent, deadlineOf } from './departure.ts';

const forwarded =
  /^(management\.azure\.com|graph\.microsoft\.com|[\w-]+\.vault\.azure\.net|[\w-]+\.blob\.core\.windows\.net)$/i;

/**
 * A client that sends requests for Azure to a simulator on this machine, in plain http, with the original host. Any
 * other host is refused, so that nothing leaves the machine while Azure is simulated.
 */
export function forwardingClient(simulatorUrl: string): HttpClient {
  const inner = createDefaultHttpClient();
  const kept = new Agent({ keepAlive: true });
  return {
    async sendRequest(request) {
      const target = redirected(request, new URL(simulatorUrl));
      const deadline = deadlineOf(request);
      const agent = deadline ? checkingAgent(new Agent({ keepAlive: false }), deadline) : kept;
      // The SDK finds its parsing information by the request object, so the response names the original.
      return { ...(await inner.sendRequest({ ...target, agent })), request };
    },
  };
}

function redirected(request: PipelineRequest, simulator: URL): PipelineRequest {
  const { protocol, host, pathname, search } = new URL(request.url);
  if (!forwarded.test(host)) {
    throw new RestError(`${host} is not simulated`, { code: RestError.REQUEST_SEND_ERROR, request });
  }
  const headers = createHttpHeaders(request.headers.toJSON({ preserveCase: true }));
  headers.set('x-forwarded-proto', protocol.replace(':', ''));
  headers.set('x-forwarded-host', host);
  const url = `${simulator.origin}${pathname}${search}`;
  return { ...request, url, headers, allowInsecureConnection: true };
}
