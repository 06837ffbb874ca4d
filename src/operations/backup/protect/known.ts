/** What the dialog behind `/backup vm` knows, and what follows from that. Pure. */
import { sameId } from '../../../core/arm-id.ts';
import type { Refusal } from '../../../core/refusal.ts';
import type { Target } from '../../../core/vm-target.ts';
import type { Assessment, PolicyChoice, VaultChoice } from '../../../readiness/findings/assessment.ts';
import type { ChosenDisks } from '../../../readiness/chosen-disks.ts';
import type { Candidates } from './candidates.ts';
import { does, type BackupChoice } from './choices.ts';
import type { DisksAnswer } from './disks.ts';

/** What was requested in words. `keepDays` null: the default. */
type BackupRequest = {
  readonly text: string;
  readonly target: Target;
  readonly wish: 'look' | 'back-up-now';
  readonly keepDays: number | null;
  /** The question that the card answers in its title; absent: the state of the VM. */
  readonly question?: 'status' | 'access';
};

/** A reading of Azure, judged by this installation's rules. */
export type Reading = {
  readonly assessment: Assessment;
  /** What can be chosen now, the best first. */
  readonly choices: readonly BackupChoice[];
  /** Why no grant is among them although one is missing: no identity can give it, or a rule forbids it. */
  readonly grantHeld: 'no-identity' | Refusal | null;
};

/** What the dialog knows, in the order in which it learns it. */
export type BackupKnown = {
  readonly asked: BackupRequest;
  readonly candidates: Candidates;
  readonly vm: string;
  readonly reading: Reading;
  /** Which of its data disks are backed up; if others were chosen, `reading` is the one with those. */
  readonly disks: DisksAnswer;
  readonly vault: string;
  readonly policy: string;
  readonly go: BackupChoice;
  readonly sure: 'yes';
  readonly [step: string]: unknown;
};

/** Somebody's choices that a reading takes into account. */
export type ReadWith = { readonly vaultId?: string; readonly chosen?: ChosenDisks };

/** How long an on-demand backup is kept by default, in days. */
export const defaultKeepDays = 30;

/** The vaults that can take the VM. */
export function eligibleVaults({ reading }: Pick<BackupKnown, 'reading'>): readonly VaultChoice[] {
  return vaultsThatTake(reading.assessment);
}

/**
 * The same from the assessment alone. A vault whose policies couldn't be read offers none to choose, so it can't take
 * the VM; one that wasn't read may.
 */
export function vaultsThatTake({ destinations }: Pick<Assessment, 'destinations'>): readonly VaultChoice[] {
  const { vaults, policies } = destinations;
  const fits = ({ id }: VaultChoice) => policiesIn(policies, id).some((policy) => policy.fits);
  return vaults.filter((vault) => vault.eligible && (vault.looked === false || fits(vault)));
}

/** The policies of the chosen vault that fit the VM. */
export function fittingPolicies(known: Pick<BackupKnown, 'reading' | 'vault'>): readonly PolicyChoice[] {
  return policiesOf(known.reading, known.vault).filter((policy) => policy.fits);
}

/** The chosen vault; undefined if none is. */
export function chosenVault({ reading, vault }: Pick<BackupKnown, 'reading' | 'vault'>): VaultChoice | undefined {
  return reading.assessment.destinations.vaults.find((choice) => vault && sameId(choice.id, vault));
}

/** Whether protection can be enabled, so that vault and policy matter. */
export function canProtect({ reading }: Pick<BackupKnown, 'reading'>): boolean {
  return !changesDisks(reading) && reading.choices.some(protects);
}

/** Whether the VM is already protected, so that only its disks are chosen again. */
export function changesDisks({ choices, assessment }: Reading): boolean {
  return assessment.protection.kind === 'protected' && choices.some(protects);
}

/** Whether choosing a vault is irreversible: one that is locked as immutable never deletes a backup early. */
export function bindsForGood(vault: Pick<VaultChoice, 'immutability'>): boolean {
  return /^locked$/i.test(vault.immutability ?? '');
}

function policiesIn(policies: Assessment['destinations']['policies'], vaultId: string): readonly PolicyChoice[] {
  return Object.entries(policies).find(([id]) => sameId(id, vaultId))?.[1] ?? [];
}

function policiesOf(reading: Reading, vaultId: string): readonly PolicyChoice[] {
  return policiesIn(reading.assessment.destinations.policies, vaultId);
}

/** The running backup that a start would follow. */
export function followsJob({ reading }: Pick<BackupKnown, 'reading'>): string | null {
  const { runningJob } = reading.assessment.protection;
  return runningJob?.operation === 'Backup' ? runningJob.id : null;
}

/** Whether a choice enables protection, or changes its disks. */
export function protects(choice: BackupChoice): boolean {
  return does(choice, 'protect');
}
