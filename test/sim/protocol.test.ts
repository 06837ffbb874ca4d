import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyPath, anyQuery } from '../support/samples-of.ts';
import { item, keyVault, SimulatedAzure, SUB, V, vault, vm } from './support/simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await SimulatedAzure.start();
});
afterEach(() => azure.close());

const https = { 'x-forwarded-host': 'management.azure.com', 'x-forwarded-proto': 'https' };

/** Follows nextLinks to the end, through the forwarded host. */
async function all(first: string): Promise<{ names: string[]; pages: number }> {
  const names: string[] = [];
  let pages = 0;
  for (let path: string | undefined = first; path; pages += 1) {
    const { body } = await azure.get(path, { headers: https });
    names.push(...body.value.map((one: { name: string }) => one.name));
    expect(body.nextLink ?? 'https://management.azure.com/').toMatch(/^https:\/\/management\.azure\.com\//);
    path = body.nextLink?.replace('https://management.azure.com', '');
  }
  return { names, pages };
}

describe('paging', () => {
  const lists = [
    `${SUB}/resources?api-version=2025-04-01&$filter=resourceType eq 'Microsoft.Compute/virtualMachines'`,
    `${SUB}/providers/Microsoft.Compute/virtualMachines?api-version=2026-04-01`,
    `${SUB}/providers/Microsoft.Compute/disks?api-version=2026-03-02`,
    `${SUB}/providers/Microsoft.RecoveryServices/vaults?api-version=2026-07-01`,
    `${vault()}/backupPolicies?${V}`,
    `${vault()}/backupJobs?${V}&%24filter=operation+eq+%27Backup%27`,
    `${vault()}/backupProtectableItems?${V}&$filter=backupManagementType eq 'AzureIaasVM'`,
    `${item('rg-app', 'vm-app-01')}/recoveryPoints?${V}`,
    `${SUB}/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01`,
  ];
  test.each(lists)('%s', async (path) => {
    const whole = await all(path);
    expect(whole.pages).toBe(1);
    await azure.control('POST', 'state', { settings: { pageSize: 2 } });
    const paged = await all(path);
    expect(paged.pages).toBe(Math.ceil(whole.names.length / 2));
    expect(paged.pages).toBeGreaterThan(1);
    expect(paged.names).toEqual(whole.names);
  });

  test('a token that Azure didn’t issue is refused', async () => {
    expect((await azure.get(`${vault()}/backupJobs?${V}&$skipToken=AAAA`)).status).toBe(400);
  });
});

describe('paths, names and versions', () => {
  test('case, doubled slashes and encoded names don’t matter; the ID is returned in its own case', async () => {
    const odd = `//Subscriptions/00000000-0000-0000-0000-00000000C0DE/resourcegroups/RG-SQL//providers/microsoft.compute/VIRTUALMACHINES/VM-SQL-01?api%2Dversion=2026-04-01`;
    const answer = await azure.get(odd);
    expect(answer.status).toBe(200);
    expect(answer.body.id).toBe(vm('rg-sql', 'vm-sql-01'));
  });

  const odd: [string, number, string][] = [
    [`${vault()}`, 400, 'MissingApiVersionParameter'],
    [`${vault()}?api-version=1999-01-01`, 400, 'NoRegisteredProviderFound'],
    [`${SUB}/resources?api-version=1999-01-01`, 400, 'InvalidApiVersionParameter'],
    [`${vault('rsv-none')}?${V}`, 404, 'ResourceNotFound'],
    [
      `/subscriptions/11111111-0000-0000-0000-000000000000/resources?api-version=2025-04-01`,
      404,
      'SubscriptionNotFound',
    ],
    [
      `${SUB}/resourceGroups/rg-none/providers/Microsoft.Compute/virtualMachines/x?api-version=2026-04-01`,
      404,
      'ResourceGroupNotFound',
    ],
    [
      `${SUB}/resourceGroups/rg-sql/providers/Microsoft.ClassicStorage/storageAccounts/x?api-version=2015-12-01`,
      404,
      'ResourceNotFound',
    ],
    [`${vault()}/backupUnicorns?${V}`, 404, 'InvalidResourceType'],
    [`${keyVault('kv-prod-weu')}/keys/none?api-version=2026-02-01`, 404, 'ResourceNotFound'],
    [`${item('rg-sql', 'vm-sql-01')}?${V}`, 404, 'BMSUserErrorContainerObjectNotFound'],
  ];
  test.each(odd)('%s is %d %s', async (path, status, code) => {
    const answer = await azure.get(path, { as: 'owner' });
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(typeof answer.body.error?.message).toBe('string');
  });

  test('the caller’s request ID is returned next to Azure’s own', async () => {
    const answer = await azure.get(`${vault()}?${V}`, { headers: { 'x-ms-client-request-id': 'mine' } });
    expect(answer.headers.get('x-ms-client-request-id')).toBe('mine');
    expect(answer.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a VM has its etag in a header too, but not beside its instance view', async () => {
    const etag = async (query: string): Promise<string | null> =>
      (await azure.get(`${vm('rg-sql', 'vm-sql-01')}?${query}`)).headers.get('etag');
    expect(await etag('api-version=2025-11-01')).toBe('"2"');
    expect(await etag('api-version=2025-11-01&$expand=instanceView')).toBeNull();
    expect(await etag('api-version=2022-03-01')).toBeNull();
  });

  test('a write shows the remaining writes of all callers, from the api-versions that have that', async () => {
    const left = async (version: string): Promise<(string | null)[]> => {
      const path = `${vault()}/backupconfig/vaultconfig?api-version=${version}`;
      const { status, headers } = await azure.call('PATCH', path, { as: 'owner', body: { properties: {} } });
      expect(status).toBe(200);
      return ['writes', 'global-writes'].map((name) => headers.get(`x-ms-ratelimit-remaining-subscription-${name}`));
    };
    expect(await left('2025-02-01')).toEqual(['199', '2999']);
    expect(await left('2022-02-01')).toEqual([expect.any(String), null]);
  });

  test('the api-version decides which fields a vault, an item, a point and a job have', async () => {
    const old = await azure.get(`${vault()}?api-version=2021-03-01`);
    expect(Object.keys(old.body.properties)).toHaveLength(3);
    const job = async (version: string): Promise<unknown> =>
      (await azure.get(`${vault()}/backupJobs?api-version=${version}`)).body.value[0]!.properties.actionsInfo;
    expect([await job('2021-10-01'), await job('2023-06-01')]).toEqual([[1], ['Cancellable']]);
    const properties = async (version: string): Promise<Record<string, unknown>> =>
      (await azure.get(`${item('rg-app', 'vm-app-01')}?api-version=${version}`)).body.properties;
    expect((await properties('2025-02-01')).kpisHealths).toBeUndefined();
    expect((await properties('2021-12-01')).policyType).toBeUndefined();
  });
});

test('a vault is created and deleted by long-running operations that can be followed to their end', async () => {
  const path = `${vault('rsv-new-weu')}?api-version=2026-01-01`;
  const follow = async (headers: Headers): Promise<string> => {
    const url = new URL(headers.get('azure-asyncoperation') ?? '');
    const shown = await azure.get(url.pathname + url.search, { as: 'owner' });
    expect(shown.body).toEqual({ id: url.pathname, name: url.pathname.split('/').at(-1), status: shown.body.status });
    const again = shown.headers.get('azure-asyncoperation');
    expect(again && new URL(again).pathname).toBe(shown.body.status === 'InProgress' ? url.pathname : null);
    return shown.body.status;
  };
  const made = await azure.call('PUT', path, {
    as: 'owner',
    body: { location: 'westeurope', sku: { name: 'Standard' } },
  });
  expect([made.status, made.body.properties.provisioningState, await follow(made.headers)]).toEqual([
    201,
    'Provisioning',
    'InProgress',
  ]);
  await azure.pass(60);
  expect([(await azure.get(path)).body.properties.provisioningState, await follow(made.headers)]).toEqual([
    'Succeeded',
    'Succeeded',
  ]);
  const gone = await azure.call('DELETE', path, { as: 'owner' });
  expect([gone.status, (await azure.get(path)).status]).toEqual([202, 404]);
  await azure.pass(60);
  expect(await follow(gone.headers)).toBe('Succeeded');
});

test('a client that registers a cloud gets its endpoints without a token', async () => {
  const { status, body } = await azure.get('/metadata/endpoints?api-version=2022-09-01', { as: null, headers: https });
  expect([status, body]).toEqual([200, expect.objectContaining({ resourceManager: 'https://management.azure.com/' })]);
});

test('whatever is sent, the answer is JSON or empty and never a fault of the simulator', async () => {
  const paths = [
    vault(),
    item('rg-app', 'vm-app-01'),
    `${vault()}/backupJobs`,
    keyVault('kv-prod-weu'),
    `${SUB}/resources`,
    '/',
  ];
  const path = fc
    .tuple(fc.constantFrom(...paths), anyPath, anyQuery)
    .map(([start, more, query]) => `${start}${more}?${V}&${query}`);
  const sent = fc.record({
    method: fc.constantFrom('GET', 'PUT', 'POST', 'PATCH', 'DELETE'),
    path,
    body: fc.oneof(
      fc.json(),
      fc.string(),
      fc.constant('{"properties":null}'),
      fc.constant('{"properties":{"protectedItemType":1}}'),
    ),
  });
  await fc.assert(
    fc.asyncProperty(sent, async ({ method, path: asked, body }) => {
      const answer = await azure.call(method, asked, { as: 'owner', ...(method === 'GET' ? {} : { body }) });
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});
