/**
 * The readiness card: the verdict with its reason, why, the next action, the facts in one line, and everything else in
 * folds.
 */
import type { Button, CardMessage, Input } from '../../../../message/card-data.ts';
import { ownOf } from '../../../../core/own-of.ts';
import { joined } from '../../../../message/choices.ts';
import { policyLine } from '../../../../message/policy-words.ts';
import { vaultLine } from '../../../../message/vault-words.ts';
import type { Words } from '../../../../message/words.ts';
import type { Assessment } from '../../../../readiness/findings/assessment.ts';
import type { FindingCode } from '../../../../readiness/findings/finding-codes.ts';
import { answeredHead, notStarted } from './answer-lines.ts';
import { accessFix, accessObstacles, accessWhy } from './access-lines.ts';
import { does, type BackupChoice } from '../choices.ts';
import {
  canProtect,
  changesDisks,
  defaultKeepDays,
  eligibleVaults,
  fittingPolicies,
  followsJob,
  type BackupKnown,
} from '../known.ts';
import { searchIn } from '../../../dialogs/dialog-kind.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../../wording/ruled-words.ts';
import { isChosen } from '../disks.ts';
import { disksButton, disksLines } from './disks-card.ts';
import { newPolicyButton, newPolicyChoice, newPolicyVault } from './new-policy-button.ts';
import { dialogButton, navigation } from '../../../dialogs/dialog-buttons.ts';
import type { BackupDrawing } from './drawing.ts';
import { problemsTold, type Told } from './problem-lines.ts';
import { readinessDetails, readinessLinks } from './readiness-details.ts';
import { earlierWhy, provesNothing, protectionLine, vmLine } from './readiness-lines.ts';
import { lostKeys } from '../../../../readiness/lost-keys.ts';
import { recoverNote, recovers, restoreButton } from './recover-lines.ts';
import { isEncrypting, verdictOf, type Verdict } from './readiness-verdict.ts';

type Known = Pick<BackupKnown, 'reading' | 'asked'> & Partial<BackupKnown>;

/** Renders the readiness card; also with an open question for vault or policy. */
export function readinessCard(drawing: BackupDrawing): CardMessage {
  const { words, now } = drawing;
  const known = drawing.known as Known;
  const { assessment, choices } = known.reading;
  const told = problemsTold(words, assessment.findings, choices.length === 0 || recovers(choices));
  const [why, ...more] = whyOf(drawing, known, told);
  return {
    template: 'sheet',
    data: {
      ...verdict(drawing, known),
      why,
      body: [
        ...[...more, ...(isChosen(known.disks) ? disksLines(words, known) : [])].map((text) => {
          return { kind: 'text' as const, text };
        }),
        ...blockedOfferBlocks(words, drawing.blockedOffers),
        ...accessObstacles(words, known.reading),
        ...told.next,
      ],
      inputs: inputsOf(drawing, known),
      buttons: buttonsOf(drawing, known),
      note: [...noteOf(drawing, known), ...byItself(drawing)].join(' '),
      line: factsLine(words, known.reading, now),
      details: readinessDetails(drawing, known, told),
      links: readinessLinks(words, known),
      footer: drawing.takenOverBy ? words.say('refused.taken-over-by', { who: drawing.takenOverBy }) : undefined,
    },
  };
}

/** The state of the VM, in one line. */
function factsLine(words: Words, { assessment }: BackupKnown['reading'], now: Date): string {
  return joined([...protectionLine(words, assessment, now), vmLine(words, assessment)]);
}

/** A VM that nobody can protect under the current rules isn't ready, whatever Azure would say. */
function verdict(drawing: BackupDrawing, known: Known): Verdict {
  const found = answeredHead(drawing.words, known, verdictOf(drawing.words, known.reading, drawing.now));
  const { assessment } = known.reading;
  if (!isFullyBlocked(drawing, known) || found.mark === 'block' || assessment.protection.kind !== 'none') return found;
  // People who can only view want to know what Azure would say.
  if (drawing.blockedOffers.some(({ because }) => because.refused === 'read-only')) return found;
  const isOfChannel = drawing.blockedOffers.every(({ because }) => because.refused === 'not-from-channel');
  const title = isOfChannel ? 'blocked-by-rules.title-channel' : 'blocked-by-rules.title';
  return { mark: 'block', title: drawing.words.say(title, { vm: assessment.vm.name }) };
}

/** Whether the rules deny everything that could be started. */
function isFullyBlocked(drawing: Pick<BackupDrawing, 'blockedOffers'>, { reading: { choices } }: Known): boolean {
  return choices.length > 0 && choices.every((go) => isBlockedOffer(drawing, go));
}

