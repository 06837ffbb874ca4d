/**
 * With any reads failing, no sentence on a card claims an absence, a count or an "all" that wasn't read: whatever it
 * claims is word for word on the card with everything read, or says that it isn't complete.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keyOfId } from '../../src/core/arm-id.ts';
import { AzureFault, type AzureFaultKind } from '../../src/azure/faults.ts';
import { type Json, toJson } from '../../src/core/json.ts';
import type { Locale } from '../../src/core/person.ts';
import { ownOf } from '../../src/core/own-of.ts';
import type { CardMessage } from '../../src/message/card-data.ts';
import { words } from '../../src/message/words.ts';
import { views } from '../../src/views/views.ts';
import { contoso, find } from '../readiness/support/contoso.ts';
import { estateWith } from '../support/estate.ts';
import * as f from '../readiness/support/facts.ts';
import { readsOf, type Failure, type World } from '../readiness/support/world.ts';

const kinds: readonly AzureFaultKind[] = ['forbidden', 'missing', 'unavailable', 'refused', 'garbled', 'throttled'];
const listed = [
  'vaults',
  'vmEntries',
  'vms',
  'disks',
  'jobs',
  'job',
  'protectedItems',
  'policies',
  'storageAccounts',
] as const;
const ofVm = [
  'vm', 'disk', 'backupStatus', 'preValidate', 'protectedItem', 'recoveryPoints', 'keyVault', 'deletedKeyVault',
  'keyVersion', 'keyVersions', 'secret', 'roleAssignments', 'roleDefinition', 'denyAssignments', 'locks', 'locksIn', 'secrets', 'permissions',
  'providerState', 'servicePrincipalId', 'tenantId',
] as const; // oxfmt-ignore
const second = '00000000-0000-0000-0000-00000000beef';
const places = ['', 'rsv-prod-weu', 'rsv-prod-neu', 'rsv-second', f.subscription, second];
const failure = (methods: readonly Failure['method'][]): fc.Arbitrary<Failure> =>
  fc.record({ method: fc.constantFrom(...methods), kind: fc.constantFrom(...kinds), at: fc.constantFrom(...places) });
const failures = fc.array(fc.oneof({ weight: 4, arbitrary: failure(listed) }, failure(ofVm)), {
  minLength: 1,
  maxLength: 6,
});

/** Two subscriptions, one with a vault and a VM of its own; jobs that failed, succeeded and are running. */
function estate(failedToo: boolean): World {
  const world = contoso();
  const elsewhere = (id: string) => id.replace(f.subscription, second);
  const [vault] = world.vaults;
  const plain = find(world, 'vm-plain-01');
  world.vaults.push({ ...vault!, id: elsewhere(f.vaultId('rsv-second')), name: 'rsv-second', subscription: second });
  world.policies[keyOfId(elsewhere(f.vaultId('rsv-second')))] = world.policies[keyOfId(vault!.id)]!;
  world.vms.push({ ...plain, id: elsewhere(f.vmId('rg-web', 'vm-second')), name: 'vm-second', subscription: second });
  const made = (name: string, vm: string, over: Parameters<typeof f.job>[2]) =>
    world.jobs.push(
      f.job(find(world, vm), over?.vaultId ? 'rsv-prod-neu' : 'rsv-prod-weu', { id: `/j/${name}`, name, ...over }),
    );
  made('aaaaaaaa-1', 'vm-app-01', {});
  if (!failedToo) return world;
  made('aaaaaaaa-2', 'vm-hr-01', { status: 'Failed' });
  made('aaaaaaaa-3', 'vm-neu-01', { status: 'Failed', vaultId: f.vaultId('rsv-prod-neu') });
  made('aaaaaaaa-4', 'vm-app-02', { status: 'InProgress' });
  return world;
}

const questions: readonly (readonly [view: string, ...args: string[]])[] = [
  ['jobs'], ['jobs', 'failed'], ['jobs', 'running'], ['jobs', 'failed', 'vm-hr-01'], ['jobs', 'nothere'], ['job', 'vm-app-01'],
  ['job', 'vm-hr-01'], ['job', 'vm-nix'], ['job', 'aaaaaaaa-3'], ['vaults'], ['vaults', 'second'], ['vaults', 'nothere'], ['policies'],
  ['policies', 'rsv-prod-neu'], ['policies', 'rsv-nix'], ['unprotected'], ['unprotected', 'rg-web'], ['unprotected', 'vm-app-01'],
  ['unprotected', 'nothere'], ['protected'], ['protected', 'vm-hr-01'], ['protected', 'nothere'],
  ['forecast'], ['forecast', 'vm-hr-01'], ['forecast', 'nothere'], ['status'], ['status', 'vm-app-01', 'vm-sql-01', 'vm-nix', 'vm-second'],
]; // oxfmt-ignore

/** Asks for a view; null if Azure has to be asked again, and the card claims nothing. */
async function answerTo([name, ...args]: readonly [string, ...string[]], world: World, failing: readonly Failure[]) {
  const view = views.find((one) => one.name === name)!;
  const { reads } = readsOf(world, failing);
  try {
    return toJson(await view.query(args, estateWith(reads, { subscriptions: [f.subscription, second] })));
  } catch (error) {
    if (error instanceof AzureFault) return null;
    throw error;
  }
}

