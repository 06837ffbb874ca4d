import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import type { LogLine } from '../support/keeping-log.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const html = '<html><body>Service Unavailable</body></html>';
const startButtons = [say('button.protect+back-up-now'), say('button.protect'), say('button.back-up-now')];
const tryAnyway = say('button.try-anyway');

/** What Azure does instead of a good answer to the matching calls, and what the person is then told. */
type Trouble = {
  readonly how: string;
  readonly match: { readonly method?: string; readonly path: string };
  readonly answer: object;
  readonly vm?: string;
  readonly says: RegExp;
  /** Whether anything can be started all the same, and under which name. */
  readonly starts: string | null;
};

const vm = { method: 'GET', path: 'virtualMachines/vm-sql-01' };
const keyVault = { method: 'GET', path: 'KeyVault/vaults/kv-prod-weu' };
const vaults = { method: 'GET', path: 'RecoveryServices/vaults\\?' };
const policies = { method: 'GET', path: 'backupPolicies' };
const unreadVm = /^🔎 Couldn't check vm-sql-01[^]*vm-sql-01 in rg-sql couldn't be read/u;
const foreign = { value: [], nextLink: 'https://evil.example/steal?token=' };

const troubles: readonly Trouble[] = [
  { how: 'a VM as HTML', match: vm, answer: { status: 200, body: html }, says: unreadVm, starts: null },
  { how: 'a VM as a list', match: vm, answer: { status: 200, body: [1, 2] }, says: unreadVm, starts: null },
  { how: 'a VM as an empty object', match: vm, answer: { status: 200, body: {} }, says: unreadVm, starts: null },
  { how: 'a VM as null', match: vm, answer: { status: 200, body: 'null' }, says: unreadVm, starts: null },
  {
    how: 'half a VM',
    match: vm,
    answer: { status: 200, body: '{"id": "/subscriptions/x", "prop' },
    says: unreadVm,
    starts: null,
  },
  {
    how: 'everything 500',
    match: { path: '^/subscriptions' },
    answer: { status: 500, body: { error: { code: 'ServerBusy', message: 'x' } } },
    says: /^🔎 Couldn't check vm-sql-01[^]*couldn't be read: Azure answered with 500 ServerBusy\./u,
    starts: null,
  },
  {
    how: 'everything 401',
    match: { path: '^/subscriptions' },
    answer: { status: 401, body: { error: { code: 'ExpiredAuthenticationToken', message: 'x' } } },
    says: /doesn't accept Kluis's identity \(401 ExpiredAuthenticationToken\)/,
    starts: null,
  },
  {
    how: 'everything 429',
    match: { path: '^/subscriptions' },
    answer: { status: 429, headers: { 'retry-after': '17' }, body: {} },
    says: /is throttling requests \(429\)/,
    starts: null,
  },
  {
    how: 'half a key vault',
    match: keyVault,
    answer: { status: 200, body: '{"id": "x", "prop' },
    says: /Key vault kv-prod-weu couldn't be read/,
    starts: tryAnyway,
  },
  {
    how: 'a key vault without anything',
    match: keyVault,
    answer: { status: 200, body: {} },
    says: /Key vault kv-prod-weu couldn't be read/,
    starts: tryAnyway,
  },
  {
    how: 'no vaults at all, with 500',
    match: vaults,
    answer: { status: 500, body: html },
    says: /Recovery Services vaults there are in West Europe couldn't be read: Azure answered with 500\./,
    starts: null,
  },
  {
    how: 'a list that leads to another host',
    match: vaults,
    answer: { status: 200, body: foreign },
    says: /Recovery Services vaults couldn't be read/,
    starts: null,
  },
  {
    how: 'a list without its list',
    match: vaults,
    answer: { status: 200, body: {} },
    says: /Recovery Services vaults couldn't be read/,
    starts: null,
  },
  {
    how: 'policies that nobody knows, among numbers',
    match: policies,
    answer: {
      status: 200,
      body: {
        value: [
          {
            id: '/x',
            name: 'odd',
            properties: {
              backupManagementType: 'AzureIaasVM',
              schedulePolicy: { schedulePolicyType: 'LunarSchedule' },
            },
          },
          5,
          null,
        ],
      },
    },
    says: /Policies couldn't be read/,
    starts: null,
  },
  {
    how: 'policies that the bot may not read',
    match: policies,
    answer: {
      status: 403,
      body: {
        error: {
          code: 'AuthorizationFailed',
          message:
            "does not have authorization to perform action 'Microsoft.RecoveryServices/Vaults/backupPolicies/read' over scope",
        },
      },
    },
    says: /Kluis lacks the permission Microsoft\.RecoveryServices\/Vaults\/backupPolicies\/read/,
    starts: null,
  },
  {
    how: 'policies of one vault only',
    match: { method: 'GET', path: 'rsv-prod-weu/backupPolicies' },
    answer: { status: 500, body: html },
    says: /^✅ vm-sql-01 is ready/u,
    starts: say('button.protect+back-up-now'),
  },
  {
    how: 'a state of protection that nobody knows',
    match: { method: 'POST', path: 'backupStatus' },
    answer: { status: 200, body: { protectionStatus: 'Enchanted' } },
    says: /doesn't say clearly whether vm-sql-01 is already protected/,
    starts: tryAnyway,
  },
  {
    how: 'a verdict that is neither yes nor no',
    match: { method: 'POST', path: 'backupPreValidateProtection' },
    answer: { status: 200, body: { status: 'Pondering' } },
    says: /couldn't be read|couldn't be asked/i,
    starts: tryAnyway,
  },
  {
    how: 'locks as HTML',
    match: { method: 'GET', path: 'locks' },
    answer: { status: 200, body: html },
    says: /Locks on vm-sql-01 couldn't be read/,
    starts: tryAnyway,
  },
  {
    how: 'rights of the bot as null',
    match: { method: 'GET', path: 'permissions' },
    answer: { status: 200, body: 'null' },
    says: /Kluis's permissions couldn't be read/,
    starts: tryAnyway,
  },
  {
    how: 'an item in a state that nobody knows',
    vm: 'vm-app-01',
    match: { method: 'GET', path: 'protectedItems/' },
    answer: {
      status: 200,
      body: {
        id: 'x',
        name: 'x',
        properties: {
          protectedItemType: 'Microsoft.Compute/virtualMachines',
          protectionState: 'Enchanted',
          policyId: 5,
        },
      },
    },
    says: /doesn't say clearly whether vm-app-01 is already protected/,
    starts: tryAnyway,
  },
  {
    how: 'half a list of recovery points',
    vm: 'vm-app-01',
    match: { method: 'GET', path: 'recoveryPoints' },
    answer: { status: 200, body: '{"value": [' },
    says: /recovery points not read[^]*Last good backup: couldn't be read/,
    starts: say('button.back-up-now'),
  },
  {
    how: 'jobs that nobody knows',
    vm: 'vm-app-01',
    match: { method: 'GET', path: 'backupJobs\\?' },
    answer: {
      status: 200,
      body: {
        value: [
          {
            name: 'j',
            properties: { jobType: 'AzureIaaSVMJob', status: 'Pondering', operation: 'Dance', startTime: 'yesterday' },
          },
          null,
        ],
      },
    },
    says: /Jobs couldn't be read/,
    starts: tryAnyway,
  },
];

