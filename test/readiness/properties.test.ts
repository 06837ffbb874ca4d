import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allowsData } from '../../src/core/action-match.ts';
import type { Assessment } from '../../src/readiness/findings/assessment.ts';
import type { Finding, Verdict } from '../../src/readiness/findings/finding.ts';
import { createReadinessCache, gather } from '../../src/readiness/gather/gather.ts';
import { missingRights } from '../../src/readiness/rights.ts';
import { backupDataActions, contoso, look, rules } from './support/contoso.ts';
import * as f from './support/facts.ts';
import { changeKeyVault } from './support/scenarios.ts';
import { type Failure, readsOf, type World } from './support/world.ts';

const gravity: Record<Verdict, number> = { ok: 0, warn: 1, unknown: 2, block: 3 };
const gravest = (findings: readonly Finding[], check: string) =>
  Math.max(0, ...findings.filter((one) => one.check === check).map(({ verdict }) => gravity[verdict]));
const keyOf = ({ check, subject }: Finding) => `${check} ${subject ?? ''}`;

const right = fc.constantFrom('get', 'list', 'backup', 'set', 'purge', 'all');
const rightSet = fc.uniqueArray(right, { maxLength: 6 });
const policyPair = fc
  .tuple(rightSet, rightSet)
  .chain(([keys, secrets]) =>
    fc.tuple(fc.constant({ keys, secrets }), fc.record({ keys: fc.subarray(keys), secrets: fc.subarray(secrets) })),
  );
const kinds = ['forbidden', 'unauthenticated', 'throttled', 'refused', 'unavailable', 'garbled', 'missing'] as const;
const readNames = [
  'vm', 'disk', 'disks', 'vaults', 'policies', 'backupStatus', 'preValidate', 'protectedItem', 'recoveryPoints',
  'jobs', 'keyVault', 'deletedKeyVault', 'keyVersion', 'keyVersions', 'secret', 'roleAssignments', 'roleDefinition',
  'roleDefinitionsNamed', 'denyAssignments', 'locks', 'permissions', 'providerState', 'servicePrincipalId', 'tenantId',
] as const; // oxfmt-ignore
const failures: fc.Arbitrary<Failure[]> = fc
  .uniqueArray(fc.constantFrom(...readNames), { minLength: 1, maxLength: 6 })
  .chain((methods) =>
    fc.tuple(...methods.map((method) => fc.constantFrom(...kinds).map((kind) => ({ method, kind })))),
  );
const vmNames = contoso().vms.map(({ name }) => name);

type Policy = { keys: string[]; secrets: string[]; certificates?: string[]; storage?: string[] };

async function withPolicy({ keys, secrets, ...others }: Policy): Promise<Assessment> {
  const world = contoso();
  changeKeyVault(world, 'kv-prod-weu', { policies: [f.accessPolicy(keys, secrets, others)] });
  return look(world, 'vm-sql-01');
}

async function withRole(dataActions: readonly string[], notDataActions: readonly string[]): Promise<Assessment> {
  const world: World = contoso();
  const role = f.role('some', dataActions, notDataActions);
  world.roles.push(role);
  const given = {
    id: '/a',
    scope: f.keyVaultId('kv-rbac-weu'),
    principalId: f.backupService,
    principalType: null,
    condition: null,
  };
  world.assignments.push({ ...given, roleDefinitionId: role.id });
  return look(world, 'vm-rbac-01');
}

describe('rights', () => {
  test('removing a permission from an access policy never makes it better', () =>
    fc.assert(
      fc.asyncProperty(policyPair, async ([more, less]) => {
        const [before, after] = [await withPolicy(more), await withPolicy(less)];
        expect(gravest(after.findings, 'rights')).toBeGreaterThanOrEqual(gravest(before.findings, 'rights'));
      }),
      { numRuns: 60 },
    ));

  test('removing a dataAction from a role never makes it better', () =>
    fc.assert(
      fc.asyncProperty(fc.subarray([...backupDataActions]), fc.subarray([...backupDataActions]), async (held, not) => {
        const before = await withRole(held, []);
        const fewer = await withRole(held, not);
        expect(gravest(fewer.findings, 'rights')).toBeGreaterThanOrEqual(gravest(before.findings, 'rights'));
        expect(gravest(before.findings, 'rights') === 0).toBe(held.length === backupDataActions.length);
      }),
      { numRuns: 60 },
    ));

  test('missing and present permissions cover what is needed, and don’t overlap', () =>
    fc.assert(
      fc.property(rightSet, rightSet, (needed, present) => {
        const need = { keys: needed, secrets: needed, dataActions: [] };
        const has = { keys: present, secrets: present, dataActions: [] };
        const missing = missingRights(need, has);
        for (const one of needed) {
          expect(missing.keys.includes(one) || present.includes(one) || present.includes('all')).toBe(true);
        }
        expect(present.filter((one) => missing.keys.includes(one))).toEqual([]);
      }),
    ));

  test('the entry to send keeps every present permission, in all four groups, and adds what is needed', () =>
    fc.assert(
      fc.asyncProperty(fc.tuple(rightSet, rightSet, rightSet, rightSet), async (held) => {
        const [keys, secrets, certificates, storage] = held;
        const needed = ['get', 'list', 'backup'];
        const isEnough = (has: readonly string[]) => has.includes('all') || needed.every((one) => has.includes(one));
        const { grants } = await withPolicy({ keys, secrets, certificates, storage });
        expect(grants).toHaveLength(isEnough(keys) && isEnough(secrets) ? 0 : 1);
        for (const { entry } of grants) {
          const all = [entry!.keys, entry!.secrets, entry!.certificates, entry!.storage];
          expect([keys, secrets].map((had, at) => had.filter((one) => !all[at]!.includes(one)))).toEqual([[], []]);
          expect(all.slice(2)).toEqual([certificates, storage]);
          expect([entry!.keys, entry!.secrets].filter((rights) => !isEnough(rights))).toEqual([]);
          for (const rights of all) expect(new Set(rights).size).toBe(rights.length);
        }
      }),
    ));
});

