/**
 * The readiness card: the verdict in words first, then only what is not in order, then where the backups go, then what
 * can be done, and everything else folded away.
 */
import type { Block, Button, CardMessage, Section, Input } from '../../message/card-data.ts';
import { joined } from '../../message/choices.ts';
import { policyLine } from '../../message/policy-words.ts';
import { vaultLine } from '../../message/vault-words.ts';
import type { Words } from '../../message/words.ts';
import type { Finding } from '../../readiness/finding.ts';
import { portalLink } from '../../message/portal-link.ts';
import { answeredHead, notStarted } from './answer-lines.ts';
import { accessBlocks, byHandDetails } from './access-lines.ts';
import {
  defaultKeepDays,
  eligibleVaults,
  fittingPolicies,
  followsJob,
  type BackupChoice,
  type BackupKnown,
} from './flow.ts';
import { searchIn } from '../conversation.ts';
import { heldBlocks, isHeld } from '../ruled-words.ts';
import { dialogButton, wayOut, type BackupDrawing } from './drawing.ts';
import { planOfChoice } from './plan-backup.ts';
import { checkLine, problemBlocks } from './problem-lines.ts';
import { protectionFacts, verdictOf, vmLine } from './readiness-lines.ts';

type Known = Pick<BackupKnown, 'reading' | 'asked'> & Partial<BackupKnown>;

/** Draws the readiness card; also with an open question for vault or policy. */
export function readinessCard(drawing: BackupDrawing): CardMessage {
  const known = drawing.known as Known;
  const { assessment } = known.reading;
  const { words } = drawing;
  const { mark, title, corner } = verdict(drawing, known);
  return {
    template: 'sheet',
    data: {
      mark,
      title,
      subtitle: joined([corner, vmLine(words, assessment)]),
      body: [
        ...because(drawing),
        ...(drawing.because ? [] : notStarted(words, known)),
        ...heldBlocks(words, drawing.held),
        ...problems(words, known),
        ...protectionFacts(words, assessment, drawing.now),
      ],
      inputs: inputsOf(drawing, known),
      buttons: buttonsOf(drawing, known),
      line: [...lineOf(drawing, known), ...byItself(drawing)].join(' '),
      details: detailsOf(drawing, known),
      links: [
        portalLink(words.say('link.vm'), assessment.vm.id),
        ...deletedLink(words, known),
        ...keyVaultLinks(words, known),
      ],
      footer: drawing.takenOverBy ? words.say('refused.taken-over-by', { who: drawing.takenOverBy }) : undefined,
    },
  };
}

/** A VM that nobody may protect as the rules stand is not ready, whatever Azure would say. */
function verdict(drawing: BackupDrawing, known: Known) {
  const found = answeredHead(drawing.words, known, verdictOf(drawing.words, known.reading, drawing.now));
  const { choices, assessment } = known.reading;
  const isHeldBack = choices.length > 0 && choices.every((go) => isHeld(drawing, go));
  if (!isHeldBack || found.mark === 'block' || assessment.protection.kind !== 'none') return found;
  return { ...found, mark: 'block' as const, title: drawing.words.say('held.title', { vm: assessment.vm.name }) };
}

function because({ words, because: refusal }: BackupDrawing): Block[] {
  if (!refusal) return [];
  return [{ kind: 'text', text: words.say(`refusal.${refusal.refused}`), tone: 'strong' }];
}

/** A missing grant is told by its own lines, the rest finding by finding. */
function problems(words: Words, known: Known): Block[] {
  return [...accessBlocks(words, known.reading), ...problemBlocks(words, known.reading.assessment.findings)];
}

/** Vault and policy as pick-lists, filled in; where no vault is preset, only the vault is asked first. */
function inputsOf({ words, next, now, dialog }: BackupDrawing, known: Known): Input[] {
  const { say } = words;
  if (!known.reading.choices.some((choice) => choice.includes('protect'))) return [];
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
    choices: fittingPolicies({ ...known, vault: known.vault }).map((policy) => ({
      title: policyLine(words, policy.facts, now),
      value: policy.id,
    })),
    value: known.policy,
    placeholder: say('input.choose-policy'),
    required: say('input.policy-required'),
    search: searchIn(dialog, 'policy'),
  };
  return next === 'vault' ? [vaults] : [vaults, policies];
}

