/** The resource provider that backups of VMs need in their subscription. */
export const recoveryServices = 'Microsoft.RecoveryServices';

/** Whether Azure has finished registering it: in no other state can it be relied on. */
export function isRegistered(state: string | null): boolean {
  return state === 'Registered';
}