/** Why the card looks like this: the result of the press or of the words that led to it, then what blocks it. */
function whyOf({ words, because }: BackupDrawing, known: Known, told: Told): string[] {
  const { assessment } = known.reading;
  const began = because ? [words.refusal(because)] : notStarted(words, known);
  const access = accessWhy(words, known.reading);
  const unencrypted = provesNothing(assessment) ? [words.say('protected.unencrypted-point')] : [];
  return [...began, ...(access.length > 0 ? access : told.why), ...earlierWhy(words, assessment), ...unencrypted];
}

/** Vault and policy as pick-lists, with defaults; if no vault is preset, only the vault is asked first. */
function inputsOf(drawing: BackupDrawing, known: Known): Input[] {
  const { words, next, now, dialog } = drawing;
  const { say } = words;
  // The inputs belong to a button that starts something, or creates a policy.
  if (!canProtect(known)) return newPolicyVault(drawing, known);
  if (isFullyBlocked(drawing, known)) return [];
  const vaults: Input = {
    kind: 'pick',
    id: 'vault',
    label: say('input.vault'),
    choices: eligibleVaults(known).map((vault) => ({ title: vaultLine(words, vault), value: vault.id })),
    value: known.vault,
    placeholder: say('input.choose-vault'),
    required: say('input.vault-required'),
    search: searchIn(dialog, 'vault'),
  };
  if (known.vault === undefined) return [vaults];
  const policies: Input = {
    kind: 'pick',
    id: 'policy',
    label: say('input.policy'),
    choices: [
      ...newPolicyChoice(drawing, { ...known, vault: known.vault }),
      ...fittingPolicies({ ...known, vault: known.vault }).map((policy) => ({
        title: policyLine(words, policy.facts, now),
        value: policy.id,
      })),
    ],
    value: known.policy,
    placeholder: say('input.choose-policy'),
    required: say('input.policy-required'),
    search: searchIn(dialog, 'policy'),
  };
  return next === 'vault' ? [vaults] : [vaults, policies];
}

/** Another check won't find this changed: the VM has to be recreated, its disks chosen or rebuilt first. */
const final: readonly FindingCode[] = [
  'deployment.classic',
  'confidential.vm',
  'disk-size.too-large',
  'disk-size.too-large-ade',
  'disk-size.too-large-together',
  'disk-size.too-many',
];

function buttonsOf(drawing: BackupDrawing, known: Known): Button[] {
  const { say } = drawing.words;
  const { choices, assessment } = known.reading;
  if (drawing.next === 'vault') {
    return [
      dialogButton(drawing, { title: say('button.continue'), verb: 'submit', style: 'positive' }),
      ...navigation(drawing),
    ];
  }
  const job = followsJob(known);
  if (job !== null) return runningButtons(drawing, known, job);
  const anyway = assessment.verdict === 'unknown' && choices.length > 0;
  const startable = choices.filter((choice) => !isBlockedOffer(drawing, choice));
  // Encryption in progress needs patience: the recommended button is the later check.
  const waits = isEncrypting(assessment);
  const revived = registers(choices) ? [] : reviving(say, assessment);
  const insists = waits ? insistsOn(startable[0]) : anyway ? 'button.try-anyway' : null;
  const starts = startable.map((choice, index) =>
    dialogButton(drawing, {
      title: index === 0 && insists ? say(insists) : say(titleOf(known, choice)),
      verb: 'submit',
      data: { go: choice },
      style: index === 0 && !waits && revived.length === 0 ? 'positive' : 'default',
    }),
  );
  const again = dialogButton(drawing, {
    title: say('button.check-again'),
    verb: 'again',
    ...(waits && { style: 'positive' as const }),
  });
  const isFinal = assessment.findings.some(({ code, aside }) => final.includes(code as FindingCode) && !aside);
  const needsLook = !isFinal && (assessment.verdict !== 'ready' || startable.length === 0);
  const out = navigation(drawing, starts.length > 0 ? 'button.cancel' : 'button.close');
  const others = [...disksButton(drawing), ...out];
  const lost = restoreButton(drawing.words, assessment, starts.length > 0);
  const fixes = [...lost, ...revived, ...exceptionButton(say, assessment), ...newPolicyButton(drawing, known)];
  if (waits) return [again, ...starts, ...others];
  const first = recovers(choices) ? [...starts, ...fixes] : [...fixes, ...starts];
  return [...first, ...(needsLook ? [again] : []), ...others];
}

/** The button for an exception, if a rule here refuses what Azure would accept. */
function exceptionButton(say: Words['say'], { vm, findings }: Assessment): Button[] {
  if (!findings.some(({ code, aside }) => code === 'kek.rule-refuses' && !aside)) return [];
  const data = { command: `backup exception ${vm.id}` };
  return [{ title: say('button.ask-exception'), verb: 'command', data, style: 'positive', withInputs: false }];
}

