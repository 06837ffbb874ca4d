import { describe, expect, test } from '@jest/globals';
import { subscription, vaultId } from './support/facts.ts';
import { codes, contoso, look } from './support/contoso.ts';

describe('the estate of contoso', () => {
  test.each([
    ['vm-sql-01', 'ready', [], 'ade-kek', 'none'],
    ['vm-web-01', 'fixable', ['rights.policies-missing'], 'ade-kek', 'none'],
    ['vm-web-02', 'fixable', ['rights.policies-missing'], 'ade-kek', 'none'],
    ['vm-rbac-01', 'fixable', ['rights.roles-missing'], 'ade-kek', 'none'],
    ['vm-bek-01', 'blocked', ['kek.rule-refuses'], 'ade-bek', 'none'],
    ['vm-plain-01', 'ready', [], 'platform', 'none'],
    ['vm-cmk-01', 'ready', [], 'cmk', 'none'],
    ['vm-app-01', 'ready', [], 'ade-kek', 'protected'],
    ['vm-app-02', 'fixable', ['rights.policies-missing'], 'ade-kek', 'protected'],
    ['vm-hr-01', 'blocked', ['key-vault.deleted'], 'ade-kek', 'protected'],
    ['vm-hr-02', 'blocked', ['secret.absent'], 'ade-kek', 'protected'],
    ['vm-agentless-01', 'blocked', ['agent.not-ready'], 'ade-kek', 'none'],
    ['vm-off-01', 'ready-with-warnings', [], 'ade-kek', 'none'],
    ['vm-us-01', 'blocked', ['vault.none-here'], 'ade-kek', 'none'],
    ['vm-big-01', 'blocked', ['disk-size.too-large-ade'], 'ade-kek', 'none'],
    ['vm-many-01', 'ready-with-warnings', [], 'ade-kek', 'none'],
    ['vm-lock-01', 'ready', [], 'ade-kek', 'none'],
    ['vm-shut-01', 'blocked', ['firewall.shut'], 'ade-kek', 'none'],
    ['vm-split-01', 'fixable', ['rights.policies-missing'], 'ade-kek', 'none'],
    ['vm-neu-01', 'ready', [], 'platform', 'protected'],
  ])('%s is %s', async (name, ...expected) => {
    const [verdict, blocks, kind, protection] = expected;
    const seen = await look(contoso(), name);
    expect(seen.findings.filter(({ verdict, aside }) => verdict === 'unknown' && !aside)).toEqual([]);
    expect(codes(seen, 'block')).toEqual(blocks);
    expect(seen.verdict).toBe(verdict);
    expect(seen.encryption.kind).toBe(kind);
    expect(seen.protection.kind).toBe(protection);
    expect(seen.depth).toBeLessThanOrEqual(5);
    expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
  });

  test('vm-classic-01 is classic, and nothing is read for that', async () => {
    const id = `/subscriptions/${subscription}/resourceGroups/rg-old/providers/Microsoft.ClassicCompute/virtualMachines/vm-classic-01`;
    const seen = await look(contoso(), id);
    expect(seen).toMatchObject({ verdict: 'blocked', vm: { name: 'vm-classic-01' }, calls: [] });
    expect(codes(seen, 'block')).toEqual(['deployment.classic']);
  });

  test('a VM that doesn’t exist', async () => {
    const id = `/subscriptions/${subscription}/resourceGroups/rg-old/providers/Microsoft.Compute/virtualMachines/vm-gone`;
    const seen = await look(contoso(), id);
    expect(codes(seen, 'block')).toEqual(['vm.missing']);
    expect(seen.verdict).toBe('blocked');
  });
});

