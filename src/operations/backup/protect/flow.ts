/**
 * The dialog behind `/backup vm`: which VM, its state, where its backups go, and what to do. Defaults answer vault and
 * policy in advance; "Change" opens them. With `backup now` the typed words are the choice.
 */
import { z } from 'zod';
import { sameDisks } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import { digestOf } from '../../../core/digest.ts';
import { toJson, type Json } from '../../../core/json.ts';
import { isRefusal, refuse, type Refusal } from '../../../core/refusal.ts';
import { flow, neverKept, type Parsed } from '../../../dialog/flow.ts';
import type { Assessment, PolicyChoice, VaultChoice } from '../../../readiness/findings/assessment.ts';
import { sameVerdictOrBetter } from '../../../readiness/findings/same-or-better.ts';
import type { Candidates } from './candidates.ts';
import { parseTarget, type Target } from '../../../core/vm-target.ts';
import type { ChosenDisks } from '../../../readiness/chosen-disks.ts';
import { does, fromStored, toStored, type BackupChoice } from './choices.ts';
import { asTheyAre, canChooseDisks, isChosen, parseDisks, type DisksAnswer } from './disks.ts';

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

/** What the dialog reads, outside the turn. */
export type BackupPorts = {
  readonly candidates: (target: Target) => Promise<Candidates>;
  /** `vaultId`: the Recovery Services vault to read; absent: the default one. `chosen`: the disks to judge it with. */
  readonly reading: (vmId: string, given?: ReadWith) => Promise<Reading>;
};

/** Somebody's choices that a reading takes into account. */
export type ReadWith = { readonly vaultId?: string; readonly chosen?: ChosenDisks };

/** How long an on-demand backup is kept by default, in days. */
export const defaultKeepDays = 30;

const askedInput = z.strictObject({
  text: z.string().min(1),
  wish: z.enum(['look', 'back-up-now']),
  keepDays: z.number().int().min(1).max(36_135).nullable(),
  question: z.enum(['status', 'access']).optional(),
});

/** The flow. */
export const backupFlow = flow<BackupKnown, BackupPorts>({
  name: 'backup',
  steps: [
    // Typed words start a backup once; a reopened dialog shows its card first.
    { kind: 'ask', id: 'asked', parse: parseAsked, reopened: (input) => ({ ...(input as object), wish: 'look' }) },
    {
      kind: 'find',
      id: 'candidates',
      lookup: async (known, ports) => toJson(await ports.candidates(known.asked.target)),
    },
    {
      kind: 'ask',
      id: 'vm',
      preset: ({ candidates }) => (candidates.vms.length === 1 ? candidates.vms[0]?.id : undefined),
      parse: (input, { candidates }) =>
        oneOf(
          input,
          candidates.vms.map((vm) => vm.id),
        ),
    },
    {
      kind: 'find',
      id: 'reading',
      shape: 3,
      lookup: async (known, ports) => toJson(toStored(await ports.reading(known.vm))),
      read: fromStored,
      worse: gotWorse,
    },
    { kind: 'ask', id: 'disks', when: canChooseDisks, preset: () => asTheyAre, parse: parseDisks },
    {
      kind: 'find',
      id: 'narrowed',
      replaces: 'reading',
      when: ({ disks }) => isChosen(disks),
      lookup: async (known, ports) => toJson(toStored(await ports.reading(known.vm, chosenOf(known)))),
      read: fromStored,
      worse: gotWorse,
    },
    {
      kind: 'ask',
      id: 'vault',
      when: canProtect,
      preset: presetVault,
      parse: (input, known) =>
        oneOf(
          input,
          eligibleVaults(known).map((vault) => vault.id),
        ),
    },
    {
      // Only the default vault was read with the VM.
      kind: 'find',
      id: 'place',
      shape: 3,
      replaces: 'reading',
      when: (known) => canProtect(known) && chosenVault(known)?.looked === false,
      lookup: async (known, ports) =>
        toJson(toStored(await ports.reading(known.vm, { ...chosenOf(known), vaultId: known.vault }))),
      read: fromStored,
      worse: gotWorse,
    },
    {
      kind: 'ask',
      id: 'policy',
      when: canProtect,
      preset: (known) => chosenVault(known)?.presetPolicyId ?? undefined,
      parse: parsePolicy,
    },
    {
      kind: 'ask',
      id: 'go',
      preset: ({ asked, reading }) =>
        asked.wish === 'back-up-now' && reading.choices[0] === 'back-up-now' ? 'back-up-now' : undefined,
      parse: (input, { reading }) => oneOf(input, reading.choices),
      reopened: neverKept,
    },
    {
      kind: 'ask',
      id: 'sure',
      when: isFinal,
      parse: (input) => oneOf(input, ['yes']),
      reopened: neverKept,
    },
  ],
  // The vault alone is nothing new: it would be refused, and mended, without end.
  mend: ({ vault, ...others }, { refused }) => {
    const isMended = refused === 'policy-of-another-vault' || refused === 'not-looked-yet';
    return isMended && vault !== undefined && Object.keys(others).length > 0 ? { vault } : null;
  },
});

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

