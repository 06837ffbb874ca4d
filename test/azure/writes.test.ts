import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AzureGateway } from '../../src/azure/gateway.ts';
import { eventually } from '../support/eventually.ts';
import { attemptOf } from './support/attempt.ts';
import { accessPolicy, assignment, writeCalls } from './support/calls.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { itemId, keyVaultId, policyId, principal, ref, roleId, vaultId, vmId } from './support/names.ts';
import { type Reply, startWire, type Wire } from './support/wire-server.ts';

let wire: Wire;
let azure: AzureGateway;
beforeAll(async () => {
  wire = await startWire();
  azure = gatewayOn(wire.url);
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.seen.length = 0;
});

const attempt = attemptOf('5f0a4f5e-0000-4000-8000-0000000000aa');
const date = 'Mon, 22 Apr 2024 10:46:02 GMT';
const signature = `&t=638493795625829107&c=${'M'.repeat(2500)}&s=FsXF&h=bs7C`;
const accepted = (address: Record<string, string>): Reply => ({
  status: 202,
  headers: { date, 'x-ms-request-id': 'azure-1', ...address },
});
const status = `https://management.azure.com${itemId}/operationsStatus/op-1?api-version=2025-02-01${signature}`;

describe('what is sent, and what is kept from the answer', () => {
  test('protect', async () => {
    wire.answer(/./, accepted({ 'azure-asyncoperation': status }));
    const expected = { vaultId, operationId: 'op-1', requestId: 'azure-1' };
    expect(await writeCalls.protect(azure, attempt)).toEqual(expected);
    expect(wire.seen[0]).toMatchObject({
      method: 'PUT',
      path: itemId,
      body: {
        properties: { protectedItemType: 'Microsoft.Compute/virtualMachines', sourceResourceId: vmId, policyId },
      },
    });
  });

  test.each([
    ['some left out', { luns: [0, 3], only: false }, { diskLunList: [0, 3], isInclusionList: false }],
    ['only the OS disk', { luns: [], only: true }, { diskLunList: [], isInclusionList: true }],
    ['all again', null, undefined],
  ])('protect, with its disks: %s', async (_what, disks, diskExclusionProperties) => {
    wire.answer(/./, accepted({ 'azure-asyncoperation': status }));
    await azure.writes.protect({ ref, vmId, policyId, disks }, attempt);
    const { properties } = wire.seen[0]!.body as { properties: object };
    expect(properties).toEqual({
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      sourceResourceId: vmId,
      policyId,
      extendedProperties: diskExclusionProperties ? { diskExclusionProperties } : {},
    });
  });

  test('startBackup, with the day until which it is kept', async () => {
    wire.answer(/./, accepted({ location: status.replace('operationsStatus', 'operationResults') }));
    expect(await writeCalls.startBackup(azure, attempt)).toEqual({
      vaultId,
      operationId: 'op-1',
      requestId: 'azure-1',
    });
    expect(wire.seen[0]).toMatchObject({
      method: 'POST',
      path: `${itemId}/backup`,
      body: {
        properties: {
          objectType: 'IaasVMBackupRequest',
          recoveryPointExpiryTimeInUTC: '2026-12-24T10:46:00.000Z',
        },
      },
    });
  });

  test('refreshContainers', async () => {
    const location = `https://management.azure.com${vaultId}/backupFabrics/Azure/operationResults/op-2?api-version=x`;
    wire.answer(/./, accepted({ location }));
    expect(await writeCalls.refreshContainers(azure, attempt)).toMatchObject({ operationId: 'op-2' });
    expect(wire.seen[0]!.path).toBe(`${vaultId}/backupFabrics/Azure/refreshContainers`);
  });

  test('cancelJob', async () => {
    wire.answer(/./, accepted({}));
    expect(await writeCalls.cancelJob(azure, attempt)).toEqual({ requestId: 'azure-1', date: new Date(date) });
    expect(wire.seen[0]!.path).toBe(`${vaultId}/backupJobs/job-1/cancel`);
  });

  test('addAccessPolicy adds, by the second identity', async () => {
    wire.answer(/./, { status: 200, headers: { date }, body: { properties: { accessPolicies: [] } } });
    expect(await writeCalls.addAccessPolicy(azure, attempt)).toEqual({ requestId: null, date: new Date(date) });
    const { tenantId, objectId, keys, secrets, certificates, storage } = accessPolicy;
    expect(wire.seen[0]).toMatchObject({
      method: 'PUT',
      path: `${keyVaultId}/accessPolicies/add`,
      headers: { authorization: 'Bearer kluis-grant' },
      body: {
        properties: { accessPolicies: [{ tenantId, objectId, permissions: { keys, secrets, certificates, storage } }] },
      },
    });
  });

  test('assignRole, by the second identity, at one URL with single slashes', async () => {
    wire.answer(/./, { status: 201, body: { id: 'x' } });
    await writeCalls.assignRole(azure, attempt);
    expect(wire.seen[0]).toMatchObject({
      method: 'PUT',
      path: `${keyVaultId}/providers/Microsoft.Authorization/roleAssignments/${assignment.name}`,
      headers: { authorization: 'Bearer kluis-grant' },
      body: {
        properties: {
          roleDefinitionId: roleId,
          principalId: principal,
          principalType: 'ServicePrincipal',
          description: 'Kluis request 7',
        },
      },
    });
  });

  test('no second identity, no grants', () => {
    expect(gatewayOn(wire.url, { grant: null }).grants).toBeNull();
  });

  test('no third identity, no restores', () => {
    expect(gatewayOn(wire.url, { restore: null }).restores).toBeNull();
  });

  test.each(['grant', 'restore'] as const)('the permissions of the %s identity are read as itself', async (one) => {
    wire.answer(/permissions$/, { body: { value: [{ actions: ['a'], notActions: ['b'] }] } });
    expect(await azure[`${one}s`]!.permissions(keyVaultId)).toMatchObject([{ actions: ['a'], notActions: ['b'] }]);
    expect(wire.seen[0]!.headers.authorization).toBe(`Bearer kluis-${one}`);
  });
});

