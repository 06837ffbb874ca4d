/** The one table card for many VMs, grouped by cause. Pure. */
import type { Block, Button, CardMessage, Mark } from '../../../../message/card-data.ts';
import { findingPhrase } from '../../../../message/finding-phrase.ts';
import { firstFitting } from '../../../../message/verdict-texts.ts';
import { unreadBlocks } from '../../../../message/unread-words.ts';
import type { Words } from '../../../../message/words.ts';
import type { Drawing } from '../../../dialogs/dialog-kind.ts';
import { defaultKeepDays } from '../known.ts';
import { leftOutWords } from '../../../wording/left-out.ts';
import { rowNames, whyNot, type Brief, type Cause } from './brief.ts';
import {
  choices,
  finalOnes,
  grantedOnes,
  readyOnes,
  registeredOnes,
  type BatchChoice,
  type BatchKnown,
} from './choice.ts';
import { planBatch } from './plan-batch.ts';
import { elsewhereBlocks, blockedOfferBlocks, isBlockedOffer } from '../../../wording/ruled-words.ts';

const order: readonly Cause[] = [
  'ready',
  'protected',
  'unsure',
  'access',
  'provider',
  'provider-access',
  'unknown',
  'blocked',
  'several',
  'not-found',
];
const nextCommand = (name: string) => ({ verb: 'command', data: { command: `backup ${name}` }, withInputs: false });
const buttonsForOne = 3;
const dayMs = 86_400_000;

/** Renders it. */
export function drawBatch(drawing: Drawing<BatchKnown>): CardMessage {
  const { words, known, status, next } = drawing;
  const { say } = words;
  const count = known.asked?.names.length ?? 0;
  if (status === 'checking' || (next !== 'go' && next !== 'sure') || !known.table) {
    return {
      template: 'notice',
      data: { mark: 'busy', title: say('looking.many', { count }), buttons: [outButton(drawing, 'button.cancel')] },
    };
  }
  if (next === 'sure') return sureCard(drawing, known as BatchKnown);
  if (known.table.only !== undefined) return oneMeantCard(drawing, known.table.only);
  const because: Block[] = drawing.because
    ? [{ kind: 'text', text: drawing.words.refusal(drawing.because), tone: 'strong' }]
    : [];
  return {
    template: 'sheet',
    data: {
      mark: markOf(known.table),
      ...summaryOf(words, known.table),
      body: [
        ...because,
        ...blockedOfferBlocks(words, drawing.blockedOffers),
        ...order.flatMap((cause) => groupOf(words, known.table as BatchKnown['table'], cause)),
        ...elsewhereBlocks(
          words,
          known.table.rows.map(({ held }) => held),
        ),
        ...unreadBlocks(words, known.table.unread ?? []),
      ],
      buttons: buttonsOf(drawing, known.table),
      note: say('many.after', { retention: known.asked?.keepDays ?? defaultKeepDays }),
      details: detailsOf(drawing),
    },
  };
}

/** The one sentence to confirm before something irreversible. */
function sureCard(drawing: Drawing<BatchKnown>, known: BatchKnown): CardMessage {
  const { words, now, dialog, revision } = drawing;
  const until = words.date(new Date(now.getTime() + (known.asked.keepDays ?? defaultKeepDays) * dayMs));
  const bound = finalOnes(known);
  const names = bound.map(rowNames(known.table.rows));
  const vaults = [...new Set(bound.map(({ destination }) => destination?.vaultName ?? ''))];
  const button = (title: string, verb: string, data = {}) => ({
    title,
    verb,
    data: { dialog, revision, ...data },
    withInputs: false,
  });
  const confirm = button(goTitle(words, known.table, known.go), 'submit', { sure: 'yes' });
  const back = button(words.say('button.back'), 'back');
  return {
    template: 'notice',
    data: {
      mark: 'ask',
      title: words.say('irreversible.title', { count: names.length, vm: names[0] ?? '' }),
      text: [words.say('irreversible', { vault: words.names(vaults), until }), words.names(names, 20)],
      buttons: [{ ...confirm, style: 'destructive' }, back, outButton(drawing, 'button.cancel')],
    },
  };
}

