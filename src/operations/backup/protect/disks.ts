/** Which data disks of a VM are backed up: who is asked, what an answer means, and the defaults. Pure. */
import { z } from 'zod';
import { sameDisks, takesDisk, type DiskChoice } from '../../../azure/gateway.ts';
import { digestOf } from '../../../core/digest.ts';
import { toJson } from '../../../core/json.ts';
import { refuse } from '../../../core/refusal.ts';
import type { Parsed } from '../../../dialog/flow.ts';
import type { AssessedDisk, Assessment } from '../../../readiness/findings/assessment.ts';
import { choiceOf, dataDisks, type ChosenDisks, type DataDisk } from '../../../readiness/chosen-disks.ts';

/** The answer that changes nothing: all disks of an unprotected VM, the current ones of a protected VM. */
export const asTheyAre = 'as-they-are';

/** An answer to the question. */
export type DisksAnswer = typeof asTheyAre | ChosenDisks;

/** What happens to data disks that are added to the VM later. */
export const laterDisks = ['taken', 'left-out'] as const;

type Known = { readonly reading: { readonly assessment: Assessment; readonly choices: readonly unknown[] } };

/** Whether the chosen disks differ from those in the backups. */
export function isChosen(disks: DisksAnswer | undefined): disks is ChosenDisks {
  return disks !== undefined && disks !== asTheyAre;
}

/** The data disks that can be left out. */
export function disksOf({ reading }: Known): readonly (AssessedDisk & DataDisk)[] {
  const { disks } = reading.assessment.encryption;
  return dataDisks(disks).flatMap(({ lun, name }) => {
    const disk = disks.find((one) => one.lun === lun && one.name === name);
    return disk ? [{ ...disk, lun }] : [];
  });
}

/** What can be chosen before any backup, for which disks don't matter. */
const withoutDisks: readonly unknown[] = ['register-provider', 'recover-key-vault'];

/**
 * Whether somebody can choose: a VM with data disks that can be protected, or that is protected and not being backed up
 * now, if nothing blocks it except what leaving out disks fixes.
 */
export function canChooseDisks(known: Known): boolean {
  const { protection, findings } = known.reading.assessment;
  const { kind, item, policyId } = protection;
  const isProtected = kind === 'protected' && item !== null && policyId !== null && protection.runningJob === null;
  if (!(isUnprotected(protection) || isProtected) || disksOf(known).length === 0) return false;
  const { choices } = known.reading;
  if (choices.length > 0) return choices.some((choice) => !withoutDisks.includes(choice));
  const stops = findings.filter(({ verdict, aside }) => verdict === 'block' && !aside);
  const isMended = ({ code }: { readonly code: string }) => mended.includes(code);
  // For the disks that remain, a policy can then be created.
  return stops.some(isMended) && stops.every((stop) => isMended(stop) || policyCodes.includes(stop.code));
}

/** Whether protection can be enabled for the VM, as far as is known. */
export function isUnprotected({ kind }: Pick<Assessment['protection'], 'kind'>): boolean {
  return kind === 'none' || kind === 'unknown' || kind === 'soft-deleted';
}

/** Findings that there is no fitting policy, which a new one fixes. */
export const policyCodes: readonly string[] = ['policy.none', 'policy.none-fits', 'policy.none-for-choice'];

/** Findings that are fixed by leaving out disks, or by backing up all of them again. */
const mended: readonly string[] = [
  'disk-kind.shared',
  'disk-kind.choice-ade',
  'policy.none-for-choice',
  'disk-size.too-large',
  'disk-size.too-large-ade',
  'disk-size.too-large-together',
  'disk-size.too-many',
];

/** `among`: the disks that there were to choose from. */
const answer = z.strictObject({ out: z.array(z.string()), later: z.enum(laterDisks), among: z.string() });

/** The key of a disk in an answer: short, and only for this disk at this LUN. */
export function keyOfDisk({ lun, name }: DataDisk): string {
  return `${lun}-${digestOf(name.toLowerCase()).slice(0, 12)}`;
}

/** The key of all of them together: a choice among other disks has another one. */
export function keyOfDisks(disks: readonly DataDisk[]): string {
  return digestOf(disks.map(keyOfDisk)).slice(0, 12);
}

/**
 * The disks of an answer; a disk that the VM doesn't have is refused, and so is an answer that was given when it had
 * others.
 */
export function parseDisks(input: unknown, known: Known): Parsed {
  if (input === asTheyAre) return { value: asTheyAre };
  const given = answer.safeParse(input);
  if (!given.success) return refuse('not-offered');
  const { out, later, among } = given.data;
  const disks = disksOf(known);
  if (among !== keyOfDisks(disks) || !out.every((key) => disks.some((disk) => keyOfDisk(disk) === key)))
    return refuse('not-offered');
  const those = (isOut: boolean) =>
    disks.filter((disk) => out.includes(keyOfDisk(disk)) === isOut).map(({ lun, name }) => ({ lun, name }));
  const chosen: ChosenDisks = { out: those(true), taken: those(false), only: later === 'left-out' };
  const isSame = sameDisks(choiceOf(chosen), choiceInForce(known));
  return { value: isSame ? asTheyAre : toJson(chosen) };
}

/** The disks in the backups now; null: all, also for an unprotected VM. */
function choiceInForce({ reading }: Known): DiskChoice | null {
  const { kind, diskChoice } = reading.assessment.protection;
  return kind === 'protected' ? diskChoice : null;
}

/** The default: the current choice, without what Azure Backup does not support. */
export function presetDisks(known: Known): { readonly out: readonly string[]; readonly later: 'taken' | 'left-out' } {
  const choice = choiceInForce(known);
  const out = disksOf(known).filter(({ lun, unfit }) => unfit !== null || !takesDisk(choice, lun));
  return { out: out.map(keyOfDisk), later: choice?.only ? 'left-out' : 'taken' };
}

/**
 * The choice that a card shows, by names: what was chosen, otherwise the current choice; null: all disks are backed up.
 */
export function disksLeftOut(
  { assessment }: { readonly assessment: Assessment },
  disks: DisksAnswer | undefined,
): { readonly names: readonly string[]; readonly only: boolean } | null {
  if (isChosen(disks)) {
    return choiceOf(disks) === null ? null : { names: disks.out.map(({ name }) => name), only: disks.only };
  }
  const { kind, diskChoice } = assessment.protection;
  if (kind !== 'protected' || diskChoice === null) return null;
  const left = dataDisks(assessment.encryption.disks).filter(({ lun }) => !takesDisk(diskChoice, lun));
  return { names: left.map(({ name }) => name), only: diskChoice.only };
}
