import { expect, test } from '@jest/globals';
import type { Alert, Subject } from '../../src/alerts/alert.ts';
import { fold, newsOf } from '../../src/alerts/fold.ts';
import { backupsOver, inOrder, wrong } from '../../src/alerts/looks/noted.ts';

const now = new Date('2026-11-28T08:00:00Z');
const vm: Subject = {
  key: '/subscriptions/s/resourcegroups/rg-app/providers/microsoft.compute/virtualmachines/vm-app-01',
  name: 'vm-app-01',
  calledAs: 'rg-app/vm-app-01',
  vaultId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv',
  vault: 'rsv',
  subscription: 's',
  resourceGroup: 'rg-app',
  tags: {},
};
const failed = { ...inOrder('schedule-missed', vm, '2026-11-27T23:00:00Z'), subject: vm };

test.each([
  [
    'its failed backup',
    { ...failed, cause: { kind: 'backup-failed', key: 'UserErrorX' } as unknown as Alert['cause'] },
  ],
  ['its missed schedule', wrong('schedule-missed', vm, failed.at)],
  ['its job that does not end', wrong('job-endless', vm, failed.at)],
])('when no more backups of a VM are expected, the alert of %s closes', (_what, sighting) => {
  const [opened] = fold([], [sighting], () => 'a');
  const open = opened!.alert;
  expect(open.closedAt).toBeNull();
  const [closed] = fold([open], newsOf([open], backupsOver(vm, now)), () => 'b');
  expect(closed?.alert).toMatchObject({ id: 'a', closedAt: now.toISOString() });
});
