/** Everything that the checks use: the readings and what was derived from them once. */
import type { VmFacts } from '../../azure/gateway.ts';
import type { Destinations, GrantNeed } from '../findings/assessment.ts';
import type { PolicyNeeds } from '../policy-needs.ts';
import type { EncryptionPicture } from '../encryption.ts';
import type { KeyVaultPicture } from './key-vault-picture.ts';
import type { ProtectionPicture } from '../protection.ts';
import type { VmReading, VmSurroundings } from '../reading.ts';
import type { ReadinessRules } from '../rules.ts';

/** The picture of a VM that could be read. `proven`: a backup has succeeded since it was encrypted. */
export type Picture = {
  readonly reading: VmReading;
  readonly vm: VmFacts;
  readonly around: VmSurroundings;
  readonly rules: ReadinessRules;
  readonly encryption: EncryptionPicture;
  readonly traits: PolicyNeeds;
  readonly keyVaults: readonly KeyVaultPicture[];
  readonly protection: ProtectionPicture;
  readonly proven: boolean;
  readonly grants: readonly GrantNeed[];
  /** Computed when it is first asked for. */
  readonly destinations: () => Destinations;
};