function drawn(name: string, result: Json, { locale, page = 1 }: { locale: Locale; page?: number }): CardMessage {
  const view = views.find((one) => one.name === name)!;
  return view.draw({
    words: words({ locale, timeZone: 'UTC', simulated: false }),
    result,
    looking: { page, filter: '' },
    readAt: f.now,
    now: f.now,
    button: ({ title, verb }) => ({ title, verb, data: {}, withInputs: false }),
    pages: () => [],
  });
}

/**
 * A card's statements, one by one. Without what a button sends, where a link leads, and how many rows are below a
 * heading.
 */
function sentencesOf(card: CardMessage): string[] {
  const unsaid = new Set([
    'data',
    'url',
    'corner',
    'footer',
    'id',
    'dataset',
    'mark',
    'kind',
    'state',
    'verb',
    'tone',
    'style',
    'links',
    'inputs',
  ]);
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) return value.flatMap(texts);
    if (typeof value !== 'object' || value === null) return [];
    if ('title' in value && 'value' in value) return [`${String(value.title)}: ${String(value.value)}`];
    if ('text' in value && 'note' in value) return [`${String(value.text)} · ${String(value.note)}`];
    return Object.entries(value).flatMap(([key, part]) => (unsaid.has(key) ? [] : texts(part)));
  };
  return texts(card.data)
    .flatMap((text) => text.split(' · '))
    .map((text) => text.replace(/ \(\d+\)$/, ''));
}

const claims: Readonly<Record<Locale, RegExp>> = {
  en: /\b(no|none|nothing|never|nobody|every|all|any|only|without|has no|not)\b|\b\d+\b/i,
  nl: /\b(geen|niets|nooit|niemand|elke|alle|alles|enige|zonder|niet)\b|\b\d+\b/i,
};
const partial: Readonly<Record<Locale, RegExp>> = {
  en: /at least|unknown|not fully checked|could(n['’]t| not) be (read|made|listed|looked at|checked|completed)|can['’]t tell|in what could be read|that could be (read|listed)|that were read|whose protection could be read|may be|not read|could not/i,
  nl: /ten minste|onbekend|niet volledig|niet bekend|(kon|konden|kan) niet|niet te (zeggen|lezen)|gelezen (kon|zijn)|op te vragen waren|misschien|niet gelezen|onvolledig|lukten? niet|niet gecontroleerd/i,
};

/** Names, times, IDs and the numbers of steps: their digits count nothing. */
const names = /^\d\. |\S*\w[-/]\w\S*|\b\d+ \p{L}{3}\.? \d{4}\b|\b\d\d:\d\d\b/gu;

/** Statements about Kluis itself. */
function ofKluis(locale: Locale): ReadonlySet<string> {
  const { say, finding } = words({ locale, timeZone: 'UTC', simulated: false });
  // That a key vault doesn't exist was read, whatever happened to it.
  const isGone = finding({ code: 'key-vault.missing-unclear', params: { keyVault: 'kv-hr-weu' } }).title;
  return new Set([say('failed.no-advice'), say('nothing-changed'), isGone]);
}
/** How many of the checks could be made and passed, and how many of the card's rows a button refers to. */
const ofCard =
  /\d+ (of|van) \d+ (checks|controles)|\d+ (other checks? passed|andere controles? in orde)|(Review (all|the first) \d+$|(Alle|Eerste) \d+ bekijken$)|access for \d+ VMs?|toegang voor \d+ VM|Page \d+ of|Pagina \d+ van|\d+ (warnings?|aandachtspunten?)/;

/** The claims of a card that the whole picture doesn't make, and that don't say that they are partial. */
function unfounded(seen: CardMessage, whole: readonly CardMessage[], locale: Locale): string[] {
  const known = new Set([...whole.flatMap(sentencesOf), ...ofKluis(locale)]);
  return sentencesOf(seen).filter((text) => {
    const isClaim = claims[locale].test(text.replace(names, '')) && !partial[locale].test(text);
    return isClaim && !known.has(text) && !ofCard.test(text);
  });
}

const markOf = (card: CardMessage) => (card.data as { mark?: string }).mark;
const locales = fc.constantFrom<Locale>('en', 'nl');

describe('a view', () => {
  test.each(questions)('%s %s %s claims nothing that wasn’t read', (...question) =>
    fc.assert(
      fc.asyncProperty(failures, fc.boolean(), locales, async (failing, failedToo, locale) => {
        const asked = question.filter(Boolean) as [string, ...string[]];
        // A key that Azure says doesn't exist was read, and so was that somebody without a role can't even ask for
        // their permissions: it is so in the whole picture, too.
        const isAnswer = { keyVersions: 'missing', secrets: 'missing', permissions: 'forbidden' } as Readonly<
          Record<string, string>
        >;
        const absent = failing.filter(({ method, kind }) => ownOf(isAnswer, method) === kind);
        const all = await answerTo(asked, estate(failedToo), absent);
        const seen = await answerTo(asked, estate(failedToo), failing);
        if (seen === null || all === null) return;
        const card = drawn(asked[0], seen, { locale });
        const whole = [1, 2, 3].map((page) => drawn(asked[0], all, { locale, page }));
        expect(unfounded(card, whole, locale)).toEqual([]);
        if (markOf(card) === 'ok') expect(whole.map(markOf)).toContain('ok');
      }),
      { numRuns: 20 },
    ),
  );
});
