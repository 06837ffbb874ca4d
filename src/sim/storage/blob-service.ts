import type { Call } from '../http/call.ts';
import type { BlobSpec, StorageAccountSpec } from '../state/state-storage.ts';
import type { Reply } from '../http/reply.ts';
import { callerMay } from '../access/rights.ts';
import { idOf, same } from '../ids.ts';
import { millis } from '../times.ts';
import { listText } from './blob-list.ts';
import { StorageRefusal, storageRefusalReply } from './storage-refusal.ts';

const DATA = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

/** The host name of a storage account's blob service, which begins with the account's name. */
export function isBlobService(host: string): boolean {
  return /\.blob\.core\.windows\.net(:\d+)?$/i.test(host);
}

/**
 * The blob service: read, list and delete, with a token of Entra. Codes and texts are those of "Azure Storage error
 * codes" and "Authorize with Microsoft Entra ID" (Microsoft's REST reference); shared keys and SAS aren't supported.
 */
export function blobService(call: Call): Reply {
  try {
    return answer(call);
  } catch (error) {
    if (error instanceof StorageRefusal) return storageRefusalReply(error);
    throw error;
  }
}

function answer(call: Call): Reply {
  const account = call.world.state.storageAccounts.find((one) => same(one.name, call.host.split('.')[0]));
  if (!account) throw new StorageRefusal(404, 'ResourceNotFound', `No such host is known: ${call.host}`);
  if (!call.caller) return challenge(call);
  if (call.storageVersion === null) {
    throw new StorageRefusal(403, 'AuthenticationFailed', 'Server failed to authenticate the request.');
  }
  if (account.firewalled) {
    throw new StorageRefusal(403, 'AuthorizationFailure', 'This request is not authorized to perform this operation.');
  }
  const [, container = '', ...rest] = call.path.split('/');
  const name = rest.join('/');
  enforceDataRight(call, account, { container, action: call.method === 'DELETE' ? 'delete' : 'read' });
  if (call.method === 'GET' && call.query.get('comp') === 'list') return list(call, account, container);
  const blob = theBlob(call, account, { container, name });
  if (call.method === 'GET') return show(blob);
  if (call.method === 'DELETE') return remove(call, blob);
  throw new StorageRefusal(405, 'UnsupportedHttpVerb', 'The resource does not support the specified HTTP verb.');
}

/** Here a container exists as long as something is in it. */
function list(call: Call, account: StorageAccountSpec, container: string): Reply {
  const blobs = call.world.state.blobs.filter((one) => same(one.account, account.name) && one.container === container);
  if (blobs.length === 0) {
    throw new StorageRefusal(404, 'ContainerNotFound', 'The specified container does not exist.');
  }
  return xml(200, listText(call, container, blobs));
}

function show(blob: BlobSpec): Reply {
  if (!('text' in blob)) throw new StorageRefusal(501, 'NotImplemented', 'The simulator keeps no content of disks.');
  const bytes = contentOf(blob);
  const type = blob.encoding === 'utf16le' ? 'PageBlob' : 'BlockBlob';
  return {
    status: 200,
    headers: { 'x-ms-blob-type': type, 'last-modified': new Date(millis(blob.made)).toUTCString() },
    content: { type: 'application/octet-stream', bytes },
    limit: 'none',
  };
}

function remove(call: Call, blob: BlobSpec): Reply {
  const { state } = call.world;
  state.blobs = state.blobs.filter((one) => one !== blob);
  call.world.changed();
  return { status: 202, headers: { 'x-ms-delete-type-permanent': 'true' }, limit: 'none' };
}

/** The bytes of a blob: a page blob has whole pages, the last one padded with NULs. */
function contentOf(blob: Extract<BlobSpec, { text: string }>): Buffer {
  const bytes = Buffer.from(blob.text, blob.encoding);
  if (blob.encoding !== 'utf16le') return bytes;
  const page = 512;
  return Buffer.concat([bytes, Buffer.alloc((page - (bytes.length % page)) % page)]);
}

function theBlob(call: Call, account: StorageAccountSpec, at: { container: string; name: string }): BlobSpec {
  const inAccount = call.world.state.blobs.filter((one) => same(one.account, account.name));
  const found = inAccount.find((one) => one.container === at.container && one.name === at.name);
  if (!found) throw new StorageRefusal(404, 'BlobNotFound', 'The specified blob does not exist.');
  return found;
}

function challenge(call: Call): Reply {
  const authority = `https://login.microsoftonline.com/${call.world.state.tenantId}/oauth2/authorize`;
  const reply = storageRefusalReply(
    new StorageRefusal(401, 'NoAuthenticationInformation', 'Server failed to authenticate the request.'),
  );
  const wanted = `Bearer authorization_uri=${authority} resource_id=https://storage.azure.com`;
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': wanted } };
}

function enforceDataRight(call: Call, account: StorageAccountSpec, asked: { container: string; action: string }): void {
  const { caller } = call;
  if (!caller || caller.name === 'owner') return;
  const id = idOf('Microsoft.Storage/storageAccounts', account);
  const scope = `${id}/blobServices/default/containers/${asked.container}`;
  const wanted = { action: `${DATA}/${asked.action}`, scope, data: true };
  if (callerMay(call, wanted).allowed) return;
  throw new StorageRefusal(
    403,
    'AuthorizationPermissionMismatch',
    'This request is not authorized to perform this operation using this permission.',
  );
}

function xml(status: number, text: string): Reply {
  return { status, content: { type: 'application/xml', bytes: Buffer.from(text) }, limit: 'none' };
}
