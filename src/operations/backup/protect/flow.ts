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
import type { Assessment } from '../../../readiness/findings/assessment.ts';
import { sameVerdictOrBetter } from '../../../readiness/findings/same-or-better.ts';
import { parseTarget } from '../../../core/vm-target.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { fromStored, toStored } from './choices.ts';
import { asTheyAre, canChooseDisks, isChosen, parseDisks } from './disks.ts';
import {
  bindsForGood,
  canProtect,
  chosenVault,
  eligibleVaults,
  fittingPolicies,
  followsJob,
  protects,
  type BackupKnown,
  type ReadWith,
} from './known.ts';
import { findCandidates, readVm } from './read-vm.ts';

const askedInput = z.strictObject({
  text: z.string().min(1),
  wish: z.enum(['look', 'back-up-now']),
  keepDays: z.number().int().min(1).max(36_135).nullable(),
  question: z.enum(['status', 'access']).optional(),
});

/** The flow. */
export const backupFlow = flow<BackupKnown, Estate>({
  name: 'backup',
  steps: [
    // Typed words start a backup once; a reopened dialog shows its card first.
    { kind: 'ask', id: 'asked', parse: parseAsked, reopened: (input) => ({ ...(input as object), wish: 'look' }) },
    {
      kind: 'find',
      id: 'candidates',
      lookup: async (known, estate) => toJson(await findCandidates(estate, known.asked.target)),
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
      lookup: async (known, estate) => toJson(toStored(await readVm(estate, known.vm))),
      read: fromStored,
      worse: gotWorse,
    },
    { kind: 'ask', id: 'disks', when: canChooseDisks, preset: () => asTheyAre, parse: parseDisks },
    {
      kind: 'find',
      id: 'narrowed',
      replaces: 'reading',
      when: ({ disks }) => isChosen(disks),
      lookup: async (known, estate) => toJson(toStored(await readVm(estate, known.vm, chosenOf(known)))),
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
      lookup: async (known, estate) =>
        toJson(toStored(await readVm(estate, known.vm, { ...chosenOf(known), vaultId: known.vault }))),
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

function chosenOf({ disks }: Pick<BackupKnown, 'disks'>): Pick<ReadWith, 'chosen'> {
  return isChosen(disks) ? { chosen: disks } : {};
}

function isFinal(known: BackupKnown): boolean {
  const vault = chosenVault(known);
  return canProtect(known) && protects(known.go) && vault !== undefined && bindsForGood(vault);
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