describe.each(Object.keys(writeCalls) as (keyof typeof writeCalls)[])('%s', (name) => {
  test.each([
    ['403', { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'm' } } }, 'forbidden', false],
    ['404', { status: 404, body: { error: { code: 'ResourceNotFound' } } }, 'missing', false],
    ['409', { status: 409, body: { error: { code: 'RoleAssignmentExists' } } }, 'conflict', false],
    ['400', { status: 400, body: { error: { code: 'PrincipalNotFound' } } }, 'refused', false],
    ['401', { status: 401, body: { error: { code: 'ExpiredAuthenticationToken' } } }, 'unauthenticated', false],
    ['429', { status: 429 }, 'throttled', false],
    ['429 with a short wait', { status: 429, headers: { 'retry-after': '1' } }, 'throttled', false],
    ['429 with a long wait', { status: 429, headers: { 'retry-after': '60' } }, 'throttled', false],
    ['500', { status: 500, body: { error: { code: 'CloudInternalError' } } }, 'unavailable', true],
    ['503', { status: 503, headers: { 'retry-after': '1' } }, 'unavailable', true],
    ['408', { status: 408 }, 'unavailable', true],
    ['a reset connection', 'reset', 'unavailable', true],
    ['half an answer', 'cut', 'unavailable', true],
    ['silence', 'silence', 'unavailable', true],
    ['an HTML page', { body: '<html>', headers: { 'content-type': 'text/html' } }, 'garbled', true],
    ['half a JSON text', { body: '{"properties":' }, 'garbled', true],
    ['a redirect', { status: 307, headers: { location: 'https://management.azure.com/again' } }, 'garbled', true],
  ] as [string, Reply, string, boolean][])(
    '%s: sent once, and the doubt is reported',
    async (...[, reply, kind, doubtful]) => {
      wire.answer(/./, reply);
      const hurried = attemptOf(attempt.id, { answerMs: reply === 'silence' ? 500 : 5000 });
      const fault = await faultOf(writeCalls[name](azure, hurried));
      expect(fault).toMatchObject({ kind, doubtful });
      expect(wire.seen.map(({ headers }) => headers['x-ms-client-request-id'])).toEqual([attempt.id]);
    },
  );

  test('each on a connection of its own', async () => {
    wire.answer(/./, { status: 409 });
    await faultOf(writeCalls[name](azure, attempt));
    expect(wire.seen[0]!.headers.connection).toBe('close');
  });

  test('aborted while it is on its way', async () => {
    const taken = new AbortController();
    wire.answer(/./, () => {
      taken.abort();
      return 'silence';
    });
    const fault = await faultOf(writeCalls[name](azure, { ...attempt, signal: taken.signal }));
    expect(fault).toMatchObject({ kind: 'unavailable', doubtful: true });
    expect(wire.seen).toHaveLength(1);
  });

  test('that has missed its deadline is not sent, and nothing is even connected', async () => {
    const late = attemptOf(attempt.id, { mayLeave: () => false });
    expect((await faultOf(writeCalls[name](azure, late))).facts).toMatchObject({ code: 'TooLate' });
    expect(wire.seen).toHaveLength(0);
  });

  test('that misses its deadline while it connects is not sent: the last check is once the connection is open', async () => {
    let looks = 0;
    const late = attemptOf(attempt.id, { mayLeave: () => (looks += 1) === 1 });
    expect((await faultOf(writeCalls[name](azure, late))).facts).toMatchObject({ code: 'TooLate' });
    expect([looks, wire.seen.length]).toEqual([2, 0]);
  });

  test('that waits for a token until its deadline is not sent', async () => {
    const waits: AbortSignal[] = [];
    const never = {
      getToken: (_: unknown, how?: { abortSignal?: unknown }) =>
        new Promise<never>(() => waits.push(how?.abortSignal as AbortSignal)),
    };
    const over = new AbortController();
    const slow = gatewayOn(wire.url, { operate: never, grant: never, restore: never });
    const call = faultOf(writeCalls[name](slow, attemptOf(attempt.id, { over: over.signal })));
    await eventually('it waits for a token', () => waits.length === 1);
    over.abort();
    expect((await call).facts).toMatchObject({ kind: 'unauthenticated' });
    expect(waits[0]!.aborted).toBe(true);
    expect(wire.seen).toHaveLength(0);
  });

  test('whose deadline passes after it was sent is still answered', async () => {
    const over = new AbortController();
    wire.answer(/./, () => {
      over.abort();
      return { status: 409 };
    });
    const call = writeCalls[name](azure, attemptOf(attempt.id, { over: over.signal }));
    expect((await faultOf(call)).kind).toBe('conflict');
    expect(wire.seen).toHaveLength(1);
  });

  test('aborted before it was sent', async () => {
    await faultOf(writeCalls[name](azure, { ...attempt, signal: AbortSignal.abort() }));
    expect(wire.seen).toHaveLength(0);
  });
});

test.each(['protect', 'startBackup', 'refreshContainers'] as const)(
  '%s: an acceptance that names no operation leaves a doubt',
  async (name) => {
    wire.answer(/./, { status: 202 });
    expect((await faultOf(writeCalls[name](azure, attempt))).facts).toMatchObject({
      kind: 'garbled',
      code: 'NoOperation',
    });
  },
);