/** One of several words is a VM's name: only that VM is offered, and nothing was started for it. */
function oneMeantCard(drawing: Drawing<BatchKnown>, only: string): CardMessage {
  const { words, known } = drawing;
  const others = (known.asked?.names ?? []).filter((name) => name !== only);
  const keepDays = known.asked?.keepDays ?? null;
  const meant = keepDays === null ? only : `${only} retain ${keepDays}d`;
  return {
    template: 'notice',
    data: {
      mark: 'ask',
      title: words.say('many.only', { command: `backup ${meant}` }),
      text: [words.say('many.only-text', { names: words.names(others, 5) })],
      buttons: [{ title: `backup ${meant}`, ...nextCommand(meant) }, outButton(drawing, 'button.cancel')],
    },
  };
}

function markOf(table: BatchKnown['table']): Mark {
  const [best] = choices(table);
  if (best === undefined) return 'block';
  if (best === 'all') return registeredOnes(table).length > 0 ? 'warn' : 'key';
  if (readyOnes(table).length < table.rows.length) return 'warn';
  return table.rows.some(({ cause }) => cause === 'unsure') ? 'unknown' : 'ok';
}

/** `41 ready · 6 need access, 1 grant frees 5 · 3 blocked` */
function summaryOf({ say }: Words, table: BatchKnown['table']): { title: string; why?: string } {
  const count = (causes: readonly Cause[]) => table.rows.filter((row) => causes.includes(row.cause)).length;
  const [ready, unsure, access] = [count(['ready', 'protected']), count(['unsure']), count(['access'])];
  const [open, blocked, unknown] = [count(['unknown']), count(['blocked']), count(['not-found', 'several'])];
  const [provider, both] = [count(['provider']), count(['provider-access'])];
  const line = (needs: string) =>
    [
      ...(ready > 0 ? [say('many.ready', { count: ready })] : []),
      ...(unsure > 0 ? [say('many.unsure', { count: unsure })] : []),
      ...(access > 0 ? [needs] : []),
      ...(provider > 0 ? [say('many.provider', { count: provider })] : []),
      ...(both > 0 ? [say('many.provider-access', { count: both })] : []),
      ...(open > 0 ? [say('many.open', { count: open })] : []),
      ...(blocked > 0 ? [say('many.blocked', { count: blocked })] : []),
      ...(unknown > 0 ? [say('many.unknown', { count: unknown })] : []),
    ].join(' · ');
  const needs = say('many.access', { count: access, grants: grantCount(table) });
  const title = firstFitting([line(needs), line(say('many.access-short', { count: access }))]);
  return { title, ...(title === line(needs) ? {} : { why: `${needs}.` }) };
}

function grantCount(table: BatchKnown['table']): number {
  const needs = table.rows.flatMap((row) => (row.cause === 'access' ? row.grants : []));
  return new Set(needs.map((need) => need.keyVaultId.toLowerCase())).size;
}

function groupOf(words: Words, table: BatchKnown['table'], cause: Cause): Block[] {
  const rows = table.rows.filter((row) => row.cause === cause);
  if (rows.length === 0) return [];
  const isUnsure = cause === 'not-found' && (table.unread ?? []).length > 0;
  const heading = words.say(isUnsure ? 'many.group-not-found-read' : `many.group-${cause}`, { count: rows.length });
  const called = rowNames(table.rows);
  const alike = new Map<string, string[]>();
  for (const row of rows) {
    const why = reasonOf(words, row);
    alike.set(why, [...(alike.get(why) ?? []), called(row)]);
  }
  return [
    {
      kind: 'list',
      heading,
      items: [...alike].map(([why, names]) => ({ text: words.names(names, 20), note: why || undefined })),
    },
  ];
}

