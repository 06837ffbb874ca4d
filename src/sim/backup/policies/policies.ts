import type { Call } from '../../http/call.ts';
import { field, type Json, type JsonBody, textField } from '../../json.ts';
import type { SimState } from '../../state/state.ts';
import type { PolicySpec } from '../../state/state-backup.ts';
import type { EffectBody } from '../../state/effects.ts';
import { ArmRefusal, ok, type Reply } from '../../http/reply.ts';
import { andTerms, wanted } from '../../http/filter.ts';
import { page } from '../../http/paging.ts';
import { pollUrl } from '../../http/signed-url.ts';
import { takeOperationFault } from '../../faults.ts';
import { span } from '../../state/world.ts';
import { accepted, startOperation } from '../operations.ts';
import { later } from '../../state/later.ts';
import { same } from '../../ids.ts';
import { isWeaker } from '../../weaker-policy.ts';
import { theVaultId } from '../find.ts';
import { enforceGuard } from '../guard.ts';

/** A policy as Azure Backup returns it, with the number of items it protects. */
function policyBody(state: SimState, policy: PolicySpec): JsonBody {
  const id = policyId(policy);
  return {
    id,
    name: policy.name,
    type: 'Microsoft.RecoveryServices/vaults/backupPolicies',
    properties: {
      ...policy.properties,
      protectedItemsCount: state.items.filter((item) => same(item.policyId, id)).length,
    },
  };
}

/** GET of one vault's policies, of one kind of workload if the filter says so. */
export function listPolicies(call: Call): Reply {
  const vaultId = theVaultId(call);
  const kind = wanted(andTerms(call.query.get('$filter')), 'backupManagementType');
  const found = call.world.state.policies.filter(
    (policy) =>
      same(policy.vaultId, vaultId) && (!kind || same(textField(policy.properties, 'backupManagementType'), kind)),
  );
  return ok(
    page(call, found, (policy) => policyBody(call.world.state, policy)),
    'backup',
  );
}

/** GET of one policy. */
export function showPolicy(call: Call): Reply {
  const policy = findPolicy(call.world.state, `${theVaultId(call)}/backupPolicies/${call.params.policy ?? ''}`);
  if (!policy) throw new ArmRefusal(404, 'BMSUserErrorObjectNotFound', 'Object not found');
  return ok(policyBody(call.world.state, policy), 'backup');
}

/**
 * PUT of a policy: 200 with the whole object at once, also for a new one (recorded: policy-put-200-2022.json); 202
 * where VMs use it, which then have to be updated (azure-rest-api-specs ProtectionPolicies_CreateOrUpdate: "This is an
 * asynchronous operation"; az-powershell follows GetProtectionPolicyOperationStatus after a 202). Nobody has recorded
 * the 202: that its body is empty and that the old policy shows until the operation ends is inferred. Milliseconds in
 * times are dropped.
 */
export function putPolicy(call: Call): Reply {
  const vaultId = theVaultId(call);
  const name = call.params.policy ?? '';
  const sent = field(call.body, 'properties');
  if (!textField(sent, 'backupManagementType') || !field(sent, 'schedulePolicy') || !field(sent, 'retentionPolicy')) {
    throw new ArmRefusal(
      400,
      'BMSUserErrorInvalidPolicyInput',
      'Input for create or update policy is not in proper format\r\nPlease check format of parameters like schedule time, schedule days, retention time and retention days ',
    );
  }
  const properties = withoutMillis(sent as Json) as { [name: string]: Json };
  delete properties.protectedItemsCount;
  const id = `${vaultId}/backupPolicies/${name}`;
  const held = findPolicy(call.world.state, id);
  if (held && isWeaker(held.properties, properties)) enforceGuard(call, 'updateProtectionPolicyRequests', sent);
  delete properties.resourceGuardOperationRequests;
  if (call.world.state.items.some((item) => same(item.policyId, id)))
    return update(call, { vaultId, name, properties });
  const policy = keepPolicy(call.world.state, { vaultId, name, properties });
  call.world.changed();
  const guard = call.version >= '2025-01-01' ? { resourceGuardOperationRequests: null } : {};
  const body = policyBody(call.world.state, policy);
  return ok({ ...body, properties: { ...(body.properties as JsonBody), ...guard } }, 'writes');
}

function update(call: Call, { vaultId, name, properties }: PolicySpec): Reply {
  const { world } = call;
  const path = `${vaultId}/backupPolicies/${name}`;
  const operation = startOperation(world, vaultId);
  const fault = takeOperationFault(world.state.faults, path);
  const ends: EffectBody = fault
    ? { kind: 'operation-fails', operationId: operation.id, code: fault.code, message: fault.message }
    : { kind: 'policy-ends', operationId: operation.id, vaultId, name, properties };
  later(world, span(world, 8, 14), ends);
  return accepted(call, {
    status: pollUrl(call, `${path}/operations/${operation.id}`),
    result: pollUrl(call, `${path}/operationResults/${operation.id}`),
  });
}

/** Creates or replaces a policy. */
export function keepPolicy(state: SimState, { vaultId, name, properties }: PolicySpec): PolicySpec {
  const known = findPolicy(state, `${vaultId}/backupPolicies/${name}`);
  if (known) return Object.assign(known, { properties });
  const policy = { vaultId, name, properties };
  state.policies.push(policy);
  return policy;
}

/** The policy with this ID. */
export function findPolicy(state: SimState, id: string): PolicySpec | undefined {
  return state.policies.find((policy) => same(policyId(policy), id));
}

/** V2 for an Enhanced policy; a Standard one has no such field. */
export function policyTypeOf(state: SimState, id: string): 'V1' | 'V2' {
  const policy = findPolicy(state, id);
  return policy && textField(policy.properties, 'policyType') === 'V2' ? 'V2' : 'V1';
}

/** Whether its snapshots are taken without agent and extension; the field exists from api-version 2025-02-01 on. */
export function isCrashConsistentOnly(state: SimState, id: string): boolean {
  const policy = findPolicy(state, id);
  return policy !== undefined && textField(policy.properties, 'snapshotConsistencyType') === 'OnlyCrashConsistent';
}

function policyId(policy: PolicySpec): string {
  return `${policy.vaultId}/backupPolicies/${policy.name}`;
}

function withoutMillis(value: Json): Json {
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z$/, '$1Z');
  if (Array.isArray(value)) return value.map(withoutMillis);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutMillis(part)]));
}
