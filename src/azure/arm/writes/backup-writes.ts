import type { IaasVMBackupRequest } from '@azure/arm-recoveryservicesbackup';
import type { BackupWrites } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { itemWrites } from './item-writes.ts';
import { itemPath, vaultPath } from '../reads/backup-reads.ts';
import type { Ask } from '../transport/observed-call.ts';
import { subject } from '../parse/azure-values.ts';
import { sentWrite } from './sent-write.ts';

/** Writes of the operating identity. Each resolves when Azure has accepted, not when the work is done. */
export function backupWrites(clients: ClientsOf, ask: Ask): Omit<BackupWrites, 'putPolicy'> {
  const backupOf = (id: string) => clients(subject(id).subscription).backup();
  return {
    ...itemWrites(clients, ask),

    refreshContainers: (vaultId, attempt) =>
      ask({ name: 'refreshContainers', doing: `refreshing what ${vaultId} can protect` }, async () => {
        const sent = sentWrite(attempt);
        await backupOf(vaultId).protectionContainers.refresh(...vaultPath(vaultId), 'Azure', sent.options);
        return sent.operation(vaultId);
      }),

    startBackup: (ref, keepUntil, attempt) =>
      ask({ name: 'startBackup', doing: `starting backup of ${ref.item}` }, async () => {
        const sent = sentWrite(attempt);
        const properties: IaasVMBackupRequest = {
          objectType: 'IaasVMBackupRequest',
          recoveryPointExpiryTimeInUTC: keepUntil,
        };
        await backupOf(ref.vaultId).backups.trigger(...itemPath(ref), { properties }, sent.options);
        return sent.operation(ref.vaultId);
      }),

    registerProvider: ({ subscription, namespace }, attempt) =>
      ask({ name: 'registerProvider', doing: `registering ${namespace}` }, async () => {
        const sent = sentWrite(attempt);
        await clients(subscription).resources().providers.register(namespace, sent.options);
        return sent.receipt();
      }),

    cancelJob: ({ vaultId, jobId }, attempt) =>
      ask({ name: 'cancelJob', doing: `cancelling job ${jobId}` }, async () => {
        const sent = sentWrite(attempt);
        await backupOf(vaultId).jobCancellations.trigger(...vaultPath(vaultId), jobId, sent.options);
        return sent.receipt();
      }),
  };
}