describe('what the cards need besides the verdict', () => {
  test('vm-sql-01: vault and policy are preselected, the others named with the reason', async () => {
    const { destinations, findings } = await look(contoso(), 'vm-sql-01');
    expect(destinations.preset.vaultId).toBe(vaultId('rsv-prod-weu'));
    expect(destinations.preset.policyId).toBe(`${vaultId('rsv-prod-weu')}/backupPolicies/DefaultPolicy`);
    expect(destinations.vaults.map(({ name, eligible, reason }) => [name, eligible, reason?.code])).toEqual([
      ['rsv-prod-weu', true, undefined],
      ['rsv-test-weu', true, undefined],
      ['rsv-prod-neu', false, 'destination.region'],
    ]);
    expect(destinations.policies[vaultId('rsv-prod-weu')]?.every((one) => one.fits)).toBe(true);
    expect(destinations.vaults.filter(({ looked }) => looked).map(({ name }) => name)).toEqual(['rsv-prod-weu']);
    expect(findings.at(-1)?.code).toBe('end-of-ade.date');
  });

  test('vm-web-01: the two missing permissions, the entry to send, and which VMs the grant also unblocks', async () => {
    const { grants, keyVaults } = await look(contoso(), 'vm-web-01');
    expect(grants).toHaveLength(1);
    expect(grants[0]).toMatchObject({
      keyVaultName: 'kv-web-weu',
      model: 'policies',
      missing: { keys: ['backup'], secrets: ['backup'], dataActions: [] },
      entry: { keys: ['get', 'list', 'backup'], secrets: ['get', 'list', 'backup'], applicationId: null },
      freesAlso: [expect.stringMatching(/\/vm-web-02$/), expect.stringMatching(/\/vm-app-02$/)],
      offered: true,
    });
    expect(keyVaults[0]).toMatchObject({ name: 'kv-web-weu', holds: ['bek', 'kek'], firewall: 'open' });
  });

  test('vm-rbac-01: the role that would be assigned', async () => {
    const { grants } = await look(contoso(), 'vm-rbac-01');
    expect(grants[0]).toMatchObject({
      model: 'roles',
      role: { name: 'backup-key-reader' },
      entry: null,
      offered: true,
    });
    expect(grants[0]?.missing.dataActions).toHaveLength(5);
  });

  test('vm-split-01: both key vaults are listed, access is missing in the one with the KEK', async () => {
    const { grants, keyVaults } = await look(contoso(), 'vm-split-01');
    expect(keyVaults.map(({ name, holds }) => [name, holds])).toEqual([
      ['kv-prod-weu', ['bek']],
      ['kv-kek-weu', ['kek']],
    ]);
    expect(grants.map(({ keyVaultName, missing }) => [keyVaultName, missing.keys, missing.secrets])).toEqual([
      ['kv-kek-weu', ['get', 'list', 'backup'], []],
    ]);
  });

  test('vm-app-01: tonight works', async () => {
    const { protection } = await look(contoso(), 'vm-app-01');
    expect(protection).toMatchObject({
      vaultName: 'rsv-prod-weu',
      policyName: 'DefaultPolicy',
      points: 2,
      lastPoint: { time: '2026-11-23T23:04:00.000Z', encrypted: true },
      tonight: { works: 'yes', nextRun: '2026-11-24T23:00:00.000Z', because: null },
    });
  });

  test('vm-app-02: tonight fails, and the last good point shows why', async () => {
    const { protection } = await look(contoso(), 'vm-app-02');
    expect(protection.tonight).toMatchObject({ works: 'no', because: 'rights.policies-missing' });
    expect(protection.lastPoint?.encrypted).toBe(false);
  });

  test('vm-bek-01: a rule blocks it, not Azure; and the rule has three values and exceptions', async () => {
    const blocked = await look(contoso(), 'vm-bek-01');
    expect(blocked.findings.find(({ code }) => code === 'kek.rule-refuses')?.refuses).toBe('rule');
    expect((await look(contoso(), 'vm-bek-01', { rules: { requireKek: 'warn' } })).verdict).toBe('ready-with-warnings');
    expect((await look(contoso(), 'vm-bek-01', { rules: { requireKek: 'off' } })).verdict).toBe('ready');
    const of = { vmId: blocked.vm.id.toUpperCase(), guid: blocked.vm.vmId, by: 'Ben' };
    const kekExceptions = [{ ...of, since: '2026-11-20T09:00:00.000Z', until: '2026-12-24T23:59:59.000Z' }];
    expect((await look(contoso(), 'vm-bek-01', { rules: { kekExceptions } })).verdict).toBe('ready-with-warnings');
  });

  test('vm-off-01: the encryption is read from the disk', async () => {
    const seen = await look(contoso(), 'vm-off-01');
    expect(seen.encryption.readFrom).toBe('disk');
    expect(codes(seen, 'warn')).toEqual(['power.off']);
  });

  test('vm-plain-01: without ADE there is no key vault to check', async () => {
    const { findings, calls } = await look(contoso(), 'vm-plain-01');
    expect(findings.filter(({ check }) => ['key-vault', 'rights', 'principal', 'kek'].includes(check))).toEqual([]);
    expect(calls.filter((call) => call.startsWith('keyVault'))).toEqual([]);
  });

  test('a ready VM needs no list of disks and no second read of anything', async () => {
    const { calls } = await look(contoso(), 'vm-sql-01');
    expect(calls.filter((call) => call.startsWith('disks '))).toEqual([]);
    expect(new Set(calls).size).toBe(calls.length);
  });
});
