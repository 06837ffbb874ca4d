import { describe, expect, test } from '@jest/globals';
import type { Alert, FailureCause } from '../../src/alerts/alert.ts';
import { causeOfJob } from '../../src/alerts/cause.ts';
import { fold, type Sighting } from '../../src/alerts/fold.ts';
import type { FindingToSay } from '../../src/message/words.ts';

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
