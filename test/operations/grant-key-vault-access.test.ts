import { describe, expect, test } from '@jest/globals';
import type { AccessPolicy, KeyVaultFacts } from '../../src/azure/gateway.ts';
import { planGrant, type GrantPart } from '../../src/operations/parts/grant-key-vault-access.ts';
import type { GrantNeed } from '../../src/readiness/findings/assessment.ts';
import { runGrant } from '../../src/operations/backup/grant-key-vault-access/run.ts';
import { fault, runPart, subscription, type Around, type Script } from './scripted-azure.ts';

const principalId = '00000000-0000-0000-0000-0000000000ba';
const tenantId = '00000000-0000-0000-0000-0000007e4a47';
const keyVaultId = `/subscriptions/${subscription}/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults/kv-web-weu`;
const roleId = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/11111111-2222-3333-4444-555555555555`;
const needed = { keys: ['get', 'list', 'backup'], secrets: ['get', 'list', 'backup'] };
const entry: AccessPolicy = {
  tenantId,
  objectId: principalId,
  applicationId: null,
  certificates: [],
  storage: [],
  ...needed,
};

const keyVault = (fields: Partial<KeyVaultFacts> = {}): KeyVaultFacts => ({
  id: keyVaultId,
  name: 'kv-web-weu',
  resourceGroup: 'rg-security',
  subscription,
  region: 'westeurope',
  tenantId,
  rbac: false,
  policies: [{ ...entry, keys: ['Get', 'List'], secrets: ['Get', 'List'] }],
  firewall: { publicAccess: 'Enabled', defaultAction: null, bypass: null },
  enabledForDiskEncryption: true,
  purgeProtection: false,
  ...fields,
});
const withAccess = keyVault({
  policies: [{ ...entry, objectId: principalId.toUpperCase(), keys: ['Get', 'LIST', 'Backup'] }],
});

const base = {
  id: 'grant-1',
  after: [],
  does: 'grant-key-vault-access' as const,
  keyVault: { id: keyVaultId, name: 'kv-web-weu' },
  principalId,
  missing: { keys: ['backup'], secrets: ['backup'] },
};
const need: GrantNeed = {
  keyVaultId,
  keyVaultName: 'kv-web-weu',
  model: 'roles',
  principalId,
  tenantId,
  required: true,
  missing: { keys: [], secrets: [], dataActions: ['Microsoft.KeyVault/vaults/keys/read'] },
  present: { keys: [], secrets: [], dataActions: [] },
  entry: null,
  role: { id: roleId, name: 'Backup key reader' },
  freesAlso: null,
  grantIdentity: 'may',
  offered: true,
  obstacles: [],
};
/** The name of the planned assignment. */
const assignmentOf = (over: Partial<GrantNeed> = {}): string => {
  const part = planGrant({ ...need, ...over }, { vms: [], then: 'protect', id: 'grant-1' });
  if (part?.by.model !== 'roles') throw new Error('no role is planned');
  return part.by.assignment;
};
const byPolicies = (then: GrantPart['then'] = 'protect'): GrantPart =>
  ({ ...base, then, by: { model: 'policies', entry } }) as unknown as GrantPart;
const byRoles = (then: GrantPart['then'] = 'protect'): GrantPart =>
  ({
    ...base,
    then,
    by: {
      model: 'roles',
      roleId,
      roleName: 'Backup key reader',
      assignment: assignmentOf(),
    },
  }) as unknown as GrantPart;

const receipt = { requestId: 'r-1', date: null };
const grant = (part: GrantPart, script: (seconds: () => number) => Script, around?: Around) =>
  runPart({ runner: runGrant, part }, script, around);

/** A key vault whose access follows from what was written, after `showsAfter` seconds. */
function writable(showsAfter = 0, answers: (() => Promise<never>)[] = []) {
  const written: { entry: AccessPolicy; at: number }[] = [];
  const script = (seconds: () => number): Script => ({
    reads: {
      keyVault: async () => (written.some(({ at }) => seconds() >= at + showsAfter) ? withAccess : keyVault()),
    },
    grants: {
      addAccessPolicy: async (_id, policy) => {
        const lost = answers.shift();
        if (!lost) written.push({ entry: policy, at: seconds() });
        return lost ? lost() : receipt;
      },
    },
  });
  return { written, script };
}

describe('a grant by access policies', () => {
  test('adds the planned entry once, reads it back and waits until it takes effect', async () => {
    const { written, script } = writable(8);
    const ran = await grant(byPolicies(), script);
    expect(ran.outcome).toEqual({ ended: 'done' });
    expect(written.map((each) => each.entry)).toEqual([entry]);
    expect(ran.way).toEqual(['read +0', 'write +0', 'show +0', 'show +5', 'show +10', 'wait +40']);
  });

  test.each([
    ['protection, which Azure checks without cost', 'protect', 30],
    ['a backup, which would cost one of nine tries', 'back-up', 180],
    ['nothing', 'nothing', 0],
  ] as const)('the wait fits what follows: %s', async (_title, then, seconds) => {
    const ran = await grant(byPolicies(then), writable().script);
    expect(ran.seconds).toBe(seconds);
  });

  test('existing permissions, in any case, aren’t written; that they take effect is still awaited', async () => {
    const ran = await grant(byPolicies(), () => ({ reads: { keyVault: async () => withAccess } }));
    expect(ran.outcome).toEqual({ ended: 'done', adopted: true });
    expect([ran.sent, ran.seconds]).toEqual([[], 30]);
  });

  test.each([
    ['“all” counts as everything', [{ ...entry, keys: ['All'], secrets: ['all'] }], true],
    ['an entry for an application is not ours', [{ ...entry, applicationId: 'app' }], false],
    ['an entry of somebody else is not ours', [{ ...entry, objectId: 'other' }], false],
    ['half of the rights is not enough', [{ ...entry, secrets: ['get', 'list'] }], false],
  ])('%s', async (_title, policies, enough) => {
    const ran = await grant(byPolicies(), () => ({
      reads: { keyVault: async () => keyVault({ policies }) },
      grants: { addAccessPolicy: () => Promise.reject(fault('forbidden')) },
    }));
    expect(ran.sent).toEqual(enough ? [] : ['grant']);
  });
});

describe('a grant by a role', () => {
  const assigned = {
    id: 'a',
    scope: keyVaultId,
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roleId.split('/').pop()!.toUpperCase()}`,
    principalId,
    principalType: 'ServicePrincipal',
    condition: null,
  };

  test('an assignment has one name for its key vault, application and role, whatever their case', () => {
    expect(assignmentOf()).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const role = { id: `/elsewhere/${roleId.split('/').pop()!.toUpperCase()}`, name: 'Backup key reader' };
    expect(assignmentOf({ keyVaultId: keyVaultId.toUpperCase(), role })).toBe(assignmentOf());
    const others = [{ keyVaultId: `${keyVaultId}-2` }, { principalId: tenantId }, { role: { ...role, id: tenantId } }];
    expect(new Set([{}, ...others].map(assignmentOf)).size).toBe(4);
  });

  test('creates the assignment under its fixed name, adopts it by the role’s GUID, and waits longer', async () => {
    const made: unknown[] = [];
    const ran = await grant(byRoles('back-up'), () => ({
      reads: {
        keyVault: async () => keyVault({ rbac: true, policies: [] }),
        roleAssignments: async () => (made.length > 0 ? [assigned] : []),
      },
      grants: { assignRole: async (assignment) => (made.push(assignment), receipt) },
    }));
    expect(ran.outcome).toEqual({ ended: 'done' });
    expect(made).toEqual([
      expect.objectContaining({
        scope: keyVaultId,
        name: assignmentOf(),
        roleDefinitionId: roleId,
        principalId,
        description: expect.stringContaining('attempt-1'),
      }),
    ]);
    expect(ran.seconds).toBe(600);
  });

  test('a conflict means that it exists: it is read back, not written again', async () => {
    let asked = 0;
    const ran = await grant(byRoles(), () => ({
      reads: {
        keyVault: async () => keyVault({ rbac: true }),
        roleAssignments: async () => (asked > 0 ? [assigned] : []),
      },
      grants: {
        assignRole: async () => (asked++, Promise.reject(fault('conflict', { code: 'RoleAssignmentExists' }))),
      },
    }));
    expect(ran.outcome).toEqual({ ended: 'done', adopted: true });
    expect(asked).toBe(1);
  });
});

