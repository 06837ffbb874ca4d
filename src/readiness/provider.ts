/** The resource provider that backups of VMs need in their subscription. */
export const recoveryServices = 'Microsoft.RecoveryServices';

/** How far it is with that. */
export type Registration = 'registered' | 'registering' | 'missing';

/** From Azure's own words. */
export function registrationOf(state: string | null): Registration {
  if (isRegistered(state)) return 'registered';
  return isRegistering(state) ? 'registering' : 'missing';
}

/** Whether somebody is registering it. */
export function isRegistering(state: string | null): boolean {
  return state === 'Registering';
}

/** Whether Azure has finished registering it: in no other state can it be relied on. */
export function isRegistered(state: string | null): boolean {
  return state === 'Registered';
}
