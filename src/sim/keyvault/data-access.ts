import type { Call } from '../http/call.ts';
import type { KeyVaultSpec } from '../state/state-keyvault.ts';
import { ArmRefusal } from '../http/reply.ts';
import { callerMay } from '../access/rights.ts';
import { keyVaultId, same } from '../ids.ts';
import { rightsInForce } from './access-policies.ts';

/** What a call of the data plane needs: a permission of an access policy, and a role's data action. */
type DataRight = { kind: 'keys' | 'secrets'; policy: string; action: string };

/**
 * Refuses a caller from a network that isn't allowed, or without the permission: by role or by access policy, depending
 * on the key vault. The texts are those of hashicorp/terraform-provider-azurerm and microsoft/AzureTRE 1237, shortened.
 */
export function enforceAccess(call: Call, vault: KeyVaultSpec, right: DataRight): void {
  enforceNetwork(call, vault);
  const { caller } = call;
  if (!caller || caller.name === 'owner') return;
  if (vault.rbac) enforceRole(call, vault, { oid: caller.objectId, action: right.action });
  else enforcePolicy(call, vault, { oid: caller.objectId, ...right });
}

/** The product isn't among the services that a firewall lets through, whatever its bypass says. */
function enforceNetwork(call: Call, vault: KeyVaultSpec): void {
  const caller = `Caller: oid=${call.caller?.objectId ?? ''}\r\n${placeOf(vault)}`;
  if (vault.publicNetworkAccess !== 'Enabled') {
    const text = 'Public network access is disabled and request is not from a trusted service nor via an approved';
    throw forbidden('ForbiddenByConnection', `${text} private link.\r\n${caller}`);
  }
  if (vault.firewall?.defaultAction !== 'Deny') return;
  const text = 'Client address is not authorized and caller is not a trusted service.\r\nClient address: 192.0.2.10';
  throw forbidden('ForbiddenByFirewall', `${text}\r\n${caller}`);
}

function enforceRole(call: Call, vault: KeyVaultSpec, { oid, action }: { oid: string; action: string }): void {
  const id = keyVaultId(vault);
  const [, kind = '', name = ''] = call.path.split('/');
  const scope = name === '' || name === 'restore' ? id : `${id}/${kind.replace('deleted', '')}/${name}`;
  if (callerMay(call, { action, scope, data: true }).allowed) return;
  const text = 'Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or';
  throw forbidden(
    'ForbiddenByRbac',
    `${text} role definitions were changed recently, please observe propagation time.\r\nCaller: oid=${oid}\r\nAction: '${action}'\r\nResource: '${scope}'\r\nAssignment: (not found)\r\n${placeOf(vault)}`,
  );
}

function enforcePolicy(call: Call, vault: KeyVaultSpec, wanted: DataRight & { oid: string }): void {
  const now = call.world.now().getTime();
  const allowed = vault.accessPolicies
    .filter((policy) => same(policy.objectId, wanted.oid))
    .flatMap((policy) => rightsInForce(policy, now)[wanted.kind] ?? [])
    .some((word) => same(word, 'all') || same(word, wanted.policy));
  call.needed.push({ by: 'policy', right: `${wanted.kind}/${wanted.policy}`, scope: keyVaultId(vault), held: allowed });
  if (allowed) return;
  const who = `The user, group or application 'oid=${wanted.oid}' does not have ${wanted.kind} ${wanted.policy} permission`;
  throw forbidden(
    'ForbiddenByPolicy',
    `${who} on key vault '${vault.name};location=${vault.location}'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`,
  );
}

function forbidden(inner: string, text: string): ArmRefusal {
  return new ArmRefusal(403, 'Forbidden', text).because(inner);
}

function placeOf(vault: KeyVaultSpec): string {
  return `Vault: ${vault.name};location=${vault.location}`;
}
