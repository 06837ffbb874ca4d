import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createArmGateway } from '../../src/azure/arm/arm-gateway.ts';
import { forwardingClient } from '../../src/azure/arm/transport/forwarding-client.ts';
import { simulatorCredential } from '../../src/azure/arm/transport/simulator-credential.ts';
import type { AzureGateway } from '../../src/azure/gateway.ts';
import { systemClock } from '../../src/core/clock.ts';
import { assess } from '../../src/readiness/assess/assess.ts';
import { createReadinessCache, gather } from '../../src/readiness/gather/gather.ts';
import { startSimulator } from '../../src/sim/server.ts';
import type { Simulator } from '../sim/support/simulated-azure.ts';
import { codes, rules } from './support/contoso.ts';
import { subscription, vaultId, vmId } from './support/facts.ts';
import { inWaves } from './support/waves.ts';

let simulator: Simulator;
let azure: AzureGateway;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
  azure = createArmGateway({
    subscriptions: [subscription],
    operate: simulatorCredential('kluis-operate'),
    grant: simulatorCredential('kluis-grant'),
    restore: null,
    httpClient: forwardingClient(simulator.url),
    clock: systemClock,
  });
});
afterAll(() => simulator.close());

async function look(group: string, name: string) {
  const waves = inWaves(azure.reads);
  const ask = { vmId: vmId(group, name), subscription, rules, now: new Date(), grants: azure.grants };
  const reading = await gather(waves.reads, { ...ask, cache: createReadinessCache() });
  return { ...assess(reading, rules), depth: waves.depth(), calls: waves.calls };
}

describe('the simulated estate, over the real SDK', () => {
  test.each([
    ['rg-sql', 'vm-sql-01', 'ready', [], 'none'],
    ['rg-web', 'vm-web-01', 'fixable', ['rights.policies-missing'], 'none'],
    ['rg-web', 'vm-web-02', 'fixable', ['rights.policies-missing'], 'none'],
    ['rg-web', 'vm-rbac-01', 'fixable', ['rights.roles-missing'], 'none'],
    ['rg-hr', 'vm-bek-01', 'blocked', ['kek.rule-refuses'], 'none'],
    ['rg-web', 'vm-plain-01', 'ready', [], 'none'],
    ['rg-hr', 'vm-cmk-01', 'ready', [], 'none'],
    ['rg-app', 'vm-app-01', 'ready', [], 'protected'],
    ['rg-app', 'vm-app-02', 'fixable', ['rights.policies-missing'], 'protected'],
    ['rg-hr', 'vm-hr-01', 'blocked', ['key-vault.deleted'], 'protected'],
    ['rg-hr', 'vm-hr-02', 'blocked', ['kek-version.absent', 'secret.absent'], 'protected'],
    ['rg-old', 'vm-agentless-01', 'blocked', ['agent.not-ready'], 'none'],
    ['rg-app', 'vm-off-01', 'ready-with-warnings', [], 'none'],
    ['rg-us', 'vm-us-01', 'blocked', ['vault.none-here'], 'none'],
    ['rg-app', 'vm-dup-01', 'ready', [], 'protected'],
    ['rg-web', 'vm-dup-01', 'ready', [], 'none'],
    ['rg-sql', 'vm-big-01', 'blocked', ['disk-size.too-large-ade'], 'none'],
    ['rg-sql', 'vm-many-01', 'ready-with-warnings', [], 'none'],
    ['rg-hr', 'vm-lock-01', 'ready', [], 'none'],
    ['rg-hr', 'vm-shut-01', 'blocked', ['firewall.shut'], 'none'],
    ['rg-hr', 'vm-split-01', 'fixable', ['rights.policies-missing'], 'none'],
    ['rg-neu', 'vm-neu-01', 'ready', [], 'protected'],
  ])('%s/%s is %s', async (group, name, ...expected) => {
    const [verdict, blocks, protection] = expected;
    const seen = await look(group, name);
    expect(seen.findings.filter(({ verdict, aside }) => verdict === 'unknown' && !aside)).toEqual([]);
    expect(codes(seen, 'block').filter((code) => code !== 'azure-says.no')).toEqual(blocks);
    expect(seen.verdict).toBe(verdict);
    expect(seen.protection.kind).toBe(protection);
    expect(seen.depth).toBeLessThanOrEqual(5);
    expect(seen.calls.length).toBeLessThanOrEqual(70);
  });

  test('vm-sql-01 has its vault and policy preselected, and only the item of another vault is read', async () => {
    const { destinations, calls } = await look('rg-sql', 'vm-sql-01');
    expect(calls).toHaveLength(19);
    expect(calls.filter((call) => call.includes('rsv-test-weu')).map((call) => call.split(' ')[0])).toEqual([
      'protectedItem',
    ]);
    expect(destinations.preset).toEqual({
      vaultId: vaultId('rsv-prod-weu'),
      policyId: `${vaultId('rsv-prod-weu')}/backupPolicies/DefaultPolicy`,
    });
  });

  test('the offered grants, with what they give and which VMs they unblock', async () => {
    expect((await look('rg-web', 'vm-web-01')).grants).toMatchObject([
      {
        keyVaultName: 'kv-web-weu',
        missing: { keys: ['backup'], secrets: ['backup'] },
        freesAlso: [expect.stringMatching(/\/vm-web-02$/), expect.stringMatching(/\/vm-app-02$/)],
        grantIdentity: 'may',
        offered: true,
      },
    ]);
    expect((await look('rg-web', 'vm-rbac-01')).grants).toMatchObject([
      { keyVaultName: 'kv-rbac-weu', role: { name: 'backup-key-reader' }, offered: true },
    ]);
    expect((await look('rg-hr', 'vm-split-01')).grants).toMatchObject([
      { keyVaultName: 'kv-kek-weu', missing: { keys: ['get', 'list', 'backup'], secrets: [] }, offered: true },
    ]);
  });

  test('vm-app-02: tonight fails; vm-app-01: it works', async () => {
    const app2 = await look('rg-app', 'vm-app-02');
    expect(app2.protection).toMatchObject({ lastPoint: { encrypted: false }, tonight: { works: 'no' } });
    const app1 = await look('rg-app', 'vm-app-01');
    expect(app1.protection).toMatchObject({
      policyName: 'decade',
      lastPoint: { encrypted: true },
      tonight: { works: 'yes', because: null },
    });
  });
});