describe('a grant that conflicts with somebody else’s write', () => {
  const busy = fault('conflict', { code: 'ConflictError' });

  test('backs off, reads what is there now, and writes what is still missing', async () => {
    const answer = () => Promise.reject(busy);
    const { written, script } = writable(0, [answer, answer]);
    const ran = await grant(byPolicies(), script);
    expect(ran.outcome).toEqual({ ended: 'done' });
    expect(written).toHaveLength(1);
    expect(ran.sent).toEqual(['grant', 'grant-1', 'grant-2']);
  });

  test('again and again: it ends with Azure’s words', async () => {
    const addAccessPolicy = () => Promise.reject(busy);
    const ran = await grant(byPolicies(), () => ({
      reads: { keyVault: async () => keyVault() },
      grants: { addAccessPolicy },
    }));
    expect(ran.outcome).toMatchObject({ ended: 'failed', failure: { origin: 'arm', codes: ['ConflictError'] } });
    expect(ran.sent).toHaveLength(6);
  });
});

describe('a grant that isn’t made', () => {
  test.each<{ why: string; part: GrantPart; script: Script; internal: string }>([
    { why: 'there is no identity for it', part: byPolicies(), script: { grants: null }, internal: 'no-grant-identity' },
    {
      why: 'the key vault is gone',
      part: byPolicies(),
      script: { reads: { keyVault: async () => null } },
      internal: 'key-vault-vanished',
    },
    {
      why: 'its model changed to roles',
      part: byPolicies(),
      script: { reads: { keyVault: async () => keyVault({ rbac: true }) } },
      internal: 'key-vault-changed',
    },
    {
      why: 'its model changed to policies',
      part: byRoles(),
      script: { reads: { keyVault: async () => keyVault() } },
      internal: 'key-vault-changed',
    },
  ])('$why: nothing is written', async ({ part, script, internal }) => {
    const ran = await grant(part, () => script);
    expect(ran.outcome).toMatchObject({ ended: 'failed', failure: { origin: 'internal', internal } });
    expect(ran.sent).toEqual([]);
  });

  test('a refusal is reported in Azure’s words', async () => {
    const refuses = fault('forbidden', { code: 'AuthorizationFailed', says: 'or an ABAC condition not fulfilled' });
    const ran = await grant(byPolicies(), () => ({
      reads: { keyVault: async () => keyVault() },
      grants: { addAccessPolicy: () => Promise.reject(refuses) },
    }));
    expect(ran.outcome).toMatchObject({ ended: 'failed', failure: { origin: 'arm', codes: ['AuthorizationFailed'] } });
  });

  test('written, but it doesn’t show: reported after two minutes', async () => {
    const { written, script } = writable(100_000);
    const ran = await grant(byPolicies(), script);
    expect(ran.outcome).toMatchObject({ ended: 'failed', failure: { internal: 'not-shown-after-grant' } });
    expect(written).toHaveLength(1);
    expect(ran.seconds).toBe(120);
  });
});

describe('a grant in doubt', () => {
  test('the answer is lost, the permissions show: adopted', async () => {
    let asked = 0;
    const ran = await grant(byPolicies(), () => ({
      reads: { keyVault: async () => (asked > 0 ? withAccess : keyVault()) },
      grants: { addAccessPolicy: async () => (asked++, Promise.reject(fault('unavailable'))) },
    }));
    expect(ran.outcome).toEqual({ ended: 'done' });
    expect(asked).toBe(1);
  });

  test('it never arrived: written again', async () => {
    const { written, script } = writable(0, [() => Promise.reject(fault('unavailable'))]);
    const ran = await grant(byPolicies(), script);
    expect(ran.outcome).toEqual({ ended: 'done' });
    expect([ran.sent, written.length]).toEqual([['grant', 'grant'], 1]);
  });

  test('the process ends after Azure accepted it: read back, not written again', async () => {
    const { written, script } = writable();
    const ran = await grant(byPolicies(), script, { crashAfter: 'grant' });
    expect(ran.outcome).toEqual({ ended: 'done' });
    expect(written).toHaveLength(1);
  });
});
