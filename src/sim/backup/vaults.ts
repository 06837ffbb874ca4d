import { z } from 'zod';
import type { Call } from '../http/call.ts';
import type { VaultSpec } from '../state/state-backup.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { page } from '../http/paging.ts';
import { pollUrl } from '../http/signed-url.ts';
import { visible } from '../access/visible.ts';
import { listed } from '../http/place.ts';
import { at, same, vaultId } from '../ids.ts';
import { field, textField } from '../json.ts';
import { stamp } from '../times.ts';
import { newGuid, retryAfter, span } from '../state/world.ts';
import { theVault } from './find.ts';
import { enforceGuard } from './guard.ts';
import { accepted, startOperation } from './operations.ts';
import { later } from '../state/later.ts';
import { standardPolicy } from './policies/policy-properties.ts';
import { vaultBody, vaultConfigBody } from './vault-body.ts';

/** GET of the vaults of a subscription or a group, by region. */
export function listVaults(call: Call): Reply {
  const found = call.world.state.vaults
    .filter((vault) => listed(call, vault) && visible(call, vaultId(vault), 'Microsoft.RecoveryServices/Vaults/read'))
    .sort((one, other) => one.location.localeCompare(other.location));
  return ok(page<VaultSpec>(call, found, (vault) => vaultBody(vault, call.version)));
}

const vaultInput = z.looseObject({
  location: z.string().min(1),
  tags: z.record(z.string(), z.string()).nullish(),
  sku: z.looseObject({ name: z.string(), tier: z.string().nullish() }).nullish(),
  properties: z.unknown().optional(),
});

/** PUT of a vault: 201 when it is new. In 2021 it exists at once; from 2026 on a long-running operation creates it. */
export function putVault(call: Call): Reply {
  const parsed = vaultInput.safeParse(call.body);
  if (!parsed.success)
    throw new ArmRefusal(
      400,
      'LocationRequired',
      'The location property is required for this definition.',
    ).fromGateway();
  const place = {
    subscription: call.params.sub ?? '',
    resourceGroup: call.params.group ?? '',
    name: call.params.vault ?? '',
  };
  const known = at(call.world.state.vaults, place);
  if (known) {
    Object.assign(known, { tags: parsed.data.tags ?? known.tags, changed: stamp(call.world.now()) });
    call.world.changed();
    return ok(vaultBody(known, call.version), 'backup');
  }
  const vault = newVault(call, parsed.data);
  call.world.state.vaults.push(vault);
  call.world.state.policies.push({
    vaultId: vaultId(vault),
    name: 'DefaultPolicy',
    properties: standardPolicy({ time: '20:30', days: 30 }),
  });
  call.world.changed();
  const body = vaultBody(vault, call.version);
  if (vault.provisioning === 'Provisioning')
    return { status: 201, headers: madeLater(call, vault), body, limit: 'backup' };
  const network = { networkSettings: { publicNetworkAccess: 'Enabled' } };
  return {
    status: 201,
    body: { ...body, properties: { ...(body.properties as object), ...network } },
    limit: 'backup',
  };
}

function newVault(call: Call, sent: z.infer<typeof vaultInput>): VaultSpec {
  const soft = field(field(sent.properties, 'securitySettings'), 'softDeleteSettings');
  const state = textField(soft, 'softDeleteState');
  const days = field(soft, 'softDeleteRetentionPeriodInDays');
  return {
    subscription: call.params.sub ?? '',
    resourceGroup: call.params.group ?? '',
    name: call.params.vault ?? '',
    location: sent.location,
    tags: sent.tags ?? {},
    sku: { name: sent.sku?.name ?? 'Standard', ...(sent.sku?.tier ? { tier: sent.sku.tier } : {}) },
    redundancy: 'GeoRedundant',
    softDelete: state === 'AlwaysON' || state === 'Disabled' ? state : 'Enabled',
    softDeleteDays: typeof days === 'number' ? days : 14,
    enhancedSecurity: textField(soft, 'enhancedSecurityState') ?? 'Enabled',
    immutability: 'Disabled',
    provisioning: call.version >= '2025-08-01' ? 'Provisioning' : 'Succeeded',
    undiscovered: [],
    changed: stamp(call.world.now()),
  };
}

function madeLater(call: Call, vault: VaultSpec): Record<string, string> {
  const id = vaultId(vault);
  const operationId = vaultOperation(call, id);
  later(call.world, span(call.world, 20, 40), { kind: 'vault-made', vaultId: id });
  return {
    'azure-asyncoperation': pollUrl(call, `${id}/operationStatus/${operationId}`),
    'retry-after': retryAfter(call.world, 60),
  };
}

/** An operation of the vault itself: its ID is no GUID, and it ends within a minute. */
function vaultOperation(call: Call, id: string): string {
  const operationId = Buffer.from(`2047;${newGuid(call.world)}`).toString('base64');
  startOperation(call.world, id, { id: operationId });
  later(call.world, span(call.world, 20, 40), { kind: 'operation-succeeds', operationId });
  return operationId;
}

/**
 * DELETE of a vault: refused while it holds items. In 2021 a 200 and gone at once, from 2024 on a long-running
 * operation.
 */
export function deleteVault(call: Call): Reply {
  const vault = theVault(call);
  const id = vaultId(vault);
  if (call.world.state.items.some((item) => same(item.vaultId, id))) {
    throw new ArmRefusal(
      409,
      'BMSUserErrorVaultDeletionNotPermitted',
      'Recovery Services vault cannot be deleted as there are backup items in the vault.',
    );
  }
  call.world.state.vaults = call.world.state.vaults.filter((known) => known !== vault);
  call.world.changed();
  if (call.version < '2024-01-01') return { status: 200, limit: 'backup' };
  const operation = vaultOperation(call, id);
  const status = pollUrl(call, `${id}/operationStatus/${operation}`);
  return {
    ...accepted(call, { status, result: pollUrl(call, `${id}/operationResults/${operation}`) }),
    limit: 'backup',
  };
}

/**
 * PATCH of a vault, as `az backup vault update` sends it (azure-rest-api-specs, `Vaults_Update`): what is kept here of
 * it is its immutability and its tags. That it is over at once isn't recorded: Azure may answer 202.
 */
export function patchVault(call: Call): Reply {
  const vault = theVault(call);
  const security = field(field(call.body, 'properties'), 'securitySettings');
  const state = textField(field(security, 'immutabilitySettings'), 'state');
  vault.immutability = state === 'Unlocked' || state === 'Locked' || state === 'Disabled' ? state : vault.immutability;
  vault.changed = stamp(call.world.now());
  call.world.changed();
  return ok(vaultBody(vault, call.version), 'backup');
}

/** PATCH or PUT of `vaultconfig`: 200 at once with the whole object. */
export function patchVaultConfig(call: Call): Reply {
  const vault = theVault(call);
  const sent = field(call.body, 'properties');
  const state = textField(sent, 'softDeleteFeatureState');
  if (state === 'Disabled' && vault.softDelete !== state) enforceGuard(call, 'disableSoftDeleteRequests', sent);
  if (state === 'Enabled' || state === 'Disabled' || state === 'AlwaysON') vault.softDelete = state;
  vault.enhancedSecurity = textField(sent, 'enhancedSecurityState') ?? vault.enhancedSecurity;
  call.world.changed();
  return ok(vaultConfigBody(vault, call.version), 'writes');
}
