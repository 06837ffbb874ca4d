import type { Call } from '../http/call.ts';
import { field, type JsonBody } from '../json.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { page } from '../http/paging.ts';
import { methodAndPath, routerOf, type Route } from '../http/route.ts';
import { same } from '../ids.ts';
import { sealed } from './backup-blob.ts';
import { enforceAccess } from './data-access.ts';
import { bundle, deletedBundle, withoutValue } from './data-bodies.ts';
import {
  deletedNamed,
  deletedOf,
  objectNamed,
  recover,
  restore,
  setSecret,
  theObject,
  versionNamed,
  type ObjectCall,
} from './objects.ts';

/**
 * The calls of the data plane, each with the access policy permission and the data action that it needs:
 * learn.microsoft.com, REST of Key Vault, and Azure/KeyVault-AccessPolicyToRBAC-CompareTool. Reading one deleted secret
 * needs `get`, and nobody has recorded which data action that is; listing them needs `list`.
 */
const router = routerOf([
  route('GET /keys/:object/versions', ['list', 'read'], showVersions),
  route('GET /keys/:object', ['get', 'read'], show),
  route('GET /keys/:object/:version', ['get', 'read'], show),
  route('PATCH /keys/:object/:version', ['update', 'update/action'], update),
  route('POST /keys/restore', ['restore', 'restore/action'], (asked) => bundle(asked, restore(asked))),
  route('POST /keys/:object/backup', ['backup', 'backup/action'], backUp),
  route('GET /deletedkeys', ['list', 'read'], listDeleted),
  route('GET /deletedkeys/:object', ['get', 'read'], showDeleted),
  route('POST /deletedkeys/:object/recover', ['recover', 'recover/action'], recoverDeleted),
  route('GET /secrets/:object/versions', ['list', 'readMetadata/action'], showVersions),
  route('GET /secrets/:object', ['get', 'getSecret/action'], show),
  route('GET /secrets/:object/:version', ['get', 'getSecret/action'], show),
  route('PATCH /secrets/:object', ['set', 'setSecret/action'], update),
  route('PATCH /secrets/:object/:version', ['set', 'setSecret/action'], update),
  route('PUT /secrets/:object', ['set', 'setSecret/action'], (asked) => bundle(asked, setSecret(asked))),
  route('POST /secrets/restore', ['restore', 'restore/action'], (asked) => withoutValue(asked, restore(asked))),
  route('POST /secrets/:object/backup', ['backup', 'backup/action'], backUp),
  route('GET /deletedsecrets', ['list', 'readMetadata/action'], listDeleted),
  route('GET /deletedsecrets/:object', ['get', 'readMetadata/action'], showDeleted),
  route('POST /deletedsecrets/:object/recover', ['recover', 'recover/action'], recoverDeleted),
]);

/** The host name of a key vault's data plane, which begins with the vault's name. */
export function isDataPlane(host: string): boolean {
  return /\.vault\.azure\.net(:\d+)?$/i.test(host);
}

/** Key Vault's data plane: the content of keys and secrets. A call without a token is answered with the challenge. */
export function dataPlane(call: Call): Reply {
  if (!call.caller) return challenge(call);
  const found = router(call.method, call.path);
  if (!found) throw new ArmRefusal(404, 'NotFound', 'The simulator has no such call of the Key Vault data plane.');
  call.params = found.params;
  return found.route.handle(call);
}

function route(text: string, [policy, action]: [string, string], answer: (asked: ObjectCall) => JsonBody): Route {
  const { method, path } = methodAndPath(text);
  const kind = /keys/.test(path) ? 'keys' : 'secrets';
  const right = { kind, policy, action: `Microsoft.KeyVault/vaults/${kind}/${action}` } as const;
  return {
    method,
    path,
    type: 'Microsoft.KeyVault/vaults/data',
    action: right.action,
    handle: (call) => {
      const vault = call.world.state.keyVaults.find((known) => same(known.name, call.host.split('.')[0]));
      // In reality there is no such host.
      if (!vault) throw new ArmRefusal(404, 'VaultNotFound', `No such host is known: ${call.host}`);
      enforceAccess(call, vault, right);
      return ok(answer({ call, vault, kind }), 'none');
    },
  };
}

function show(asked: ObjectCall): JsonBody {
  const found = versionNamed(asked);
  const isHidden = asked.kind === 'secrets' && !found.version.enabled;
  if (!isHidden) return bundle(asked, found);
  const text = 'Operation get is not allowed on a disabled secret.';
  throw new ArmRefusal(403, 'Forbidden', text).because('SecretDisabled');
}

/** Enables a version or disables it, without one the newest (Key Vault's REST reference: UpdateKey, UpdateSecret). */
function update(asked: ObjectCall): JsonBody {
  const found = versionNamed(asked);
  const enabled = field(field(asked.call.body, 'attributes'), 'enabled');
  if (typeof enabled === 'boolean') found.version.enabled = enabled;
  asked.call.world.changed();
  return asked.kind === 'keys' ? bundle(asked, found) : withoutValue(asked, found);
}

/** An object that doesn't exist has no versions, which is no error (recorded by azure-sdk-for-js). */
function showVersions(asked: ObjectCall): JsonBody {
  const { name = '', versions = [] } = objectNamed(asked) ?? {};
  return page(asked.call, versions, (version) => withoutValue(asked, { object: { name, versions }, version }));
}

function listDeleted(asked: ObjectCall): JsonBody {
  return page(asked.call, deletedOf(asked.vault, asked.kind), (object) => deletedBundle(asked, object));
}

function showDeleted(asked: ObjectCall): JsonBody {
  return deletedBundle(asked, deletedNamed(asked));
}

/** A restored secret is returned without its value. */
function recoverDeleted(asked: ObjectCall): JsonBody {
  const found = recover(asked);
  return asked.kind === 'keys' ? bundle(asked, found) : withoutValue(asked, found);
}

function backUp(asked: ObjectCall): JsonBody {
  return { value: sealed(asked.vault, asked.kind, theObject(asked)).toString('base64url') };
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