function buttonsOf(drawing: BackupDrawing, known: Known): Button[] {
  const { say } = drawing.words;
  const { choices, assessment } = known.reading;
  if (drawing.next === 'vault') {
    return [
      dialogButton(drawing, { title: say('button.continue'), verb: 'submit', style: 'positive' }),
      ...wayOut(drawing),
    ];
  }
  const job = followsJob(known);
  if (job !== null) return runningButtons(drawing, known, job);
  const anyway = assessment.verdict === 'unknown' && choices.length > 0;
  const startable = choices.filter((choice) => !isHeld(drawing, choice));
  const starts = startable.map((choice, index) =>
    dialogButton(drawing, {
      title: index === 0 && anyway ? say('button.try-anyway') : say(`button.${choice}`),
      verb: 'submit',
      data: { go: choice },
      style: index === 0 ? 'positive' : 'default',
    }),
  );
  const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
  const change = dialogButton(drawing, { title: say('button.change'), verb: 'change', data: { step: 'vault' } });
  const canChange = known.vault !== undefined && eligibleVaults(known).some(({ id }) => id !== known.vault);
  const needsLook = assessment.verdict !== 'ready' || startable.length === 0;
  return [...starts, ...(canChange ? [change] : []), ...(needsLook ? [again] : []), ...wayOut(drawing)];
}

/** A backup that runs is followed here or cancelled; another one is not started beside it. */
function runningButtons(drawing: BackupDrawing, { reading }: Known, job: string): Button[] {
  const { say } = drawing.words;
  const choice = reading.choices.find((one) => one === 'back-up-now' && !isHeld(drawing, one));
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

/** What the buttons mean: how long it is kept, whether somebody must approve, and that nothing changed so far. */
function lineOf(drawing: BackupDrawing, known: Known): string[] {
  const { words } = drawing;
  const { say } = words;
  const { assessment } = known.reading;
  const choices = known.reading.choices.filter((choice) => !isHeld(drawing, choice));
  const retention = known.asked.keepDays ?? defaultKeepDays;
  const attempts = assessment.protection.attemptsToday ?? 0;
  const used = attempts >= 3 && attempts < 9 ? [say('attempts-left', { used: attempts })] : [];
  const anyway = assessment.verdict === 'unknown' ? [say('try-anyway')] : [];
  if (followsJob(known) !== null) return [say('protected.follow')];
  if (choices.length === 0) return [...used, say('nothing-changed')];
  if (choices[0]?.startsWith('grant')) return [afterGrant(words, known, choices[0])];
  const kept = ['none', 'soft-deleted'].includes(assessment.protection.kind)
    ? say('ready.after', { retention })
    : say('protected.after', { retention });
  return [...anyway, ...used, kept];
}

function byItself({ words, checksAgain }: BackupDrawing): string[] {
  if (!checksAgain) return [];
  return [words.say('checked-by-itself', { at: words.time(checksAgain) })];
}

/** After a grant the rest goes on by itself, so what it comes to is said before. */
function afterGrant({ say }: Words, { reading, asked }: Known, first: BackupChoice): string {
  const backsUp = first !== 'grant-key-vault-access';
  const parts = [
    ...(reading.grantHeld === null ? [say('no-approval')] : []),
    ...(backsUp ? [say('keep-note', { days: asked.keepDays ?? defaultKeepDays })] : []),
    say(backsUp ? 'access.after' : 'nothing-changed'),
  ];
  return parts.join(' ');
}

function detailsOf(drawing: BackupDrawing, known: Known): Section[] {
  const { words, now } = drawing;
  const { say } = words;
  const { findings } = known.reading.assessment;
  const checks: Section = {
    title: checksTitle(words, findings),
    body: [{ kind: 'steps', steps: findings.map((finding) => checkLine(words, finding)) }],
  };
  const { choices } = known.reading;
  const startable = choices.find((choice) => !isHeld(drawing, choice));
  // What waits for approvals may be done by hand meanwhile; of what is denied no commands are given.
  const byHand = choices.find((go) =>
    drawing.held.some((one) => one.go === go && one.because.refused === 'needs-approval'),
  );
  const go = startable ?? byHand;
  const plan = go === undefined ? null : planOfChoice(known, go);
  const sections: Section[] = [checks];
  if (plan) {
    if (startable) sections.push({ title: say('fold.plan'), body: [drawing.planText(plan).lines] });
    sections.push({ title: say('fold.commands'), body: [drawing.planText(plan).commands] });
  }
  return [...sections, ...byHandDetails(words, known.reading, now), ...otherVaults(words, known)];
}

/** A check that could not be made is none: "all" is said only where each one was. */
function checksTitle({ say }: Words, findings: readonly Finding[]): string {
  const count = findings.length;
  const made = findings.filter(({ verdict }) => verdict !== 'unknown').length;
  return made === count ? say('fold.checks', { count }) : say('fold.checks-some', { made, count });
}

/** Told where a vault is to be chosen, and where none can be. */
function otherVaults(words: Words, known: Known): Section[] {
  const { assessment, choices } = known.reading;
  const others = assessment.destinations.vaults.filter((vault) => vault.reason !== null);
  const chooses = choices.some((choice) => choice.includes('protect'));
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

/** Backups that are deleted can be brought back only in the portal so far. */
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
