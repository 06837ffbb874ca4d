import type { RestoreChecks } from '../../src/readiness/restores/restore-checks.ts';

/** No Resource Guard, and keys that come back: for estates in which that isn't the question. */
export const noDoubts: RestoreChecks = {
  guard: () => Promise.resolve({ is: 'none' }),
  keys: () => Promise.resolve({ is: 'back', makesVersions: false }),
};
