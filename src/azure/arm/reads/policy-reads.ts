import type { ResourceGuardOperationDetail } from '@azure/arm-recoveryservicesbackup';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import type { Json } from '../../../core/json.ts';
import type { AzureReads, GuardedOperation } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { vaultPath } from './backup-reads.ts';
import { everyPage } from './every-page.ts';
import { WireFailure } from '../map-fault.ts';
import { type Ask, orNull } from '../transport/observed-call.ts';
import { subject, wordOrNull } from '../parse/azure-values.ts';
import { operationStatusOf } from '../parse/backup-answers.ts';
import { policyDocument, policyPath } from '../parse/policy-document.ts';

/**
 * Reads one policy in full, as it has to be sent back when it is changed; the state of its write; and what guards it.
 */
export function policyReads(
  clients: ClientsOf,
  ask: Ask,
): Pick<AzureReads, 'policy' | 'policyOperation' | 'guardedOperations'> {
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

    policyOperation: ({ policyId, operationId }) =>
      ask({ name: 'policyOperation', doing: `following operation ${operationId}` }, async () => {
        const { protectionPolicyOperationStatuses } = clients(subject(policyId).subscription).backup();
        const status = await orNull(protectionPolicyOperationStatuses.get(...policyPath(policyId), operationId));
        return status && operationStatusOf(status);
      }),

    guardedOperations: (vaultId) =>
      ask({ name: 'guardedOperations', doing: `reading what guards ${vaultId}` }, async () => {
        const { resourceGuardProxies } = clients(subject(vaultId).subscription).backup();
        const all = await everyPage((options) => resourceGuardProxies.list(...vaultPath(vaultId), options));
        return all.flatMap(({ properties }) => (properties?.resourceGuardOperationDetails ?? []).flatMap(guarded));
      }),
  };
}

function guarded(detail: ResourceGuardOperationDetail): GuardedOperation[] {
  const operation = wordOrNull(detail.vaultCriticalOperation);
  return operation ? [{ operation, request: wordOrNull(detail.defaultResourceRequest) }] : [];
}

function parsed(text: string | null): Json {
  if (text === null) throw new WireFailure({ kind: 'garbled', code: 'No-body' });
  return JSON.parse(text) as Json;
}
