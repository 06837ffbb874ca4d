import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { diagnose, shortOf, fixesFor, wordsOf, type About } from '../../src/knowledge/index.ts';
import { words } from '../../src/message/words.ts';
import type { CardView } from '../support/card-view.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

type Case = { readonly how: string; readonly error: JobError };
type JobError = { readonly errorCode: number; readonly errorTitle: string; readonly errorString: string };

const known: readonly Case[] = [
  {
    how: 'its title',
    error: { errorCode: 400999, errorTitle: 'UserErrorFsFreezeFailed', errorString: 'Words that nobody documented.' },
  },
  {
    how: 'its title in another case',
    error: { errorCode: 400999, errorTitle: 'USERERRORGUESTAGENTSTATUSUNAVAILABLE', errorString: '…' },
  },
  {
    how: 'its number',
    error: { errorCode: 380008, errorTitle: 'SomethingNobodyDocumented', errorString: 'Words that nobody documented.' },
  },
  {
    how: 'its text alone, in odd case and white space',
    error: {
      errorCode: 499999,
      errorTitle: 'SomethingNobodyDocumented',
      errorString: 'The Virtual  Machine AGENT is not present on the virtual machine. Install it.',
    },
  },
  {
    how: 'the error inside a wrapper',
    error: {
      errorCode: 400240,
      errorTitle: 'UserErrorCrpReportedUserError',
      errorString: 'For details, see job error message details. Inner: ExtensionFailedOutOfMemoryError.',
    },
  },
];

/** vm-app-01, as advice is chosen for it. */
const about: About = {
  os: 'Windows',
  keyVault: { id: '/subscriptions/0/resourceGroups/rg-security/x', name: 'kv-prod-weu', model: 'policies' },
  hasAccess: true,
  vm: { name: 'vm-app-01', resourceGroup: 'rg-app' },
  vaultId: '/subscriptions/0/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu',
};

