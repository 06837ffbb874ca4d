/** The resource provider that backups of VMs need in their subscription. */
export const recoveryServices = 'Microsoft.RecoveryServices';

/** Whether Azure is done registering it: in no other state it can be relied on. */
export function isRegistered(state: string | null): boolean {
  return state === 'Registered';
}