/** Why, in one line; VMs with the same line are grouped. */
function reasonOf(words: Words, row: Brief): string {
  const { say } = words;
  switch (row.cause) {
    case 'ready':
    case 'protected':
    case 'unsure':
    case 'provider':
      return [placeOf(words, row), ...notesOf(words, row)].join(' · ');
    case 'provider-access':
      return [placeOf(words, row), grantOf(words, row), ...notesOf(words, row)].join(' · ');
    case 'access':
      return [leftOutWords(words, whyNot(row)), ...notesOf(words, row)].join(' · ');
    case 'unknown':
      return [say('many.choose'), ...notesOf(words, row)].join(' · ');
    case 'several':
    case 'not-found':
      return '';
    case 'blocked':
      return leftOutWords(words, whyNot(row));
  }
}

function grantOf(words: Words, { grants }: Brief): string {
  return leftOutWords(words, { is: 'access', keyVaults: grants.map((need) => need.keyVaultName) });
}

function placeOf({ say }: Words, { item, destination }: Brief): string {
  if (item) return say('many.now', { vault: item.vaultName });
  return say('many.to', { vault: destination?.vaultName ?? '', policy: destination?.policyName ?? '' });
}

function notesOf(words: Words, { notes }: Brief): readonly string[] {
  return [...new Set(notes.map((note) => findingPhrase(words, note)))];
}

/** The title of this choice's button, on the card of all VMs and on the one that asks again. */
function goTitle({ say }: Words, table: BatchKnown['table'], go: BatchChoice): string {
  const ready = readyOnes(table).length;
  const [granted, registered] = [grantedOnes(table).length, registeredOnes(table).length];
  const isGiven = granted > 0 || registeredOnes(table).some(({ cause }) => cause === 'provider-access');
  if (go === 'all') {
    const key = registered === 0 ? 'many.button-all' : isGiven ? 'many.button-fix' : 'many.button-register';
    return say(key, { count: ready + granted + registered });
  }
  const isUnsure = table.rows.some(({ cause }) => cause === 'unsure');
  return say(isUnsure ? 'many.button-unsure' : 'many.button-ready', { count: ready });
}

function buttonsOf(drawing: Drawing<BatchKnown>, table: BatchKnown['table']): Button[] {
  const { say } = drawing.words;
  const { dialog, revision } = drawing;
  const start = (go: 'ready' | 'all', title: string, style: 'positive' | 'default'): Button => ({
    title,
    verb: 'submit',
    data: { dialog, revision, go },
    style,
    withInputs: false,
  });
  const [ready, fixed] = [readyOnes(table).length, grantedOnes(table).length + registeredOnes(table).length];
  const title = (go: BatchChoice) => goTitle(drawing.words, table, go);
  const all = fixed > 0 ? [start('all', title('all'), 'positive')] : [];
  const good = ready > 0 ? [start('ready', title('ready'), fixed > 0 ? 'default' : 'positive')] : [];
  const alone: readonly Cause[] = ['unsure', 'unknown', 'several', 'blocked'];
  const single = alone.flatMap((cause) => table.rows.filter((row) => row.cause === cause)).slice(0, buttonsForOne);
  const ones = single.map((row) => ({ title: say('button.open-vm', { vm: row.asked }), ...nextCommand(row.asked) }));
  const again = { title: say('button.check-again'), verb: 'again', data: { dialog, revision }, withInputs: false };
  const starts = [...all, ...good].filter(({ data }) => !isBlockedOffer(drawing, String(data['go'])));
  return [...starts, ...ones, again, outButton(drawing, starts.length > 0 ? 'button.cancel' : 'button.close')];
}

function outButton({ words, dialog, revision }: Drawing<BatchKnown>, title: 'button.cancel' | 'button.close'): Button {
  return { title: words.say(title), verb: 'cancel', data: { dialog, revision }, withInputs: false };
}

function detailsOf({ words, known, planText }: Drawing<BatchKnown>) {
  const { asked, table } = known;
  const [go] = table ? choices(table) : [];
  if (!asked || !table || !go) return [];
  const plan = planBatch({ asked, table, go });
  return [
    { title: words.say('fold.plan'), body: [planText(plan).lines] },
    { title: words.say('fold.commands'), body: [planText(plan).commands] },
  ];
}
