import type { PipelineResponse } from '@azure/core-rest-pipeline';
import type { Json } from '../../core/json.ts';
import type { AzureReads } from '../gateway.ts';
import type { ClientsOf } from './arm-clients.ts';
import { WireFailure } from './map-fault.ts';
import type { Ask } from './observed-call.ts';
import { orNull } from './observed-call.ts';
import { subject } from './parse/azure-values.ts';
import { policyDocument, policyPath } from './parse/policy-document.ts';

/** Reads one policy whole, as it has to be sent back when it is changed. */
export function policyReads(clients: ClientsOf, ask: Ask): Pick<AzureReads, 'policy'> {
  return {
    policy: (id) =>
      ask({ name: 'policy', doing: `reading the policy ${id}` }, async () => {
        const { protectionPolicies } = clients(subject(id).subscription).backup();
        let text: string | null = null;
        const onResponse = (response: PipelineResponse) => {
          text = response.bodyAsText ?? null;
        };
        const read = await orNull(protectionPolicies.get(...policyPath(id), { onResponse }));
        return read && policyDocument(read, parsed(text));
      }),
  };
}

function parsed(text: string | null): Json {
  if (text === null) throw new WireFailure({ kind: 'garbled', code: 'No-body' });
  return JSON.parse(text) as Json;
}
