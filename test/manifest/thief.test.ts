import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { armRoutes } from '../../src/sim/arm.ts';
import type { ScopeKind } from '../../src/sim/access/role-files.ts';
import { assigned } from '../scenarios/assigned.ts';
import { SUB, SimulatedAzure } from '../sim/support/simulated-azure.ts';
import { versionsOf } from '../../src/sim/versions.ts';

const identities = ['kluis-operate', 'kluis-grant', 'kluis-restore'] as const;
type Identity = (typeof identities)[number];

/** Each kind of scope: how the page calls it, and a resource group of that kind; `keyVaults` has none of its own. */
const kinds: Readonly<Record<ScopeKind, { readonly told: string; readonly group: string }>> = {
  subscription: { told: 'subscription', group: '' },
  vaultGroup: { told: 'Recovery Services vaults', group: 'rg-backup' },
  vmGroups: { told: 'VMs', group: 'rg-app' },
  keyVaultGroup: { told: 'key vaults', group: 'rg-security' },
  keyVaults: { told: 'named key vaults', group: '' },
  stagingGroup: { told: 'staging', group: 'rg-staging' },
  restoreGroup: { told: 'restore targets', group: 'rg-restore' },
  networkGroup: { told: 'networks', group: 'rg-network' },
  drillGroup: { told: 'drills', group: 'rg-drills' },
};
const all = assigned();

test('no role has a wildcard, so that what isn’t listed isn’t given', () => {
  expect(all.filter(({ right }) => right.includes('*'))).toEqual([]);
});

test('the page has every action that isn’t a read, where it is assigned, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (operate|grant|restore) +\| `([^`]+)` +\| ([^|]+?) +\| [^|]{8,} \|$/gm)].map(
    ([, identity, right, at]) => `kluis-${identity} ${right} at ${at}`,
  );
  const places = new Map<string, Set<string>>();
  for (const { identity, by, right, at } of all) {
    if (by === 'action' && right.endsWith('/read')) continue;
    const row = `${identity} ${right}`;
    places.set(row, (places.get(row) ?? new Set()).add(kinds[at].told));
  }
  expect(rows.toSorted()).toEqual([...places].map(([row, at]) => `${row} at ${[...at].join(', ')}`).toSorted());
});

/** Every simulated call that isn't a read, in a group of this kind, or in the subscription. */
const writes = armRoutes
  .filter(({ action }) => action !== null && !action.endsWith('/read'))
  .flatMap((route) => {
    const { method, type, action } = route;
    const version = versionsOf(type)[0] ?? '';
    const inGroup = (group: string) =>
      `${route.path
        .replace(/^\*/, `${SUB}/resourceGroups/${group}`)
        .replace(/^\/subscriptions\/:\w+(\/resourcegroups\/:\w+)?/i, (_, groups?: string) =>
          groups ? `${SUB}/resourceGroups/${group}` : SUB,
        )
        .replaceAll(/:\w+/g, 'any')}?api-version=${version}`;
    const isInGroup = /^(\*|\/subscriptions\/:\w+\/resourcegroups\/)/i.test(route.path);
    const places = isInGroup
      ? (Object.keys(kinds) as ScopeKind[]).filter((at) => kinds[at].group !== '')
      : ['subscription' as const];
    return places.map((at) => ({ method, path: inGroup(kinds[at].group), action: action as string, at }));
  });

const may = (identity: Identity, action: string, at: ScopeKind) =>
  all.some(
    (one) =>
      one.identity === identity &&
      one.right.toLowerCase() === action.toLowerCase() &&
      (one.at === at || one.at === 'subscription'),
  );

describe.each(identities)('with the token of %s', (as) => {
  let azure: SimulatedAzure;
  beforeAll(async () => {
    azure = await SimulatedAzure.start();
  });
  afterAll(() => azure?.close());

  test('every write that it isn’t assigned at a kind of scope is refused there', async () => {
    const tried = writes.filter(({ action, at }) => !may(as, action, at));
    expect(tried.length).toBeGreaterThan(100);
    const before = await azure.state();
    const passed: string[] = [];
    for (const { method, path, action, at } of tried) {
      const { status, body } = await azure.call(method, path, { as, body: {} });
      const isRefused = status === 403 && body.error?.message.includes(`perform action '${action}' over scope`);
      if (!isRefused) passed.push(`${action} at ${at}: ${status} ${body?.error?.code}`);
    }
    expect(passed).toEqual([]);
    const { sequence } = await azure.state('sequence');
    expect(await azure.state()).toEqual({ ...before, sequence });
  });

  test('no secret’s value, and no use of a key', async () => {
    const { keyVaults } = await azure.state('keyVaults');
    const statuses: number[] = [];
    for (const { name, keys, secrets } of keyVaults) {
      const headers = { 'x-forwarded-host': `${name}.vault.azure.net`, 'x-forwarded-proto': 'https' };
      const paths = [
        ...secrets.flatMap((one) => [`GET /secrets/${one.name}`, `POST /secrets/${one.name}/backup`]),
        ...keys.map((one) => `POST /keys/${one.name}/backup`),
      ];
      for (const [method = '', path = ''] of paths.map((one) => one.split(' ')))
        statuses.push((await azure.call(method, `${path}?api-version=7.6`, { as, headers })).status);
    }
    expect(statuses.length).toBeGreaterThan(20);
    expect(new Set(statuses)).toEqual(new Set([403]));
  });
});