describe('a backup that fails', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());

  const backUp = async (error: object, title: RegExp | string) => {
    await bot.azure.fault({ job: { vm: 'vm-app-01', ...error }, times: 1 });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    const card = await chat.untilTitle(title);
    const [, ping] = await chat.until('the mention', async () => {
      const all = await chat.messages();
      return all.length > 1 ? all : null;
    });
    const job = (await bot.azure.state('jobs')).jobs.find(({ errors }) =>
      errors?.some((one) => one.errorTitle === (error as JobError).errorTitle),
    )!;
    return { chat, card, ping: ping!.text, job };
  };

  test('an error that Azure returns from a call: an administrator explains it, and the next card has that', async () => {
    bot.roles.push({ role: 'admin', to: { kind: 'everyone' }, where: {} });
    const torn = (vm: string) => ({
      ...{ match: { method: 'POST', path: `${vm}/backup\\?` }, status: 409, times: 1 },
      body: { error: { code: 'ErrorOfTheLoom', message: `The loom of ${vm} tore 3 threads.` } },
    });
    await bot.azure.fault(torn('vm-neu-01'));
    const failing = await bot.thread('ana', 'backup now vm-neu-01');
    const failed = await failing.untilTitle(/^❌.*vm-neu-01/u);
    expect(failed.text).toContain('The loom of vm-neu-01 tore 3 threads.');
    await failing.clicks(say('company.write'));
    expect((await failing.untilTitle(say('causes.form-new'))).text).toContain('ErrorOfTheLoom');
    await failing.clicks(say('causes.save'), { cause: 'The loom is old.', fix: 'Buy another one.' });
    await failing.untilTitle(say('causes.saved'));
    await bot.azure.fault(torn('vm-app-01'));
    const next = await bot.thread('ana', 'backup now vm-app-01');
    const known = await next.untilTitle(/The loom is old/);
    expect(known.text).toContain('Buy another one.');
    expect(known.text).toContain('Written by your company: Ana de Vries');
    const none = await bot.asks('ana', `backup causes ${crypto.randomUUID()}`);
    expect((await none.card()).title).toContain('No failed job');
    bot.roles.pop();
  });

  test.each(known)('known by $how: cause and fixes from the knowledge', async ({ error }) => {
    const { card, ping, job } = await backUp(error, /^❌/u);
    const found = diagnose({
      codes: [error.errorTitle, String(error.errorCode)],
      texts: [error.errorString],
      operation: 'backup',
      origin: 'backup-job',
    });
    if (found.kind !== 'known') throw new Error('the case is none');
    const { cause } = wordsOf(found.entry, 'en');
    const fixes = fixesFor(found.entry, { locale: 'en', now: new Date() }, about);
    const short = shortOf(found.entry, 'en') ?? '';
    expect(card.title).toMatch(/^❌ vm-app-01( backup failed)?: ./u);
    expect(plain(card.title)).toContain(short);
    // The detail is below it.
    for (const sentence of plain(cause).split(/(?<=[.!?])\s/))
      expect(plain(card.text)).toContain(sentence.replace(/\.$/, '').slice(0, 100));
    for (const fix of fixes) expect(plain(card.text)).toContain(plain(fix).slice(0, 100));
    expectAzuresWords(card, error, job.id);
    // A locked phone shows only the mention: it has the cause, and what there is to go back to.
    expect(plain(ping)).toContain(short);
    expect(ping).toMatch(/Last good backup .+ ago\./);
    expect(card.titles).toContain(say('button.check-again'));
  });

  test('Azure says that access is missing, though it was complete when checked: the certificate is named first', async () => {
    const error = { errorCode: 1, errorTitle: 'USERERRORKEYVAULTPERMISSIONSNOTCONFIGURED', errorString: '…' };
    const { card, job } = await backUp(error, /^❌/u);
    expect(card.title).toBe(`❌ ${say('failed.backup', { vm: 'vm-app-01', cause: say('failed.certificate') })}`);
    expect(card.text).toContain(say('failed.certificate-look'));
    expect(card.shown).not.toContain(say('failed.kluis-grants'));
    expectAzuresWords(card, error, job.id);
  });

  test('an unknown error: shown as Azure returned it, with code and request ID, and no invented advice', async () => {
    const error = {
      errorCode: 499999,
      errorTitle: 'UserErrorFromTheFuture',
      errorString: 'Something new went wrong with the flux.',
      recommendations: ['Ask the oracle.'],
    };
    const { card, job } = await backUp(error, /^❌/u);
    expect(card.title).toContain(say('failed.backup', { vm: 'vm-app-01', cause: say('failed.unknown-cause') }));
    expect(card.text).toContain(say('failed.no-advice'));
    expect(card.shown).toContain(`${say('failed.recommended')}: Ask the oracle.`);
    expect(card.titles[0]).toBe(say('button.try-again'));
    // The on-demand ones since 00:00 UTC. In the two hours after its scheduled time this one may be taken for the
    // scheduled one: see `attemptsOn`.
    expect(card.shown).toMatch(/\b\d of 9 attempts used today \(UTC\)/);
    expect(card.text).not.toContain(say('failed.fixes'));
    expectAzuresWords(card, error, job.id);
    expect(card.text).toMatch(new RegExp(`${say('failed.request')}: [0-9a-f-]{36}`));
  });

  test('secrets quoted in an error’s text are in no card, row or log line', async () => {
    const hidden = {
      signature: 'c2lnbmF0dXJlIG9mIGEgYmxvYg',
      password: 'hunter2-of-the-admin',
      bearer: 'b3BhcXVlLXRva2Vu.of-an.extension',
      account: `${'QUNDT1VOVEtFWQ'.repeat(7).slice(0, 86)}==`,
    };
    const errorString = [
      `GET https://sa.blob.core.windows.net/c/b?sv=2024-01-01&sig=${hidden.signature} was refused`,
      `the script said password=${hidden.password}`,
      `sent Bearer ${hidden.bearer}`,
      `AccountKey=${hidden.account};EndpointSuffix=core.windows.net`,
    ].join('; ');
    const error = { errorCode: 499998, errorTitle: 'UserErrorThatQuotes', errorString, recommendations: [errorString] };
    const { chat, card } = await backUp(error, /^❌/u);
    expect(card.shown).toContain('was refused');
    const rows = await Promise.all(
      (['operation', 'message', 'audit', 'job', 'attempt'] as const).map((name) => bot.rows(name)),
    );
    const everything = JSON.stringify([await chat.messages(), rows, bot.log]);
    for (const [what, secret] of Object.entries(hidden))
      expect([what, everything.includes(secret)]).toEqual([what, false]);
  });

  test('a code with several causes: all are named, none is chosen', async () => {
    const error = {
      errorCode: 1,
      errorTitle: 'VMRestorePointClientError',
      errorString: 'Words that nobody documented.',
    };
    const found = diagnose({
      codes: [error.errorTitle, '1'],
      texts: [error.errorString],
      operation: 'backup',
      origin: 'backup-job',
    });
    if (found.kind !== 'several') throw new Error('the case is none');
    const { card } = await backUp(error, /^❌/u);
    expect(card.text).toContain(say('failed.several-causes'));
    for (const entry of found.entries)
      expect(plain(card.text)).toContain(plain(wordsOf(entry, 'en').cause).slice(0, 60));
  });

  test('completed with warnings is only half done, and no success', async () => {
    const error = {
      errorCode: 400999,
      errorTitle: 'CopyingVHDsFromBackUpVaultTakingLongTime',
      errorString: 'Copying backed up data from vault timed out',
      phase: 'transfer',
    };
    const { card, ping, chat } = await backUp(error, /^⚠️/u);
    expect(card.title).toContain(say('half.title', { vm: 'vm-app-01' }));
    expect(card.text).not.toContain('is backed up ·');
    expect(ping).toContain(say('half.title', { vm: 'vm-app-01' }));
    const [operation] = await bot.operationsIn(chat);
    expect(operation!.status).toBe('partly');
  });

  test('Azure’s text is quoted, whatever it contains', async () => {
    const errorString =
      '**bold** [x](javascript:alert(1)) ${secret} {{DATE(now)}} <at>Ben Jansen</at> \u202Eevil\u0000 \ud800 # head';
    const { card, chat } = await backUp({ errorCode: 5, errorTitle: 'UserErrorFromTheFuture', errorString }, /^❌/u);
    expect(card.text).toContain('**bold** [x](javascript:alert(1)) ${secret} {{DATE(now)}} <at>Ben Jansen</at>');
    const raw = JSON.stringify(card.raw);
    expect(raw).not.toContain('\u202e');
    expect(raw).not.toContain('\\u0000');
    expect(raw).not.toMatch(/[^\\]\[x\]\(/);
    const [message] = await chat.messages();
    expect(message!.entities).toEqual([]);
  });

  test('Check again after it was fixed: the next attempt succeeds on a card of its own', async () => {
    const { chat } = await backUp(known[0]!.error, /^❌/u);
    await chat.clicks(say('button.check-again'));
    await chat.untilTitle(/^✅ vm-app-01 is protected/u);
    await chat.clicks(say('button.back-up-now'));
    await chat.untilTitle(/vm-app-01 is backed up/);
    expect((await chat.cards()).length).toBe(2);
    expect(await bot.azure.requests('POST', /;vm-app-01\/backup\?/)).toHaveLength(2);
  });

  test('Azure refuses protection: the operation’s code, and no backup is begun', async () => {
    const chat = await bot.asks('ana', 'backup vm-cmk-01');
    await bot.azure.fault({
      match: { method: 'PUT', path: 'protectedItems' },
      status: 400,
      body: {
        error: {
          code: 'UserErrorVmAlreadyProtectedInAnotherVault',
          message: 'Virtual machine is already protected in another Recovery Services vault.',
        },
      },
    });
    await chat.clicks(say('button.protect+back-up-now'));
    const card = await chat.untilTitle(/^❌/u);
    expect(card.title).toContain('vm-cmk-01 is NOT protected');
    expect(card.text).toContain('UserErrorVmAlreadyProtectedInAnotherVault');
    expect(await bot.azure.requests('POST', /\/backup\?/)).toEqual([]);
  });

  test('a failure is shown in Dutch to a Dutch reader', async () => {
    const [{ error }] = known as [Case];
    await bot.azure.fault({ job: { vm: 'vm-app-01', ...error }, times: 1 });
    const chat = bot.as('ana').inDutch();
    await chat.says('backup now vm-app-01');
    const card = await chat.untilTitle(/^❌/u);
    const found = diagnose({ codes: [error.errorTitle], texts: [], operation: 'backup', origin: 'backup-job' });
    if (found.kind !== 'known') throw new Error('the case is none');
    const cause = (locale: 'en' | 'nl') => plain(wordsOf(found.entry, locale).cause).slice(0, 80);
    expect(plain(card.text)).toContain(cause('nl'));
    expect(plain(card.text)).not.toContain(cause('en'));
  });

  function expectAzuresWords(card: CardView, error: JobError, jobId: string): void {
    expect(card.text).toContain(error.errorTitle);
    expect(card.text).toContain(String(error.errorCode));
    expect(plain(card.text)).toContain(plain(error.errorString));
    expect(card.text).toContain(jobId.slice(0, 8));
  }
});

/** As it is compared: white space is normalised, and characters that a card takes for markup are ignored. */
function plain(text: string): string {
  return text.replace(/\*\*/g, '').replace(/\s+/g, ' ').trim();
}
