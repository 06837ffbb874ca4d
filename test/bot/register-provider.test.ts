import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { approvalTimes } from '../../src/people/rules.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { presses, untilCard } from '../support/channel-cards.ts';
import { ends, failure } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say, finding } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const provider = 'Microsoft.RecoveryServices';
const subscription = '00000000-0000-0000-0000-00000000c0de';
const registering = new RegExp(`^/subscriptions/${subscription}/providers/${provider}/register\\?`, 'i');
const missing = { code: 'provider.missing', params: { provider } };
const alone = say('button.register-provider');
const thenBackUp = say('button.register-provider+back-up-now');
const thenProtect = say('button.register-provider+protect+back-up-now');

let bot: TestBot;
let usualRules = 0;
const open = async () => {
  const pace = { leases: { sweep: 300 }, speed: 20_000, waits: { vaultLook: 3_600_000, vaultIdle: 1_000 } };
  bot = await startBot({ database: 'postgres', ...pace });
  usualRules = bot.rules.length;
};
const close = () => bot?.[Symbol.asyncDispose]();
const lacking = (state: SimState['providers'][string] = 'NotRegistered') =>
  bot.azure.change({ providers: { [provider]: state } });
const written = async (all = true) =>
  (await bot.azure.writes())
    .filter(({ status }) => all || (status !== null && status < 300))
    .map(({ identity, method, path }) => `${identity} ${method} ${path.replace(/\?.*/, '')}`);
/** Each once: Azure may refuse a PUT, at once or when its operation ends, because the access isn't in effect yet. */
const accepted = async () =>
  (await written(false)).filter((line, at, all) => line.includes(' POST ') || line !== all[at - 1]);
const registered = `kluis-operate POST /subscriptions/${subscription}/providers/${provider}/register`;

