/** The cards of `/backup stop`, `resume` and `undelete`. Pure. */
import type { Block, Button, CardMessage, Input } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import { noneMeantCard } from '../../dialogs/none-meant-card.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../wording/ruled-words.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { guardText } from '../../dialogs/guard.ts';
import { dialogButton } from '../../dialogs/dialog-buttons.ts';
import { isPossible, partOf, planOf, type ProtectionKnown } from './choice.ts';
import type { Backups, Change } from './found.ts';

type ProtectionDrawing = Drawing<ProtectionKnown>;

const commandWords: Readonly<Record<Change, string>> = {
  'stop-protection': 'stop',
  'resume-protection': 'resume',
  undelete: 'undelete',
};

/** Renders the card of one of them. */
export function drawProtection(drawing: ProtectionDrawing, change: Change): CardMessage {
  const { words, known, status, next } = drawing;
  if (status === 'checking' || next === 'found' || !known.found) {
    const title = words.say('looking.title', { vm: nameOf(known) });
    return { template: 'notice', data: { mark: 'busy', title } };
  }
  const { backups } = known.found;
  if (!backups) return noneMeantCard(drawing, { asked: nameOf(known), command: commandWords[change], ...known.found });
  return isPossible(known.found, change) ? askCard(drawing, backups, change) : otherwiseCard(drawing, backups, change);
}

/** The VM whose backups it is about, by its name or as typed. */
export function nameOf({ found, args }: Partial<ProtectionKnown>): string {
  return found?.backups?.calledAs ?? args?.[0] ?? '';
}

function askCard(drawing: ProtectionDrawing, backups: Backups, change: Change): CardMessage {
  const { words, blockedOffers } = drawing;
  const { say } = words;
  const part = partOf(drawing.known, change);
  const plan = part && drawing.planText(planOf(part));
  const left = backups.hoursLeft === null ? '–' : words.duration(backups.hoursLeft * 3_600_000);
  const go = isBlockedOffer(drawing, change) ? [] : [goButton(drawing, change)];
  const isNone = change === 'stop-protection' && backups.points === 0;
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say(`${change}.title`, { vm: backups.calledAs }),
      why:
        change === 'undelete'
          ? say('undelete.why', { left })
          : say(isNone ? 'stop-protection.why-none' : `${change}.why`),
      body: [
        ...becauseBlocks(drawing),
        ...blockedOfferBlocks(words, blockedOffers),
        ...guardBlocks(words, backups, change),
      ],
      inputs: inputsOf(drawing, backups, change),
      buttons: [
        ...go,
        dialogButton(drawing, { title: say(go.length > 0 ? 'button.cancel' : 'button.close'), verb: 'cancel' }),
      ],
      note: isNone ? undefined : say(`${change}.note`),
      line: lineOf(words, backups),
      ...(plan && {
        details: [
          { title: say('fold.plan'), body: [plan.lines] },
          { title: say('fold.commands'), body: [plan.commands] },
        ],
      }),
    },
  };
}

function goButton(drawing: ProtectionDrawing, change: Change): Button {
  return dialogButton(drawing, {
    // The other one only leads to this card.
    title: drawing.words.say(change === 'undelete' ? 'button.undelete-now' : `button.${change}`),
    verb: 'submit',
    data: { go: change },
    withInputs: change === 'resume-protection',
    style: change === 'stop-protection' ? 'destructive' : 'positive',
  });
}

function inputsOf({ words, known }: ProtectionDrawing, { resume }: Backups, change: Change): Input[] {
  if (change !== 'resume-protection' || !resume) return [];
  const { say } = words;
  const choices = resume.policies.map(({ id, name }) => ({ title: name, value: id }));
  const value = known.policy ?? resume.preset ?? undefined;
  return [
    {
      kind: 'pick',
      id: 'policy',
      label: say('closing.policy'),
      choices,
      ...(value !== undefined && { value }),
      required: say('input.policy-required'),
    },
  ];
}

/** What prevents it, and what can be done about that. */
function otherwiseCard(drawing: ProtectionDrawing, backups: Backups, change: Change): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const { calledAs: vm, standing, vm: machine, resume } = backups;
  const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
  const close = dialogButton(drawing, { title: say('button.close'), verb: 'cancel' });
  const line = lineOf(words, backups);
  if (standing === 'stopped' && change === 'resume-protection') {
    const finding = resume?.blocked ? words.finding(resume.blocked) : null;
    const why = finding ? `${finding.title}. ${finding.text}` : say('resume-protection.no-policy');
    const look = commandButton(say('button.see-vm'), `backup ${machine.id}`);
    const title = say('resume-protection.not-possible', { vm });
    return { template: 'sheet', data: { mark: 'block', title, why, buttons: [look, again, close], line } };
  }
  const next: Button[] = {
    on: [],
    stopped: [commandButton(say('button.resume'), `backup resume ${machine.id}`)],
    deleted: [commandButton(say('button.undelete'), `backup undelete ${machine.id}`)],
  }[standing];
  const marks = { on: 'ok', stopped: 'stopped', deleted: 'block' } as const;
  const buttons = [...next.map((one) => ({ ...one, style: 'positive' as const })), again, close];
  const data = { mark: marks[standing], title: say(standingTitle(backups), { vm }), buttons, line };
  return { template: 'sheet', data };
}

/** That backups are kept is said only where there are any. */
function standingTitle({ standing, points }: Backups) {
  if (standing !== 'stopped' || (points ?? 0) > 0) return `backups.${standing}` as const;
  return points === 0 ? 'backups.stopped-none' : 'backups.stopped-unread';
}

/** What changed since the press. */
function becauseBlocks({ words, because }: ProtectionDrawing): Block[] {
  return because ? [{ kind: 'text', text: words.refusal(because), tone: 'strong' }] : [];
}

/** A guard that may refuse is mentioned before the press. */
function guardBlocks(words: Words, backups: Backups, change: Change): Block[] {
  const isUnknown = change === 'resume-protection' && typeof backups.guard === 'object';
  const text = isUnknown ? words.say('guard.resume-unknown', { vault: backups.vaultName }) : guardText(words, backups);
  return text === null ? [] : [{ kind: 'text', text }];
}

function lineOf(words: Words, { points, lastPoint, vaultName: vault, policyName, standing }: Backups): string {
  const newest = lastPoint ? words.dateTime(new Date(lastPoint)) : '–';
  const count = points === null ? [] : [words.say('value.points', { count: points, newest })];
  return [...count, vault, ...(standing === 'on' && policyName ? [policyName] : [])].join(' · ');
}

function commandButton(title: string, command: string): Button {
  return { title, verb: 'command', data: { command }, withInputs: false };
}