describe('wildcards', () => {
  const part = fc.constantFrom('a', 'b', '*', '/', '.', 'keys');
  /** The same question asked character by character. */
  function matches(entry: string, action: string): boolean {
    if (entry === '') return action === '';
    if (entry[0] !== '*') return entry[0] === action[0] && action !== '' && matches(entry.slice(1), action.slice(1));
    return matches(entry.slice(1), action) || (action !== '' && matches(entry, action.slice(1)));
  }

  test('an entry covers what a character-by-character match covers, whatever the case', () =>
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.array(part, { maxLength: 8 }), (entry, action) => {
        const [one, other] = [entry.join(''), action.join('').replaceAll('*', 'x')];
        const block = { actions: [], notActions: [], dataActions: [one.toUpperCase()], notDataActions: [] };
        expect(allowsData([block], other)).toBe(matches(one, other));
      }),
    ));

  test('an exception applies only to its own block', () => {
    const block = (dataActions: string[], notDataActions: string[]) => {
      return { actions: [], notActions: [], dataActions, notDataActions };
    };
    const all = block(['Microsoft.KeyVault/vaults/*'], ['Microsoft.KeyVault/vaults/secrets/*']);
    const secrets = block(['*/secrets/backup/action'], []);
    const action = 'Microsoft.KeyVault/vaults/secrets/backup/action';
    expect(allowsData([all], action)).toBe(false);
    expect(allowsData([all, secrets], action)).toBe(true);
    expect(allowsData([all], 'microsoft.keyvault/VAULTS/keys/read')).toBe(true);
  });
});

describe('what can’t be read', () => {
  test('never throws, never turns a problem into ok, and gives plain JSON', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...vmNames), failures, async (name, failing) => {
        const whole = await look(contoso(), name);
        const seen = await look(contoso(), name, { failures: failing });
        const trouble = new Set(whole.findings.filter(({ verdict }) => verdict !== 'ok').map(keyOf));
        const good = seen.findings.filter(({ verdict }) => verdict === 'ok').map(keyOf);
        const bad = new Set(seen.findings.filter(({ verdict }) => verdict !== 'ok').map(keyOf));
        expect(good.filter((key) => trouble.has(key) && !bad.has(key))).toEqual([]);
        expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
        expect(seen.depth).toBeLessThanOrEqual(5);
      }),
      { numRuns: 250 },
    ));

  test('a VM is never called ready if something important couldn’t be read', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('keyVault', 'keyVersion', 'secret', 'servicePrincipalId', 'vaults', 'preValidate', 'vm'),
        fc.constantFrom(...kinds),
        async (method, kind) => {
          const { verdict } = await look(contoso(), 'vm-sql-01', { failures: [{ method, kind }] });
          expect(['unknown', 'blocked']).toContain(verdict);
        },
      ),
    ));

  test('an error of the product itself isn’t treated as one of Azure', async () => {
    const { reads } = readsOf(contoso());
    const broken = { ...reads, locksIn: () => Promise.reject(new TypeError('a bug')) };
    const ask = { vmId: f.vmId('rg-sql', 'vm-sql-01'), subscription: f.subscription, rules, now: f.now };
    await expect(gather(broken, { ...ask, cache: createReadinessCache() })).rejects.toThrow('a bug');
  });
});

describe('the cache of a day', () => {
  test('role definitions, the tenant and the Backup application are read once a day', async () => {
    const cache = createReadinessCache();
    const ask = { vmId: f.vmId('rg-web', 'vm-rbac-01'), subscription: f.subscription, rules, cache };
    const dayCalls = async (now: Date) => {
      const { reads, calls } = readsOf(contoso());
      await gather(reads, { ...ask, now });
      return calls.filter((call) => /^(servicePrincipalId|tenantId|roleDefinition)/.test(call)).length;
    };
    expect(await dayCalls(f.now)).toBe(3);
    expect(await dayCalls(new Date(f.now.getTime() + 23 * 3_600_000))).toBe(0);
    expect(await dayCalls(new Date(f.now.getTime() + 25 * 3_600_000))).toBe(3);
  });
});
