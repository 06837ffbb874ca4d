import type { AzureReads, ItemRef } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { everyPage } from './every-page.ts';
import { type Ask, orNull } from '../transport/observed-call.ts';
import { subject } from '../parse/azure-values.ts';
import { backupStatusOf, preValidationOf } from '../parse/backup-answers.ts';
import { protectedItemOf } from '../parse/protected-item.ts';
import { recoveryPointOf } from '../parse/recovery-point.ts';

type BackupReads = Pick<AzureReads, 'backupStatus' | 'preValidate' | 'protectedItem' | 'recoveryPoints'>;

/** The names that identify a vault for the backup client, in the order of its methods' parameters. */
export function vaultPath(vaultId: string): [name: string, resourceGroup: string] {
  const { name, resourceGroup } = subject(vaultId);
  return [name, resourceGroup];
}

/** The same for a protected item. Every VM is in the fabric `Azure`. */
export function itemPath({ vaultId, container, item }: ItemRef) {
  return [...vaultPath(vaultId), 'Azure', container, item] as const;
}

/** Reads of one VM's backup: its state, its protected item and its recovery points. */
export function backupReads(clients: ClientsOf, ask: Ask): BackupReads {
  const backupOf = (id: string) => clients(subject(id).subscription).backup();
  return {
    backupStatus: ({ id, region }) =>
      ask({ name: 'backupStatus', doing: `asking whether ${id} is protected` }, async () =>
        backupStatusOf(await backupOf(id).backupStatus.get(region, { resourceType: 'VM', resourceId: id })),
      ),

    preValidate: ({ id, region }, vaultId) =>
      ask({ name: 'preValidate', doing: `asking whether ${id} can be protected` }, async () => {
        const question = { resourceType: 'VM', resourceId: id, vaultId, properties: '' };
        return preValidationOf(await backupOf(id).protectionIntentOperations.validate(region, question));
      }),

    protectedItem: (ref) =>
      ask({ name: 'protectedItem', doing: `reading ${ref.item}` }, async () => {
        const item = await orNull(backupOf(ref.vaultId).protectedItems.get(...itemPath(ref)));
        return item && protectedItemOf(item);
      }),

    recoveryPoints: (ref) =>
      ask({ name: 'recoveryPoints', doing: `listing the recovery points of ${ref.item}` }, async () => {
        const { recoveryPoints } = backupOf(ref.vaultId);
        const points = await everyPage((options) => recoveryPoints.list(...itemPath(ref), options));
        return points.map(recoveryPointOf).filter((point) => point !== null);
      }),
  };
}