function protects(choice: BackupChoice): boolean {
  return does(choice, 'protect');
}

/** Whether protection can be enabled, so that vault and policy matter. */
export function canProtect({ reading }: Pick<BackupKnown, 'reading'>): boolean {
  return !changesDisks(reading) && reading.choices.some(protects);
}

/** Whether the VM is already protected, so that only its disks are chosen again. */
export function changesDisks({ choices, assessment }: Reading): boolean {
  return assessment.protection.kind === 'protected' && choices.some(protects);
}

function chosenOf({ disks }: Pick<BackupKnown, 'disks'>): Pick<ReadWith, 'chosen'> {
  return isChosen(disks) ? { chosen: disks } : {};
}

/** Whether choosing a vault is irreversible: one that is locked as immutable never deletes a backup early. */
export function bindsForGood(vault: Pick<VaultChoice, 'immutability'>): boolean {
  return /^locked$/i.test(vault.immutability ?? '');
}

function isFinal(known: BackupKnown): boolean {
  const vault = chosenVault(known);
  return canProtect(known) && protects(known.go) && vault !== undefined && bindsForGood(vault);
}

function policiesOf(reading: Reading, vaultId: string): readonly PolicyChoice[] {
  return policiesIn(reading.assessment.destinations.policies, vaultId);
}

function policiesIn(policies: Assessment['destinations']['policies'], vaultId: string): readonly PolicyChoice[] {
  return Object.entries(policies).find(([id]) => sameId(id, vaultId))?.[1] ?? [];
}

function presetVault(known: Pick<BackupKnown, 'reading'>): string | undefined {
  const taking = eligibleVaults(known);
  const { vaultId } = known.reading.assessment.destinations.preset;
  const preset = taking.find(({ id }) => vaultId !== null && sameId(id, vaultId));
  return (preset ?? (taking.length === 1 ? taking[0] : undefined))?.id;
}

function parseAsked(input: unknown): Parsed {
  const given = askedInput.safeParse(input);
  if (!given.success) return refuse('not-offered');
  const target = parseTarget(given.data.text);
  return isRefusal(target) ? target : { value: toJson({ ...given.data, target }) };
}

function parsePolicy(input: unknown, known: BackupKnown): Parsed {
  const ids = fittingPolicies(known).map((policy) => policy.id);
  const chosen = oneOf(input, ids);
  if (!isRefusal(chosen)) return chosen;
  const vaultOfIt = typeof input === 'string' ? /^(.+)\/backupPolicies\/[^/]+$/i.exec(input)?.[1] : undefined;
  const isElsewhere = vaultOfIt !== undefined && !sameId(vaultOfIt, known.vault);
  return isElsewhere ? refuse('policy-of-another-vault', { vault: chosenVault(known)?.name ?? '' }) : chosen;
}

function oneOf(input: unknown, offered: readonly string[]): { value: Json } | Refusal {
  const match = offered.find((offer) => typeof input === 'string' && (offer === input || sameId(offer, input)));
  return match === undefined ? refuse('not-offered') : { value: match };
}

/** The running backup that a start would follow. */
export function followsJob({ reading }: Pick<BackupKnown, 'reading'>): string | null {
  const { runningJob } = reading.assessment.protection;
  return runningJob?.operation === 'Backup' ? runningJob.id : null;
}

/** Worse means: the choice is no longer offered, or there is a problem, or more access to give, that wasn't shown. */
function gotWorse(shown: BackupKnown, now: BackupKnown): boolean {
  if (!now.reading.choices.includes(shown.go)) return true;
  // If a running backup should be followed, no new one is started instead.
  if (followsJob(shown) && followsJob(shown) !== followsJob(now)) return true;
  if (wasChanged(shown.reading.assessment, now.reading.assessment, isChosen(shown.disks))) return true;
  if (canProtect(shown) && protects(shown.go) && termsOf(shown) !== termsOf(now)) return true;
  return !sameVerdictOrBetter(shown.reading.assessment, now.reading.assessment);
}

/** Whether somebody chose other disks in the meantime, or protected the VM that these were chosen for. */
function wasChanged(shown: Assessment, now: Assessment, isDisksChosen: boolean): boolean {
  const [before, after] = [shown.protection, now.protection];
  if (before.kind !== after.kind) return isDisksChosen;
  return before.kind === 'protected' && !sameDisks(before.diskChoice, after.diskChoice);
}

/**
 * What the card says about where the backups go and how long they are kept: the ID of a policy or vault may stay while
 * everything else changes.
 */
function termsOf(known: BackupKnown): string {
  const { name, redundancy, softDeleteDays, immutability, multiUserAuthorization } = chosenVault(known) ?? {};
  const { protectedItems: _, ...policy } = fittingPolicies(known).find(({ id }) => id === known.policy)?.facts ?? {};
  return digestOf({ name, redundancy, softDeleteDays, immutability, multiUserAuthorization, policy });
}
