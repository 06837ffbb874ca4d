import type { Finding } from '../../../readiness/findings/finding.ts';
import type { AsksOf, DialogKind, Offer } from '../../dialogs/dialog-kind.ts';
import { backupFlow } from './flow.ts';
import type { BackupKnown } from './known.ts';
import { drawBackup, nameIn } from './card/draw-backup.ts';
import { planBackup, planOfChoice } from './plan-backup.ts';
import { newPolicyFor, newPolicyOffers } from './new-policy.ts';
import { typedChoice } from './typed-choice.ts';

/** The dialog behind `/backup vm`. */
export const backupDialog: DialogKind<BackupKnown> = {
  flow: backupFlow,
  draw: drawBackup,
  opensFor: ({ asked }) => (isAtOnce(asked) ? ['back-up-now'] : []),
  about: (known) => nameIn({ known }),
  answers: ['vm', 'vault', 'policy', 'go', 'sure', 'name', 'disks', 'later', 'among'],
  inputs: ({ name, disks, later, among = '', ...inputs }, known) => {
    // A list in which nothing is ticked isn't sent back; the field next to it always is.
    if (later !== undefined) return { ...inputs, disks: { out: disks ? disks.split(',') : [], later, among } };
    if (name === undefined) return inputs;
    // Only a name that the card offers: no step accepts any other, so the click is refused.
    if (!known.asked || !known.candidates?.nearest.includes(name)) return { name };
    const { wish, keepDays, question } = known.asked;
    return { asked: { text: name, wish, keepDays, ...(question && { question }) } };
  },
  offers: offersOf,
  checksAgain: ({ reading }) => reading?.assessment.findings.some(passesByItself) ?? false,
  plan: planBackup,
  typed: typedChoice,
  beside: newPolicyFor,
};

function isAtOnce(asked: unknown): boolean {
  return (asked as BackupKnown['asked'] | undefined)?.wish === 'back-up-now';
}

/**
 * Encryption in progress, a pending restart, a change in progress. A blocking finding isn't worth checking again so
 * soon.
 */
function passesByItself({ verdict, fix, code }: Finding): boolean {
  return verdict === 'warn' && (fix?.kind === 'wait' || code === 'encrypting.restart');
}

/**
 * The choices that can be made; if the vault or policy of one isn't chosen yet, it is checked at the click. If only a
 * policy is missing: creating it.
 */
function offersOf(known: Partial<BackupKnown>, asksOf: AsksOf): readonly Offer[] {
  const { reading } = known;
  if (!reading) return [];
  if (reading.choices.length === 0) return newPolicyOffers({ ...known, reading });
  return reading.choices.flatMap((go) => {
    const plan = planOfChoice(known, go);
    return plan ? [{ go, asks: asksOf(plan) }] : [];
  });
}
