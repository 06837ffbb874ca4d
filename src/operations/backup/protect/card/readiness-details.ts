/** The folds of the readiness card, and where its links lead. Pure. */
import type { Block, Link, Section } from '../../../../message/card-data.ts';
import { portalLink } from '../../../../message/portal-link.ts';
import type { Words } from '../../../../message/words.ts';
import type { Finding } from '../../../../readiness/findings/finding.ts';
import { isBlockedOffer } from '../../../wording/ruled-words.ts';
import { byHandDetails, missingDetails } from './access-lines.ts';
import type { BackupDrawing } from './drawing.ts';
import { isChosen } from '../disks.ts';
import { disksLines } from './disks-card.ts';
import { canProtect, type BackupKnown } from '../known.ts';
import { planOfChoice } from '../plan-backup.ts';
import { checkLine, type Told } from './problem-lines.ts';
import { protectionFacts } from './readiness-lines.ts';

type Known = Pick<BackupKnown, 'reading' | 'asked'> & Partial<BackupKnown>;

/** The facts first, then the texts about the problems, then every check, the plan and its commands. */
export function readinessDetails(drawing: BackupDrawing, known: Known, told: Told): Section[] {
  const { words, now } = drawing;
  const { say } = words;
  const all = known.reading.assessment.findings;
  const [findings, notes] = [all.filter((one) => !isNote(one)), all.filter(isNote)];
  const checks: Section = {
    title: checksTitle(words, findings),
    body: [
      { kind: 'steps', steps: findings.map((finding) => checkLine(words, finding)) },
      ...notes.map((note) => ({ kind: 'text' as const, text: words.finding(note).text, tone: 'quiet' as const })),
    ],
  };
  const { choices } = known.reading;
  const startable = choices.find((choice) => !isBlockedOffer(drawing, choice));
  const plan = startable === undefined ? null : planOfChoice(known, startable);
  const facts = [...protectionFacts(words, known.reading.assessment, now), ...disksFacts(words, known)];
  const sections: Section[] = [
    ...(facts.length > 0 ? [{ title: say('details.facts'), body: facts }] : []),
    ...missingDetails(words, known.reading),
    ...told.details,
    checks,
  ];
  if (plan) {
    sections.push({ title: say('fold.plan'), body: [drawing.planText(plan).lines] });
    sections.push({ title: say('fold.commands'), body: [drawing.planText(plan).commands] });
  }
  return [...sections, ...byHandDetails(words, known.reading, now), ...otherVaults(words, known)];
}

/** What is worth mentioning although it isn't a check: when Azure Disk Encryption ends. */
function isNote({ code }: Finding): boolean {
  return code === 'end-of-ade.date';
}

/** The disks that are backed up now; those that were just chosen are on the card itself. */
function disksFacts(words: Words, known: Known): Block[] {
  if (isChosen(known.disks)) return [];
  return disksLines(words, known).map((text) => ({ kind: 'text', text }));
}

/** A check that couldn't be made doesn't count: "all" is said only if each one was. */
function checksTitle({ say }: Words, findings: readonly Finding[]): string {
  const count = findings.length;
  const made = findings.filter(({ verdict }) => verdict !== 'unknown').length;
  return made === count ? say('fold.checks', { count }) : say('fold.checks-some', { made, count });
}

/** Shown if a vault has to be chosen, and if none can be. */
function otherVaults(words: Words, known: Known): Section[] {
  const { assessment } = known.reading;
  const others = assessment.destinations.vaults.filter((vault) => vault.reason !== null);
  const chooses = canProtect(known);
  const nowhere = assessment.findings.some(({ code, verdict }) => code.startsWith('vault.') && verdict === 'block');
  if (others.length === 0 || !(chooses || nowhere)) return [];
  const items = others.map((vault) => ({
    text: words.say('vault.refused', {
      vault: vault.name,
      reason: vault.reason ? words.finding(vault.reason).text : '',
    }),
  }));
  return [{ title: words.say('fold.other-vaults', { count: others.length }), body: [{ kind: 'list', items }] }];
}

/** Links to the VM, to what is deleted and can be brought back, and to the key vaults that lack access. */
export function readinessLinks(words: Words, known: Known): Link[] {
  return [
    portalLink(words.say('link.vm'), known.reading.assessment.vm.id),
    ...deletedLink(words, known),
    ...keyVaultLinks(words, known),
  ];
}

/** Where the portal shows deleted backups. */
function deletedLink(words: Words, { reading }: Known) {
  const { kind, item } = reading.assessment.protection;
  if (kind !== 'soft-deleted' || !item) return [];
  const id = `${item.vaultId}/backupFabrics/Azure/protectionContainers/${item.container}/protectedItems/${item.item}`;
  return [portalLink(words.say('link.deleted-item'), id)];
}

function keyVaultLinks(words: Words, known: Known) {
  const needs = known.reading.assessment.grants.filter((need) => need.required);
  return needs.map((need) =>
    portalLink(words.say('link.key-vault-named', { keyVault: need.keyVaultName }), need.keyVaultId),
  );
}
