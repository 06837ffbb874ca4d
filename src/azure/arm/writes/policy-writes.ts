import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { BackupWrites, PolicyPut } from '../../gateway.ts';
import { armHost, backupVersion, type ClientsOf } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { subject } from '../parse/azure-values.ts';
import { policyPath } from '../parse/policy-document.ts';
import { operationIn, sentWrite } from './sent-write.ts';

/**
 * Writes a policy. The body is sent as planned, bypassing the SDK's model, which is older than the service and would
 * silently omit what it doesn't know.
 */
export function policyWrites(clients: ClientsOf, ask: Ask): Pick<BackupWrites, 'putPolicy'> {
  return {
    putPolicy: ({ policyId, body }, attempt) =>
      ask({ name: 'putPolicy', doing: `writing the policy ${policyId}` }, async (): Promise<PolicyPut> => {
        policyPath(policyId);
        const client = clients(subject(policyId).subscription).backup();
        const path = policyId.split('/').map(encodeURIComponent).join('/');
        const sent = sentWrite(attempt);
        const { abortSignal, onResponse, requestOptions } = sent.options;
        const request = createPipelineRequest({
          url: `https://${armHost}${path}?api-version=${backupVersion}`,
          method: 'PUT',
          body: JSON.stringify({ properties: body }),
          abortSignal,
          headers: createHttpHeaders({
            'content-type': 'application/json',
            accept: 'application/json',
            ...requestOptions.headers,
          }),
        });
        const answer = await client.sendRequest(request);
        onResponse(answer);
        const operationId = answer.status === 202 ? operationIn((name) => answer.headers.get(name)) : null;
        return { ...sent.receipt(), operationId };
      }),
  };
}
