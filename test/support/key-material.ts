import { bekOf } from '../../src/sim/keyvault/secret-content.ts';
import type { BotAzure } from './bot-azure.ts';

type Details = { readonly KeyBackupData?: string; readonly SecretData: string };
type Copied = {
  readonly OsDiskKeyAndSecretDetails: Details;
  readonly DataDiskKeyAndSecretDetails?: readonly Details[];
};

/**
 * The content of the keys and secrets in these VMs' newest points, as bytes: the disk keys, wrapped, and the backups of
 * the keys that wrap them.
 */
export async function materialOf(azure: BotAzure, vms: readonly string[]): Promise<Buffer[]> {
  const { items } = await azure.state('items');
  const points = items.filter(({ vmId }) => vms.some((vm) => vmId.endsWith(`/${vm}`))).flatMap((item) => item.points);
  const beks = points.flatMap(({ copiedKeys = [] }) => copiedKeys.map(({ bek }) => bekOf(bek)));
  const copied = await Promise.all(
    vms.map(async (vm) => ((await azure.control('POST', 'keys', { vm })) as { copied: Copied }).copied),
  );
  const details = copied.flatMap((one) => [one.OsDiskKeyAndSecretDetails, ...(one.DataDiskKeyAndSecretDetails ?? [])]);
  const backups = details.flatMap(({ KeyBackupData, SecretData }) => [
    ...(KeyBackupData === undefined ? [] : [Buffer.from(KeyBackupData, 'base64')]),
    Buffer.from(SecretData, 'base64url'),
  ]);
  const all = [...beks, ...backups].map((bytes) => [bytes.toString('hex'), bytes] as const);
  return [...new Map(all).values()];
}

/** Which of it is in a text, whole or in part: as base64, base64url or hex. */
export function traceOf(material: readonly Buffer[], text: string): string[] {
  const forms = (['base64', 'base64url', 'hex'] as const).flatMap((form) =>
    material.map((bytes) => bytes.toString(form)),
  );
  // From the middle: independent of what precedes it and of where it is cut.
  return [...new Set(forms.map((form) => form.slice(32, 72)))].filter((part) => text.includes(part));
}