/** What brings existing backups back comes before making any other. */
function reviving(say: Words['say'], assessment: Assessment): Button[] {
  const word = { stopped: 'resume', 'soft-deleted': 'undelete' } as const;
  const does = ownOf(word, assessment.protection.kind);
  if (!does || lostKeys(assessment)) return [];
  const data = { command: `backup ${does} ${assessment.vm.id}` };
  return [{ title: say(`button.${does}`), verb: 'command', data, style: 'positive', withInputs: false }];
}

/** Whether the provider has to be registered before anything else. */
function registers([first]: readonly BackupChoice[]): boolean {
  return first !== undefined && does(first, 'register-provider');
}

/** The title of a backup button that goes against the advice to wait. */
function insistsOn(first: BackupChoice | undefined) {
  return first?.endsWith('back-up-now') ? 'button.back-up-anyway' : null;
}

function titleOf({ reading }: Known, choice: BackupChoice) {
  if (choice === 'register-provider' && reading.choices.length === 1) return 'button.register-provider-first';
  if (!changesDisks(reading)) return `button.${choice}` as const;
  if (choice === 'protect') return 'button.change-disks';
  return choice === 'protect+back-up-now' ? 'button.change-disks+back-up-now' : (`button.${choice}` as const);
}

/** A running backup is followed here or cancelled; another one isn't started next to it. */
function runningButtons(drawing: BackupDrawing, { reading }: Known, job: string): Button[] {
  const { say } = drawing.words;
  const choice = reading.choices.find((one) => one === 'back-up-now' && !isBlockedOffer(drawing, one));
  const follow = {
    title: say('button.follow'),
    verb: 'submit',
    data: { go: 'back-up-now' },
    style: 'positive',
  } as const;
  const cancel = { verb: 'command', data: { command: `backup cancel ${job}` }, withInputs: false };
  return [
    ...(choice ? [dialogButton(drawing, follow)] : []),
    { title: say('button.cancel-backup'), ...cancel, style: 'destructive' },
    dialogButton(drawing, { title: say('button.check-again'), verb: 'again' }),
    dialogButton(drawing, { title: say('button.close'), verb: 'cancel' }),
  ];
}

/**
 * What the buttons mean: how long the backup is kept, whether somebody has to approve, and that nothing has changed
 * yet.
 */
function noteOf(drawing: BackupDrawing, known: Known): string[] {
  const { words, toApprove } = drawing;
  const { say } = words;
  const { assessment } = known.reading;
  const choices = known.reading.choices.filter((choice) => !isBlockedOffer(drawing, choice));
  const retention = known.asked.keepDays ?? defaultKeepDays;
  const attempts = assessment.protection.attemptsToday ?? 0;
  const used = attempts >= 3 && attempts < 9 ? [say('attempts-left', { used: attempts })] : [];
  const anyway = assessment.verdict === 'unknown' ? [say('try-anyway')] : [];
  if (followsJob(known) !== null) return choices.includes('back-up-now') ? [say('protected.follow')] : [];
  if (choices.length === 0) return used;
  const [first] = choices;
  if (first === 'recover-key-vault') return recoverNote(words, assessment, toApprove.length > 0);
  const [registering, granting] = [registers(choices), first !== undefined && does(first, 'grant-key-vault-access')];
  if (first && (registering || granting))
    return [
      ...(registering ? [say('register.reach')] : []),
      ...(granting ? accessFix(words, known.reading) : []),
      ...afterwards(drawing, known, first),
    ];
  const isFirst = ['none', 'soft-deleted'].includes(assessment.protection.kind);
  const alone = isFirst && !toApprove.some(({ go }) => go === choices[0]) ? [say('no-approval')] : [];
  const kept = isFirst ? say('ready.after', { retention }) : say('protected.after', { retention });
  return [...anyway, ...used, kept, ...alone, say('nothing-changed')];
}

function byItself({ words, checksAgain }: BackupDrawing): string[] {
  if (!checksAgain) return [];
  return [words.say('checked-by-itself', { at: words.time(checksAgain) })];
}

/** The rest follows the first step automatically, so it is announced before. */
function afterwards({ words: { say }, toApprove }: BackupDrawing, { asked }: Known, first: BackupChoice): string[] {
  const backsUp = does(first, 'back-up-now');
  return [
    ...(toApprove.some(({ go }) => go === first) ? [] : [say('no-approval')]),
    ...(backsUp ? [say('keep-note', { days: asked.keepDays ?? defaultKeepDays })] : []),
    ...(registers([first]) && backsUp ? [say('register.after')] : []),
    say('nothing-changed'),
  ];
}
