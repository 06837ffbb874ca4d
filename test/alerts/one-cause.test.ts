import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alertCard } from '../../src/alerts/alert-card.ts';
import { affectedIn, type Alert, type FailureCause } from '../../src/alerts/alert.ts';
import { causeOfJob } from '../../src/alerts/cause.ts';
import { fold, type Sighting } from '../../src/alerts/fold.ts';
import { words, type FindingToSay } from '../../src/message/words.ts';

const said = words({ locale: 'en', timeZone: 'UTC', simulated: false });
const job = { operation: 'Backup', codes: ['UserErrorGuestAgentStatusUnavailable'], says: ['No agent.'] };
const minute = (at: number) => new Date(Date.UTC(2026, 10, 28) + at * 60_000).toISOString();
let made = 0;
const newId = () => `alert-${(made += 1)}`;

const causeOf = (finding: FindingToSay) => causeOfJob(job, finding, []);
function seen(vm: string, at: number, cause: FailureCause | null): Sighting {
  const tags = { team: vm };
  const place = { vaultId: '/v', vault: 'rsv', subscription: 's', resourceGroup: `rg-${vm}`, tags };
  const subject = { key: vm, name: vm, calledAs: `rg-${vm}/${vm}`, ...place };
  return { subject, at: minute(at), jobId: `job-of-${vm}`, activityId: null, cause, lastGood: null };
}
const folded = (open: readonly Alert[], ...all: Sighting[]) => fold(open, all, newId).map(({ alert }) => alert);
function shown(alert: Alert, affected = alert.affected): string {
  return JSON.stringify(alertCard({ words: said, alert, affected, now: new Date(minute(600)) }));
}

const kek = (keyVault: string, key = 'kek', version = 'v1') => ({
  code: 'kek-version.disabled',
  params: { keyVault, key, version, disks: ['os'] },
});
const secret = (keyVault: string, name: string) => ({
  code: 'secret.disabled',
  params: { keyVault, secret: name, disks: ['os'], wrapped: true },
});
const disk = (group: string) => ({
  code: 'disk-size.too-large',
  params: { disk: 'data-1', diskId: `/resourceGroups/${group}/disks/data-1`, sizeGiB: 40_000, limit: 32_767 },
});
const gone = (keyVault: string) => ({ code: 'key-vault.gone', params: { keyVault } });

describe('one alert is one cause', () => {
  test.each([
    ['keys of one name in two key vaults', kek('kv-a'), kek('kv-b')],
    ['two versions of a key', kek('kv-a'), kek('kv-a', 'kek', 'v2')],
    ['secrets in two key vaults', secret('kv-a', 'bek'), secret('kv-b', 'bek')],
    ['two secrets', secret('kv-a', 'bek-1'), secret('kv-a', 'bek-2')],
    ['disks of one name in two groups', disk('rg-a'), disk('rg-b')],
    ['two key vaults', gone('kv-a'), gone('kv-b')],
  ])('%s are two', (_, a, b) => {
    const alerts = folded([], seen('vm-a', 1, causeOf(a)), seen('vm-b', 2, causeOf(b)));
    expect(alerts.map(({ affected }) => affected.map(({ name }) => name))).toEqual([['vm-a'], ['vm-b']]);
  });

  test('twenty VMs behind one key, or one key vault, are one', () => {
    for (const finding of [kek('kv-a'), gone('kv-a')]) {
      const all = Array.from({ length: 20 }, (_, at) => seen(`vm-${at}`, at, causeOf(finding)));
      expect(folded([], ...all)).toHaveLength(1);
    }
  });

  test('an alert of the previous release, whose key said less, continues and closes', () => {
    const cause = causeOf(kek('kv-a'));
    const earlier = { ...cause, key: 'finding kek-version.disabled KEK kek is disabled' };
    const old = folded([], seen('vm-a', 1, earlier), seen('vm-b', 1, earlier));
    const [same, ...others] = folded(old, seen('vm-a', 2, cause));
    expect(others).toEqual([]);
    expect(same).toMatchObject({ id: old[0]!.id, cause: { key: cause.key }, closedAt: null });
    const apart = folded([same!], seen('vm-b', 3, causeOf(kek('kv-b'))));
    expect(apart).toHaveLength(2);
    const both = [seen('vm-a', 4, null), seen('vm-b', 4, null)];
    for (const alert of [...folded(old, ...both), ...folded(apart, ...both)]) expect(alert.closedAt).toBe(minute(4));
  });
});

const agent = (vm: string, os: string) => ({
  code: 'agent.not-ready',
  params: { vm, group: `rg-${vm}`, agentless: 'no', status: 'Not Ready', version: '', os },
});

describe('the fix is for a VM that is shown', () => {
  const both = folded(
    [],
    seen('vm-a', 1, causeOf(agent('vm-a', 'Linux'))),
    seen('vm-b', 2, causeOf(agent('vm-b', 'Windows'))),
  )[0]!;

  test('once the other one is backed up again, it names the VM that still fails', () => {
    const [left] = folded([both], seen('vm-b', 3, null));
    expect(shown(left!)).toContain('az vm restart --resource-group rg-vm-a --name vm-a');
    expect(shown(left!)).toContain('walinuxagent');
    expect(shown(left!)).not.toMatch(/--name vm-b|WindowsAzureGuestAgent/);
  });

  test('of several, it names none, and only what they have in common', () => {
    expect(shown(both)).toContain('az vm restart --resource-group <group> --name <vm>');
    expect(shown(both)).not.toMatch(/--name vm-|walinuxagent|WindowsAzureGuestAgent/);
    const same = folded([], ...['vm-a', 'vm-b'].map((vm) => seen(vm, 1, causeOf(agent(vm, 'Linux')))));
    expect(shown(same[0]!)).toContain('walinuxagent');
  });

  test('what a channel shows never names a VM outside its scope', () => {
    const vms = fc.uniqueArray(fc.integer({ min: 10, max: 30 }), { minLength: 2, maxLength: 5 });
    const told = (vm: string) => ({ ...job, says: [`No agent in ${vm}.`], codes: ['AnErrorNobodyKnows'] });
    fc.assert(
      fc.property(vms, fc.boolean(), fc.nat(), (numbers, isKnown, at) => {
        const names = numbers.map((number) => `vm-${number}`);
        const cause = (vm: string) =>
          isKnown ? causeOf(agent(vm, 'Linux')) : causeOfJob(told(vm), null, [vm, `rg-${vm}`]);
        const [alert, ...others] = folded([], ...names.map((vm, minutes) => seen(vm, minutes, cause(vm))));
        expect(others).toEqual([]);
        const mine = names[at % names.length]!;
        const card = shown(alert!, affectedIn(alert!, [{ tag: `team=${mine}` }]));
        expect(new Set(card.match(/vm-\d\d/g))).toEqual(new Set([mine]));
      }),
    );
  });
});

test('another resource provider that is not registered is shown as Azure gave it, and no backup is offered', () => {
  const card = (namespace: string) => {
    const says = [`The subscription is not registered to use namespace '${namespace}'.`];
    const cause = causeOfJob({ operation: 'Backup', codes: ['MissingSubscriptionRegistration'], says }, null, []);
    return shown(folded([], seen('vm-a', 1, cause))[0]!);
  };
  expect(card('Microsoft.RecoveryServices')).toContain('backup now ');
  expect(card('Microsoft.Compute')).toContain("namespace 'Microsoft.Compute'");
  expect(card('Microsoft.Compute')).not.toMatch(/backup now |Recovery Services resource provider|az provider register/);
});
