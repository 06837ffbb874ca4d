/**
 * What tells whether Azure Backup can copy a KEK: it copies standalone keys only, and Key Vault manages the key of a
 * certificate. Only the data plane says so (`managed`), and the product doesn't read that.
 */
import type { KeyObject, RecoveryPoint } from '../../azure/gateway.ts';

/**
 * Whether the key may be a certificate's. Key Vault mirrors a certificate's attributes to its key, and each X.509
 * certificate has a start and an end (Microsoft Learn, "About Azure Key Vault certificates", Attributes; seen on the
 * data plane in Azure/azure-sdk-for-python#22347). So a key that lacks one of the two dates is a standalone one.
 */
export function maybeOfCertificate({ expires, notBefore }: Pick<KeyObject, 'expires' | 'notBefore'>): boolean {
  return expires !== null && notBefore !== undefined;
}

/**
 * Whether this point shows that the keys of its VM were copied. `secrets`: the BEKs of the VM's disks. Azure Disk
 * Encryption writes a new one when it gets another KEK, so an older point may have been made with that other one.
 */
export function showsCopy(
  { encrypted, time }: Pick<RecoveryPoint, 'encrypted' | 'time'>,
  secrets: readonly (Pick<KeyObject, 'created'> | null)[],
): boolean {
  return encrypted === true && secrets.every((secret) => secret?.created === undefined || secret.created <= time);
}