describe('Azure’s answer is unusable', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', waits: { refusedReads: 500 } });
    await bot.asks('ana', 'backup vm-plain-01');
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());

  test.each(troubles)('$how: reported as it is, and nothing unknown is claimed', async (trouble) => {
    await bot.azure.fault({ match: trouble.match, ...trouble.answer });
    const chat = await bot.asks('ana', `backup ${trouble.vm ?? 'vm-sql-01'}`);
    const card = await chat.card();
    expect(card.text).toMatch(trouble.says);
    // The card itself says that something isn't known, not only its details.
    expect(card.shown).toMatch(
      trouble.starts === say('button.protect+back-up-now') ? /^✅/u : /couldn't|can't|doesn't say/,
    );
    const offered = card.titles.filter((title) => [...startButtons, tryAnyway].includes(title));
    expect(offered[0] ?? null).toBe(trouble.starts);
    expect(card.text).not.toMatch(/undefined|NaN|\[object|: \.|<html>/);
    // A role is suggested where one is missing, and nowhere else.
    if (!/lacks the right/.test(card.text)) expect(card.shown).not.toContain('reader role');
    expect(await bot.azure.writes()).toEqual([]);
    await bot.azure.mend();
    if (!card.titles.includes(say('button.check-again'))) return;
    await chat.clicks(say('button.check-again'));
    await chat.untilTitle(/^✅/u);
  });

  test('the list of VMs isn’t answered: the card says that it keeps trying, and it does', async () => {
    await bot.azure.fault({ match: { path: '/resources\\?|virtualMachines\\?' }, status: 500, body: html });
    const chat = await bot.thread('ana', 'backup vm-nowhere-99');
    await chat.until(
      'the trouble to show',
      async () =>
        (await chat.cards()).length > 0 &&
        (await chat.card()).title.includes(say('outage.title-status', { status: '500' })),
    );
    await bot.azure.mend();
    expect((await chat.untilTitle(/^❓/u)).title).toContain('No VM called vm-nowhere-99 was found');
  });

  test.each([
    [
      'a 500 now and then',
      {
        match: { method: 'GET', path: 'backupJobs/|backupOperations/|protectedItems' },
        status: 500,
        body: html,
        times: 5,
      },
    ],
    [
      'HTML with 200',
      { match: { method: 'GET', path: 'backupJobs/|backupOperations/' }, status: 200, body: html, times: 3 },
    ],
    ['half a job', { match: { method: 'GET', path: 'backupJobs/' }, status: 200, body: '{"id": "x", "prop', times: 3 }],
    ['a job as null', { match: { method: 'GET', path: 'backupJobs/' }, status: 200, body: 'null', times: 3 }],
    [
      'a job in a state that nobody knows',
      {
        match: { method: 'GET', path: 'backupJobs/' },
        status: 200,
        body: {
          id: 'x',
          name: 'x',
          properties: {
            jobType: 'AzureIaaSVMJob',
            status: 'Pondering',
            operation: 'Backup',
            startTime: '2026-11-24T00:00:00Z',
          },
        },
        times: 3,
      },
    ],
    [
      'a job that is not there for a moment',
      {
        match: { method: 'GET', path: 'backupJobs/' },
        status: 404,
        body: { error: { code: 'ResourceNotFound', message: 'x' } },
        times: 3,
      },
    ],
    ['points as HTML', { match: { method: 'GET', path: 'recoveryPoints' }, status: 200, body: html, times: 3 }],
    ['connections that break', { match: { method: 'GET' }, drop: true, times: 6 }],
  ])('%s in the middle: it continues to the end, and nothing is sent twice', async (_, fault) => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.clicks(say('button.protect+back-up-now'));
    await chat.until('the operation', async () => (await bot.operationsIn(chat))[0]);
    await bot.azure.fault(fault);
    await chat.untilTitle(/vm-plain-01 is backed up/);
    expect(await bot.azure.requests('PUT', /;vm-plain-01\?/)).toHaveLength(1);
    expect(await bot.azure.requests('POST', /;vm-plain-01\/backup\?/)).toHaveLength(1);
  });

  test('Azure doesn’t answer for long: the card says since when, and the operation is not given up', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    // Nothing asks for a job or its result before there is one: it stops responding in the middle at any speed.
    await bot.azure.fault({
      match: { method: 'GET', path: 'backup(Jobs|Operation\\w*)/|operation\\w*/' },
      status: 503,
      body: html,
    });
    await chat.clicks(say('button.protect+back-up-now'));
    await chat.until('the silence to show', async () =>
      (await chat.card()).shown.includes("Azure hasn't responded since"),
    );
    await bot.azure.mend();
    await chat.untilTitle(/vm-plain-01 is backed up/);
  });

  test('a permission removed in the middle: closed with the missing permission', async () => {
    const message =
      "The client 'x' does not have authorization to perform action 'Microsoft.RecoveryServices/Vaults/backupJobs/read' over scope 'y\ue0001b\ue00119:55\ue002'.";
    // Only a job that has begun is read by its ID: until then nothing is refused.
    await bot.azure.fault({
      match: { method: 'GET', path: 'backup(Jobs|Operations)/' },
      status: 403,
      body: { error: { code: 'AuthorizationFailed', message } },
    });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    const card = await chat.untilTitle(/^❌/u);
    expect(card.text).toContain('AuthorizationFailed');
    expect(card.text).toContain('backupJobs/read');
    // Nobody else uses the marks that Kluis puts on its own times.
    expect(card.text).toContain('y�1b�19:55�');
    expect(await bot.azure.requests('POST', /;vm-app-01\/backup\?/)).toHaveLength(1);
  });

  test('an answer that never comes delays nobody else', async () => {
    await bot.azure.fault({ match: { method: 'GET', path: 'virtualMachines/vm-sql-01' }, latencyMs: 12_000 });
    const slow = await bot.thread('ana', 'backup vm-sql-01');
    const [help, other] = await Promise.all([bot.asks('ben', 'help'), bot.asks('chris', 'backup vm-cmk-01')]);
    expect((await slow.card()).title).toMatch(/^⏳/u);
    expect((await help.card()).text).toContain('/backup');
    expect((await other.card()).title).toContain('vm-cmk-01 is ready');
    await (slow as BotChat).untilLooked();
  });

  test('none of these faults was the product’s own', () => {
    // The health check, if it is asked while a fault is set, also says that Azure can't be reached.
    const ofAzure = (line: LogLine) => line.error === 'AzureFault' || line['part'] === 'azure';
    const broken = bot.log.filter((line) => line.level === 'error' && !ofAzure(line));
    expect(broken).toEqual([]);
  });
});