describe('a VM whose subscription has never been registered for Azure Backup', () => {
  beforeAll(open);
  afterAll(close);
  beforeEach(async () => {
    await bot.azure.reset();
    // That the app of Azure Backup is in the tenant is kept for a day.
    await bot.restart();
    bot.rules.splice(usualRules);
    bot.failpoint = () => {};
  });

  test('the card registers it, protects and backs up, once Azure is done; what was done is on the card', async () => {
    await lacking();
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    const card = await chat.card();
    expect(card.titles.slice(0, 3)).toEqual([thenProtect, alone, say('button.check-again')]);
    expect(card.shown).toContain(say('register.reach'));
    expect(card.text).toContain(say('plan.register-provider', { provider, vms: 'vm-sql-01' }));
    await chat.clicks(thenProtect);
    const closed = await chat.untilTitle(/vm-sql-01 is backed up/);
    expect(await written()).toEqual([
      registered,
      expect.stringMatching(/^kluis-operate PUT .*;vm-sql-01$/),
      expect.stringMatching(/^kluis-operate POST .*;vm-sql-01\/backup$/),
    ]);
    expect(closed.text).toContain(say('registered.state', { provider }));
    const audit = (await bot.rows('audit')).map(({ entry }) => JSON.stringify(entry));
    expect(audit.some((entry) => entry.includes('register-provider'))).toBe(true);
  });

  test('alone: followed until Azure says so, with what comes next; the proof is what was read', async () => {
    await lacking();
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    await chat.clicks(alone);
    const closed = await chat.untilTitle(say('closing.register-provider'));
    expect(closed.shown).toContain(say('registered.state', { provider }));
    expect(closed.titles[0]).toBe(say('access.next', { vm: 'vm-sql-01' }));
    expect(closed.text).toContain(`az provider unregister --namespace ${provider} --subscription ${subscription}`);
    expect(await written()).toEqual([registered]);
    expect((await bot.azure.state('providers')).providers[provider]).toBe('Registered');
    await chat.until('the mention', async () => (await chat.pings()).length > 0);
    await chat.clicks(say('access.next', { vm: 'vm-sql-01' }));
    await chat.untilTitle(/vm-sql-01 is ready to back up/);
  });

  test('without the app of Azure Backup in the tenant it stands alone: access can only be judged afterwards', async () => {
    await bot.azure.scenario('provider-not-registered');
    const chat = await bot.asks('ana', 'backup vm-web-01');
    const first = say('button.register-provider-first');
    expect((await chat.card()).titles.slice(0, 2)).toEqual([first, say('button.check-again')]);
    await chat.clicks(first);
    await chat.untilTitle(say('closing.register-provider'));
    await chat.clicks(say('access.next', { vm: 'vm-web-01' }));
    await chat.untilButton(say('button.grant-key-vault-access+protect+back-up-now'));
  });

  test('access is missing too: one plan registers, then gives access, then protects and backs up', async () => {
    await lacking();
    const chat = await bot.asks('ana', 'backup vm-web-01');
    const all = say('button.register-provider+grant-key-vault-access+protect+back-up-now');
    const card = await chat.card();
    expect(card.titles.slice(0, 2)).toEqual([all, alone]);
    expect(card.shown).toContain(say('register.reach'));
    for (const told of ['kv-web-weu', say('plan.register-provider', { provider, vms: 'vm-web-01' })])
      expect(card.text).toContain(told);
    await chat.clicks(all);
    await chat.untilTitle(/vm-web-01 is backed up/);
    expect(await accepted()).toEqual([
      registered,
      expect.stringMatching(/^kluis-grant PUT .*\/kv-web-weu\/accessPolicies\/add$/),
      expect.stringMatching(/^kluis-operate PUT .*;vm-web-01$/),
      expect.stringMatching(/^kluis-operate POST .*;vm-web-01\/backup$/),
    ]);
  });

  test('somebody is registering it already: the card says so, and what is started waits for it', async () => {
    await lacking('Registering');
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    const card = await chat.card();
    expect(card.text).toContain(finding({ code: 'provider.registering', params: { provider } }).text);
    expect(card.text).not.toContain(finding(missing).text);
    await chat.clicks(thenProtect);
    await chat.untilTitle(say('progress.now-register-provider'));
    await lacking('Registered');
    await chat.untilTitle(/vm-sql-01 is backed up/);
    expect(await written()).not.toContain(registered);
  });

  test.each(['Registered', 'Registering'] as const)(
    'somebody else was first, and it is %s: nothing is written, and nothing is there to undo',
    async (state) => {
      await lacking();
      const chat = await bot.asks('ana', 'backup vm-sql-01');
      // After the look at the press, before the operation.
      const asked = async () => (await bot.azure.requests('GET', /providers\/Microsoft\.RecoveryServices\?/i)).length;
      const before = await asked();
      bot.failpoint = async (at) => {
        if (at === 'lookup:before-commit' && (await asked()) > before) await lacking(state);
      };
      await chat.clicks(alone);
      if (state === 'Registering') {
        await chat.untilTitle(say('progress.now-register-provider'));
        await lacking('Registered');
      }
      const closed = await chat.untilTitle(/is registered/);
      expect(await written()).toEqual([]);
      expect(closed.text).toContain(say('note.already'));
      expect(closed.text).not.toContain('unregister');
    },
  );

  test('a rule lets it be requested; another approves it', async () => {
    const verdict = { deny: false, approval: { approvals: 1, ...approvalTimes } } as const;
    bot.rules.push({ operation: 'register-provider', match: { vm: 'vm-sql-*' }, verdict });
    await lacking();
    const chat = await bot.thread('ana', 'backup vm-sql-01');
    await chat.untilButton(`${say('button.ask-approval')}: ${alone}`);
    await chat.clicks(`${say('button.ask-approval')}: ${alone}`);
    await chat.untilWaits('0 of 1');
    expect(await written()).toEqual([]);
    await chat.as('ben').clicks('Approve');
    await chat.untilTitle(say('closing.register-provider'));
    expect(await written()).toEqual([registered]);
  });

  test.each([
    {
      refused: 'no permission',
      status: 403,
      code: 'AuthorizationFailed',
      message: `The client 'x' with object id 'x' does not have authorization to perform action '${provider}/register/action' over scope '/subscriptions/${subscription}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      cause: say('trouble.register-forbidden'),
      wayOut: [
        say('register.guide-forbidden', { role: 'kluis-register-provider' }),
        `az provider register --namespace ${provider}`,
      ],
    },
    {
      refused: 'a subscription that is disabled',
      status: 409,
      code: 'ReadOnlyDisabledSubscription',
      message: `The subscription '${subscription}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`,
      cause: say('trouble.subscription-disabled'),
      wayOut: [say('register.guide-disabled')],
    },
  ])(
    'Azure refuses, $refused: the cause and the way out, and nothing after it',
    async ({ cause, wayOut, ...fault }) => {
      await lacking();
      const { status, code, message } = fault;
      const match = { method: 'POST', path: `${provider}/register` };
      await bot.azure.fault({ match, status, body: { error: { code, message } } });
      const chat = await bot.asks('ana', 'backup vm-sql-01');
      await chat.clicks(thenProtect);
      const closed = await chat.untilTitle(/^❌/u);
      expect(closed.title).toContain(say('failed.register-provider', { cause }));
      for (const told of [code, ...wayOut]) expect(closed.shown).toContain(told);
      expect(closed.titles[0]).toBe(say('button.check-again'));
      expect(await written()).toEqual([registered]);
    },
  );

  test('several VMs: the provider once, then each of them; where Azure refuses, none, with the way out', async () => {
    await lacking();
    const names = ['vm-sql-01', 'vm-app-01', 'vm-plain-01'];
    const chat = await bot.asks('ana', `backup ${names.join(' ')}`);
    const card = await chat.card();
    expect(card.title).toContain(say('many.provider', { count: 3 }));
    expect(card.shown).toContain(say('many.group-provider', { count: 3 }));
    const all = say('many.button-register', { count: 3 });
    expect(card.titles[0]).toBe(all);
    const match = { method: 'POST', path: `${provider}/register` };
    await bot.azure.fault({ match, status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } });
    await chat.clicks(all);
    const closed = await chat.untilTitle(/Backed up 0 of 3 VMs/);
    expect(closed.shown).toContain(say('register.guide-forbidden', { role: 'kluis-register-provider' }));
    await bot.azure.mend();
    const again = await bot.asks('ana', `backup ${names.join(' ')}`);
    await again.clicks(all);
    const done = await again.untilTitle(/Backed up 3 of 3 VMs/);
    expect(done.shown).toContain(say('registered.state', { provider }));
    expect((await bot.azure.requests('POST', registering)).map(({ status }) => status)).toEqual([403, 200]);
    expect(await bot.azure.requests('POST', /\/backup\?/)).toHaveLength(3);
  });

  test('several VMs, some without access too: both steps are shown, and access is given once it is registered', async () => {
    await lacking();
    const chat = await bot.asks('ana', 'backup vm-sql-01 vm-web-01 vm-web-02');
    const card = await chat.card();
    expect(card.title).toContain(say('many.provider', { count: 1 }));
    expect(card.title).toContain(say('many.provider-access', { count: 2 }));
    expect(card.shown).toContain(say('many.group-provider-access', { count: 2 }));
    expect(card.shown).toContain(say('many.grant', { keyVaults: ['kv-web-weu'] }));
    const all = say('many.button-fix', { count: 3 });
    expect(card.titles[0]).toBe(all);
    const match = { method: 'POST', path: `${provider}/register` };
    await bot.azure.fault({ match, status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } });
    await chat.clicks(all);
    await chat.untilTitle(/Backed up 0 of 3 VMs/);
    expect(await written()).toEqual([registered]);
    await bot.azure.mend();
    const again = await bot.asks('ana', 'backup vm-sql-01 vm-web-01 vm-web-02');
    await again.clicks(all);
    await again.untilTitle(/Backed up 3 of 3 VMs/);
    const writes = await written();
    expect(writes[1]).toBe(registered);
    expect(writes.filter((write) => write.includes('accessPolicies/add'))).toHaveLength(1);
    expect(writes.filter((write) => write.endsWith('/backup'))).toHaveLength(3);
  });

  test('a role without the action: Azure itself refuses, and says so', async () => {
    await lacking();
    const { roles } = await bot.azure.state('roles');
    const others = roles.map((role) =>
      role.name === 'kluis-register-provider' ? { ...role, permissions: { ...role.permissions, actions: [] } } : role,
    );
    await bot.azure.change({ roles: others });
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    await chat.clicks(alone);
    const closed = await chat.untilTitle(/^❌/u);
    expect(closed.shown).toContain(`'${provider}/register/action'`);
    expect(closed.shown).toContain('kluis-register-provider');
  });

  test('unregistered between the look and the write of another call: the card says that the next one offers it', async () => {
    const message = `The subscription is not registered to use namespace '${provider}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
    const body = { error: { code: 'MissingSubscriptionRegistration', message } };
    await bot.azure.fault({ match: { method: 'POST', path: 'vm-app-01/backup' }, status: 409, body });
    const chat = await bot.asks('ana', 'backup vm-app-01');
    await chat.clicks(say('button.back-up-now'));
    const closed = await chat.untilTitle(/^❌/u);
    expect(closed.shown).toContain(say('failed.kluis-registers'));
    await bot.azure.mend();
    await lacking();
    await chat.clicks(say('button.check-again'));
    await chat.untilButton(thenBackUp);
    await chat.clicks(thenBackUp);
    await chat.untilTitle(/vm-app-01 is backed up/);
    expect((await written()).slice(-2)).toEqual([registered, expect.stringMatching(/;vm-app-01\/backup$/)]);
  });
});

describe('backups that fail since the provider is not registered any more', () => {
  beforeAll(async () => {
    await open();
    await lacking();
  });
  afterAll(close);

  test('the alert leads to it; the failed backup is made again, and the alert closes in its thread', async () => {
    await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
    await ends(bot.azure, 'vm-app-01', failure('MissingSubscriptionRegistration'));
    const alert = await untilCard(bot, 'vm-app-01');
    expect(alert.card.titles[0]).toBe(say('button.show-fix'));
    const thread = await presses(bot, alert, say('button.show-fix'));
    await thread.untilButton(thenBackUp);
    await thread.clicks(thenBackUp);
    await thread.untilTitle(/vm-app-01 is backed up/);
    expect((await bot.azure.requests('POST', registering)).map(({ status }) => status)).toEqual([200]);
    const { message } = await untilCard(bot, say('alert.closed-one', { vm: 'vm-app-01' }));
    expect(message.id).toBe(alert.message.id);
  });

  test('the forecast names it as the cause, and its fix leads to the same card', async () => {
    await lacking();
    const chat = await bot.asks('ana', 'backup forecast');
    const card = await chat.card();
    expect(card.shown).toContain(finding(missing).title);
    // The one that is due first comes first, which depends on the hour.
    const named = ['vm-app-01', 'vm-neu-01', 'vm-dup-01'];
    expect(card.shown.split('\n').some((line) => named.every((vm) => line.includes(vm)))).toBe(true);
    await chat.clicks('Show fix (3)');
    await chat.untilButton(say('many.button-register', { count: 3 }));
  });

  test('several VMs: one card registers it once and makes all their backups again', async () => {
    await lacking();
    const before = (await bot.azure.requests('POST', registering)).length;
    for (const vm of ['vm-app-01', 'vm-neu-01']) await ends(bot.azure, vm, failure('MissingSubscriptionRegistration'));
    const alert = await untilCard(bot, '2 VM backups failed');
    const thread = await presses(bot, alert, say('failures.fix-many', { count: 2, left: 0 }));
    const all = say('many.button-register', { count: 2 });
    await thread.untilButton(all);
    await thread.clicks(all);
    await thread.untilTitle(/Backed up 2 of 2 VMs/);
    expect(await bot.azure.requests('POST', registering)).toHaveLength(before + 1);
    await untilCard(bot, say('alert.closed-many', { count: 2 }));
  });

  test('registered meanwhile: the alert backs up, and nothing is registered', async () => {
    await bot.azure.change({ providers: {} });
    const before = (await bot.azure.requests('POST', registering)).length;
    await ends(bot.azure, 'vm-dup-01', failure('MissingSubscriptionRegistration'));
    const alert = await untilCard(bot, 'vm-dup-01');
    expect(alert.card.titles[0]).toBe(say('button.back-up-now'));
    const thread = await presses(bot, alert, say('button.back-up-now'));
    await thread.untilTitle(/vm-dup-01 is backed up/);
    expect(await bot.azure.requests('POST', registering)).toHaveLength(before);
  });
});
