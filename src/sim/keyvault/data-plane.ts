import type { Call } from '../http/call.ts';
import type { KeyVaultSpec } from '../state/state-keyvault.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { mayDo } from '../access/rights.ts';
import { keyVaultId, same } from '../ids.ts';
import { millis } from '../times.ts';
import { rightsInForce } from './access-policies.ts';

/** The host name of a key vault's data plane: its name is the first part. */
export function isDataPlane(host: string): boolean {
  return /\.vault\.azure\.net(:\d+)?$/i.test(host);
}

/** Key Vault's data plane: a call without token is answered with the challenge; of its calls only GET key exists. */
export function dataPlane(call: Call): Reply {
  const vault = call.world.state.keyVaults.find((known) => same(known.name, call.host.split('.')[0]));
  if (!vault) throw new ArmRefusal(404, 'VaultNotFound', `No such host is known: ${call.host}`);
  if (!call.caller) return challenge(call);
  const [, kind, name, version] = call.path.split('/');
  if (call.method !== 'GET' || !same(kind, 'keys') || !name) {
    throw new ArmRefusal(404, 'NotFound', 'The simulator has no such call of the Key Vault data plane.');
  }
  enforceFirewall(call, vault);
  enforceKeyRead(call, vault);
  return showKey(vault, { name, ...(version ? { version } : {}) });
}

function showKey(vault: KeyVaultSpec, asked: { name: string; version?: string }): Reply {
  const key = vault.keys.find((known) => same(known.name, asked.name));
  const found = asked.version ? key?.versions.find((one) => one.version === asked.version) : key?.versions.at(-1);
  if (!key || !found) {
    throw new ArmRefusal(404, 'KeyNotFound', `A key with (name/id) ${asked.name} was not found in this key vault.`);
  }
  const created = Math.floor(millis(found.created) / 1000);
  return ok(
    {
      key: {
        kid: `https://${vault.name}.vault.azure.net/keys/${key.name}/${found.version}`,
        kty: 'RSA',
        key_ops: ['wrapKey', 'unwrapKey'],
        n: 'AQAB',
        e: 'AQAB',
      },
      attributes: {
        enabled: found.enabled,
        ...(found.expires ? { exp: Math.floor(millis(found.expires) / 1000) } : {}),
        created,
        updated: created,
        recoveryLevel: 'Recoverable',
      },
      ...(key.certificate ? { managed: true } : {}),
    },
    'none',
  );
}

function challenge(call: Call): Reply {
  const authority = `https://login.microsoftonline.com/${call.world.state.tenantId}`;
  return {
    status: 401,
    headers: { 'www-authenticate': `Bearer authorization="${authority}", resource="https://vault.azure.net"` },
    body: { error: { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer or PoP token.' } },
    limit: 'none',
  };
}

/** The bot is not among the services that a firewall lets through, whatever its bypass says. */
function enforceFirewall(call: Call, vault: KeyVaultSpec): void {
  if (vault.firewall?.defaultAction !== 'Deny' && vault.publicNetworkAccess === 'Enabled') return;
  const text = `Client address is not authorized and caller is not a trusted service.\r\nClient address: 192.0.2.10\r\nCaller: oid=${call.caller?.objectId ?? ''}\r\nVault: ${vault.name};location=${vault.location}`;
  throw new ArmRefusal(403, 'Forbidden', text);
}

function enforceKeyRead(call: Call, vault: KeyVaultSpec): void {
  const caller = call.caller;
  if (!caller || caller.name === 'owner') return;
  const wanted = { action: 'Microsoft.KeyVault/vaults/keys/read', scope: keyVaultId(vault), data: true };
  const now = call.world.now().getTime();
  const allowed = vault.rbac
    ? mayDo(call.world, caller.objectId, wanted).allowed
    : vault.accessPolicies.some(
        (policy) =>
          same(policy.objectId, caller.objectId) &&
          (rightsInForce(policy, now).keys ?? []).some((word) => word === 'all' || word === 'get'),
      );
  if (allowed) return;
  const text = `Caller is not authorized to perform action on resource.\r\nCaller: oid=${caller.objectId}\r\nAction: '${wanted.action}'\r\nVault: ${vault.name};location=${vault.location}`;
  throw new ArmRefusal(403, 'Forbidden', text);
}
