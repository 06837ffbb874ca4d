import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { PEOPLE, ROLE } from '../../src/sim/estate/known.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import type { RoleAssignmentSpec } from '../../src/sim/state/state-access.ts';
import { fillsInPolicy } from '../support/fills-in-policy.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** Ana may create and change policies; everybody may do what an operator may. */
const config = `
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, name: Ana de Vries }
roles:
  operator: [everyone]
  admin: [user:00000000-0000-0000-0000-0000000000a1]
`;
const vaultId =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu';
const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const policyPath = (name: string) => new RegExp(`/backupPolicies/${name}\\?`, 'i');

async function propertiesOf(bot: TestBot, name: string, vault = 'rsv-prod-weu') {
  const { policies } = await bot.azure.state('policies');
  return policies.find((policy) => policy.name === name && policy.vaultId.endsWith(`/${vault}`))?.properties;
}

/** The card once the bot has read what it is waiting for. */
async function sends(chat: BotChat, button: string, inputs: Record<string, string> = {}) {
  await (button === 'Continue' ? fillsInPolicy(chat, inputs) : chat.clicks(button, inputs));
  return chat.untilLooked();
}

const keptFor = (count: number) => ({
  retentionPolicy: { dailySchedule: { retentionDuration: { count } } },
});

describe('policies', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('a new one: the form, invalid fields, plain words, one click, one write, one mention', async () => {
    const chat = await bot.asks('ana', 'backup policy new');
    expect((await chat.card()).title).toBe('❓ A new policy in rsv-prod-weu');
    const first = await sends(chat, 'Continue', { name: 'x', often: 'weekly' });
    expect(first.title).toBe('⚠️ Fix 1 field to continue');
    expect(first.inputs).toMatchObject({ name: { value: 'x', label: expect.stringMatching(/^⚠️ Name · Use 3/) } });
    const wrong = await sends(chat, 'Continue', { name: 'silver-30', often: 'weekly', monthly: '6' });
    expect(wrong.title).toBe('⚠️ Fix 2 fields to continue');
    expect(wrong.inputs).toMatchObject({
      days: { label: '⚠️ Days · Name at least one day, such as Sunday.' },
      monthly: { value: '6' },
      weekly: { label: '⚠️ Weeks to keep weekly backups · Required.' },
    });
    const back = await chat.clicks('Back', { monthly: '7' });
    expect(back.card!.inputs).toMatchObject({ name: { value: 'silver-30' }, often: { value: 'weekly' } });
    expect((await chat.clicks('Continue')).card!.inputs['monthly']!.value).toBe('7');
    await chat.says('back');
    await chat.until('the first card', async () => (await chat.card()).inputs['name']?.value === 'silver-30');
    const form = {
      name: 'silver-30',
      kind: 'Enhanced',
      often: 'hourly-6',
      daily: '30',
      monthly: '6',
      zone: 'Europe/Berlin',
    };
    const shown = await sends(chat, 'Continue', form);
    expect(shown.title).toBe('❓ Create policy silver-30 in rsv-prod-weu?');
    expect(shown.text).toContain('az backup policy create --resource-group rg-backup --vault-name rsv-prod-weu');
    expect(await bot.azure.writes(/backupPolicies/i)).toEqual([]);

    await chat.clicks('Create this policy');
    const closed = await chat.untilTitle('Policy silver-30 created in rsv-prod-weu');
    expect(closed.shown).toContain('Started by Ana de Vries');
    await chat.until('the mention', async () => (await chat.pings()).length > 1);
    expect((await chat.pings()).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^One step back: backup policy new /),
      expect.stringMatching(/^<at>Ana de Vries<\/at>: policy silver-30 created <a href="[^"]+">Open the card<\/a>$/),
    ]);
    expect(await bot.azure.requests('PUT', policyPath('silver-30'))).toMatchObject([
      { status: 200, identity: 'kluis-operate' },
    ]);
    const [operation] = await bot.operationsIn(chat);
    const [part] = (operation!.plan as { parts: { body: object }[] }).parts;
    expect(await propertiesOf(bot, 'silver-30')).toEqual(part!.body);
    expect(part!.body).toMatchObject({ policyType: 'V2', timeZone: 'W. Europe Standard Time' });

    const views = await bot.asks('ana', 'backup policies rsv-prod-weu');
    expect((await views.card()).text).toContain('silver-30');
  });

  test('a VM can be protected with it at once', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    expect((await chat.card()).text).toContain('silver-30');
  });

  test('a taken name is an error on the form', async () => {
    const chat = await bot.asks('ana', 'backup policy new rsv-prod-weu');
    const card = await sends(chat, 'Continue', { name: 'Gold' });
    expect(card.text).toContain('rsv-prod-weu already has a policy called Gold');
    expect(card.inputs['name']!.value).toBe('Gold');
    const again = await sends(chat, 'Continue', { name: 'hourlylogbackup' });
    expect(again.text).toContain('already');
    expect(await bot.azure.requests('PUT', /backupPolicies\/(gold|hourlylogbackup)\?/i)).toEqual([]);
  });

  test('changed while no VM uses it: before and after, one plain confirmation, and everything else stays', async () => {
    const before = (await propertiesOf(bot, 'gold'))!;
    const rich = { ...before, tieringPolicy: { ArchivedRP: { tieringMode: 'TierRecommended' } } };
    const { policies } = await bot.azure.state('policies');
    await bot.azure.change({
      policies: policies.map((policy) => (policy.name === 'gold' ? { ...policy, properties: rich } : policy)),
    });
    const chat = await bot.asks('ana', 'backup policy change rsv-prod-weu/gold');
    await chat.clicks('Continue');
    expect((await chat.card()).inputs).toMatchObject({ daily: { value: '90' }, weekly: { value: '52' } });
    const shown = await sends(chat, 'Continue', { daily: '30', weekly: '104' });
    expect(shown.text).toContain('Daily backups: 90 days → 30 days');
    expect(shown.text).toContain('Weekly backups: 52 weeks → 104 weeks');
    expect(shown.title).toBe('❓ Change policy gold in rsv-prod-weu?');
    expect(shown.text).toContain('No VM uses it.');
    expect(shown.text).not.toContain('deletes recovery points');
    await chat.clicks('Change this policy');
    await chat.untilTitle('Policy gold in rsv-prod-weu changed');
    expect(await bot.azure.requests('PUT', policyPath('gold'))).toHaveLength(1);
    expect(await propertiesOf(bot, 'gold')).toMatchObject({
      tieringPolicy: rich.tieringPolicy,
      retentionPolicy: {
        dailySchedule: { retentionDuration: { count: 30 } },
        weeklySchedule: { retentionDuration: { count: 104 }, daysOfTheWeek: ['Sunday'] },
      },
    });
  });

  test('somebody else changes it meanwhile: nothing is written, the new difference is shown', async () => {
    const chat = await bot.asks('ana', 'backup policy change rsv-prod-weu/decade');
    await sends(chat, 'Continue', { daily: '60' });
    const { policies } = await bot.azure.state('policies');
    const changed = JSON.parse(JSON.stringify(policies).replaceAll('"count":10,', '"count":12,')) as typeof policies;
    await bot.azure.change({ policies: changed });
    const card = await sends(chat, 'Change this policy');
    expect(card.text).toContain('Something changed after this card was posted. Nothing was done');
    expect(card.text).toContain('Yearly backups: 12 years → 10 years');
    expect(await bot.azure.requests('PUT', policyPath('decade'))).toEqual([]);
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('under a Resource Guard, shorter names its request and says who can allow it; longer needs neither', async () => {
    const { vaults, roleAssignments } = await bot.azure.state('vaults', 'roleAssignments');
    const scope = vaults.find(({ guard }) => guard)!.guard!.resourceGuardId;
    const given = (
      name: string,
      roleId: string,
      { principalId, principalType }: Pick<RoleAssignmentSpec, 'principalId' | 'principalType'>,
    ): RoleAssignmentSpec => ({
      ...{ name: `00000000-0000-0000-0000-00000000a${name}`, scope, roleId, principalId, principalType },
      created: '2025-09-01T09:00:00.0000000Z',
    });
    const owner = given('801', ROLE.owner, { principalId: PEOPLE.chris, principalType: 'User' });
    await bot.azure.change({ roleAssignments: [...roleAssignments, owner] });
    const shorter = async () => {
      const chat = await bot.asks('ana', 'backup policy change rsv-prod-neu/DefaultPolicy');
      const card = await sends(chat, 'Continue', { daily: '14' });
      expect(card.text).toContain(say('guard.guarded', { vault: 'rsv-prod-neu' }));
      expect(card.text).toMatch(/Chris \w+ can give it, on guard-prod\./);
      await chat.clicks('Change this policy');
      await chat.clicks(say('button.policy-shorten'));
      return chat;
    };
    const refused = await (await shorter()).untilTitle('Policy DefaultPolicy was NOT changed');
    expect(refused.text).toContain('LinkedAuthorizationFailed');
    const operator = given('802', ROLE.reader, {
      principalId: IDENTITIES['kluis-operate'],
      principalType: 'ServicePrincipal',
    });
    await bot.azure.change({ roleAssignments: [...roleAssignments, owner, operator] });
    await (await shorter()).untilTitle('Policy DefaultPolicy in rsv-prod-neu changed');
    const sent = await bot.azure.requests('PUT', policyPath('DefaultPolicy'));
    const requests = [`${scope}/updateProtectionPolicyRequests/default`];
    const named = { properties: expect.objectContaining({ resourceGuardOperationRequests: requests }) };
    expect(sent.map(({ body }) => body)).toEqual([named, named]);
    await bot.azure.change({ roleAssignments });

    const chat = await bot.asks('ana', 'backup policy change rsv-prod-neu/DefaultPolicy');
    const longer = await sends(chat, 'Continue', { daily: '60' });
    expect(longer.text).toContain('Daily backups: 14 days → 60 days');
    expect(longer.text).not.toContain('Resource Guard');
    await chat.clicks('Change this policy');
    await chat.untilTitle('Policy DefaultPolicy in rsv-prod-neu changed');
    const last = (await bot.azure.requests('PUT', policyPath('DefaultPolicy'))).at(-1)!.body as { properties: object };
    expect(last.properties).not.toHaveProperty('resourceGuardOperationRequests');
  });

  test('a Resource Guard that doesn’t guard policies: shorter is allowed; one that can’t be read: said so', async () => {
    const { vaults } = await bot.azure.state('vaults');
    const leavesOut = ['updateProtectionPolicyRequests'];
    await bot.azure.change({
      vaults: vaults.map((vault) => (vault.guard ? { ...vault, guard: { ...vault.guard, leavesOut } } : vault)),
    });
    const change = async () => {
      const chat = await bot.asks('ana', 'backup policy change rsv-prod-neu/enhanced-4h');
      return sends(chat, 'Continue', { daily: '14' });
    };
    expect((await change()).titles).toContain('Change this policy');
    expect((await change()).text).not.toContain('Resource Guard');
    await bot.azure.change({ vaults });
    await bot.azure.fault({ match: { path: 'backupResourceGuardProxies' }, status: 403, body: {} });
    const unread = await change();
    expect(unread.titles).toContain('Change this policy');
    expect(unread.text).toContain(say('guard.unread', { vault: 'rsv-prod-neu' }));
    await bot.azure.mend();
    // The vault says that it has a guard, so an empty list doesn't say that there is none.
    await bot.azure.fault({ match: { path: 'backupResourceGuardProxies' }, status: 200, body: { value: [] } });
    expect((await change()).text).toContain(say('guard.unread', { vault: 'rsv-prod-neu' }));
    await bot.azure.mend();
  });

  test('a policy in use: what Azure does after its 202 is followed, and the card closes with its end', async () => {
    const change = async (daily: string) => {
      const chat = await bot.asks('ana', 'backup policy change rsv-prod-weu/decade');
      await sends(chat, 'Continue', { daily });
      await chat.clicks('Change this policy');
      return chat;
    };
    const message = 'Operation on one of the backup items failed.';
    const code = 'UserErrorOfATest';
    await bot.azure.fault({ operation: { path: 'backupPolicies/decade', code, message }, times: 1 });
    const failed = await change('70');
    const card = await failed.untilTitle('Policy decade was NOT changed');
    expect(card.text).toContain(code);
    expect(card.text).toContain(message);
    expect(await propertiesOf(bot, 'decade')).not.toMatchObject(keptFor(70));

    await (await change('80')).untilTitle('Policy decade in rsv-prod-weu changed');
    expect(await propertiesOf(bot, 'decade')).toMatchObject(keptFor(80));
    const puts = await bot.azure.requests('PUT', policyPath('decade'));
    expect(puts.map(({ status }) => status)).toEqual([202, 202]);
    const polls = await bot.azure.requests('GET', /backupPolicies\/decade\/operations\//);
    expect(polls.every(({ status }) => status === 200)).toBe(true);
    expect(new Set(polls.map(({ path }) => path)).size).toBe(2);
  });

  test('a policy in use: what will be deleted is shown, confirmed twice, and written after the second answer', async () => {
    const chat = await bot.asks('ana', 'backup policy change rsv-prod-weu/decade');
    const shown = await sends(chat, 'Continue', { daily: '7' });
    expect(shown.text).toContain('Azure deletes older recovery points');
    const sure = await sends(chat, 'Change this policy');
    expect(sure.title).toBe("⚠️ Keep backups for less time? This can't be undone");
    expect(await propertiesOf(bot, 'decade')).not.toMatchObject(keptFor(7));
    await chat.clicks('Yes, keep backups for less time');
    await chat.untilTitle('Policy decade in rsv-prod-weu changed');
    expect(await propertiesOf(bot, 'decade')).toMatchObject(keptFor(7));
  });

  test('people who aren’t administrators can’t continue anybody’s form: told so privately, and the form stays', async () => {
    const ana = await bot.asks('ana', 'backup policy new');
    const chat = ana.as('ben');
    const refused = await fillsInPolicy(chat, { name: 'bens-policy' });
    expect(refused.text).toBe(
      "You can't create policies. Nothing was done. This needs the administrator role. Ask Ana de Vries.",
    );
    await sends(ana, 'Continue', { name: 'bens-policy' });
    const press = await chat.clicks('Create this policy');
    expect(press.text).toContain("You can't create policies.");
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect(await bot.azure.requests('PUT', policyPath('bens-policy'))).toEqual([]);
  });

  test.each([
    ['backup policy new', 'create'],
    ['backup policy new rsv-test-weu', 'create'],
    ['backup policy change gold', 'change'],
    ['backup policy', 'create'],
  ])(
    '%s, typed by somebody who isn’t an administrator: refused at once and privately, with who may; no form',
    async (text, what) => {
      const chat = await bot.thread('ben', text);
      const card = await chat.untilTitle(`You can't ${what} policies. Nothing was done.`);
      expect(card.text).toContain('This needs the administrator role. Ask Ana de Vries.');
      expect(card.inputs).toEqual({});
      expect(await chat.as('ana').messages()).toEqual([]);
    },
  );

  test('a rule that denies it to all: reported as that', async () => {
    await using local = await startBot({
      database: 'postgres',
      config: `${config}rules: [{ operation: create-policy, deny: true }]\n`,
    });
    const chat = await local.thread('ana', 'backup policy new');
    await chat.untilTitle('Blocked by a rule: create policies.');
  });

  test('in the embedded default nobody is administrator, and the answer says so', async () => {
    await using local = await startBot({ database: 'postgres' });
    const chat = await local.thread('ana', 'backup policy new');
    const card = await chat.untilTitle("You can't create policies. Nothing was done.");
    expect(card.text).toContain('This needs the administrator role, which nobody has here yet.');
  });

  test('two clicks on the button create one policy', async () => {
    const chat = await bot.asks('ana', 'backup policy new');
    await sends(chat, 'Continue', { name: 'twice' });
    const { buttons, raw: _ } = await chat.card();
    const { verb, data } = buttons.find(({ title }) => title === 'Create this policy')!;
    await Promise.all([chat.sends({ verb, data }), chat.sends({ verb, data })]);
    await chat.untilTitle('Policy twice created');
    expect(await bot.azure.requests('PUT', policyPath('twice'))).toHaveLength(1);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  });

  test.each([
    ['lost after Azure had done it', { status: 503, after: true }, 1],
    ['lost on its way', { drop: true }, 2],
  ])('an answer %s: its trace is looked for, and the policy exists once', async (_what, fault, puts) => {
    const name = `doubt-${puts}`;
    await bot.azure.fault({ match: { method: 'PUT', path: `backupPolicies/${name}` }, times: 1, ...fault });
    const chat = await bot.asks('ana', 'backup policy new');
    await sends(chat, 'Continue', { name });
    await chat.clicks('Create this policy');
    await chat.untilTitle(`Policy ${name} created`);
    expect(await bot.azure.requests('PUT', policyPath(name))).toHaveLength(puts);
    expect(await propertiesOf(bot, name)).toBeDefined();
  });

  test('Azure refuses: its words, and how to begin again', async () => {
    const error = {
      code: 'BMSUserErrorInvalidPolicyInput',
      message: 'Input for create or update policy is not in proper format',
    };
    await bot.azure.fault({
      match: { method: 'PUT', path: 'backupPolicies/refused' },
      times: 1,
      status: 400,
      body: { error },
    });
    const chat = await bot.asks('ana', 'backup policy new');
    await sends(chat, 'Continue', { name: 'refused' });
    await chat.clicks('Create this policy');
    const closed = await chat.untilTitle('Policy refused was NOT created');
    expect(closed.text).toContain('BMSUserErrorInvalidPolicyInput');
    expect(closed.titles).toEqual(['Try again', 'Write cause and fix…']);
    await chat.clicks('Try again');
    await chat.untilTitle('A new policy in rsv-prod-weu');
  });

  test('the name is taken between the click and the write: that policy isn’t touched', async () => {
    const chat = await bot.asks('ana', 'backup policy new');
    await sends(chat, 'Continue', { name: 'raced' });
    const others = { ...(await propertiesOf(bot, 'DefaultPolicy'))!, timeZone: 'India Standard Time' };
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:before-save') return;
      bot.failpoint = () => {};
      const { policies } = await bot.azure.state('policies');
      await bot.azure.change({ policies: [...policies, { vaultId, name: 'raced', properties: others }] });
    };
    await chat.clicks('Create this policy');
    const closed = await chat.untilTitle('Policy raced was NOT created');
    expect(closed.title).toContain('its name is already taken');
    expect(await bot.azure.requests('PUT', policyPath('raced'))).toEqual([]);
    expect(await propertiesOf(bot, 'raced')).toMatchObject({ timeZone: 'India Standard Time' });
  });

  test.each([
    ['between the first look and the write', 'advance:before-save', []],
    ['while Azure lets the write wait', 'write:after-settle', [429]],
  ] as const)('a colleague changes it %s: their values stay, and the card says so', async (_when, at, statuses) => {
    const { policies } = await bot.azure.state('policies');
    const isDecade = ({ name }: { name: string }) => name === 'decade';
    const timeZone = 'India Standard Time';
    const changed = policies.map((one) =>
      isDecade(one) ? { ...one, properties: { ...one.properties, timeZone } } : one,
    );
    const before = (await bot.azure.requests('PUT', policyPath('decade'))).length;
    const busy = { status: 429, headers: { 'retry-after': '1' }, body: { error: { code: 'TooManyRequests' } } };
    const match = { method: 'PUT', path: 'backupPolicies/decade' };
    await bot.azure.fault(...statuses.map(() => ({ match, ...busy, times: 1 })));
    const chat = await bot.asks('ana', 'backup policy change rsv-prod-weu/decade');
    await sends(chat, 'Continue', { daily: '95' });
    bot.failpoint = async (failpoint) => {
      if (failpoint !== at) return;
      bot.failpoint = () => {};
      await bot.azure.change({ policies: changed });
    };
    await chat.clicks('Change this policy');
    const closed = await chat.untilTitle(say('trouble.policy-changed'));
    expect(closed.text).toContain(say('trouble-why.policy-changed'));
    const sent = (await bot.azure.requests('PUT', policyPath('decade'))).slice(before);
    expect(sent.map(({ status }) => status)).toEqual(statuses);
    expect(await propertiesOf(bot, 'decade')).toEqual(changed.find(isDecade)!.properties);
    await bot.azure.change({ policies });
  });

  test('in Dutch, and without naming what is wanted', async () => {
    const chat = bot.as('ana').inDutch();
    await chat.says('backup policy');
    await chat.untilTitle('❓ Een nieuw beleid maken, of er een wijzigen?');
    await chat.clicks('Een beleid wijzigen');
    await chat.untilTitle(/^❓ Welk beleid wil je wijzigen\?$/u);
    await chat.says('rsv-prod-weu/enhanced-4h');
    const form = await chat.untilTitle('Beleid enhanced-4h in rsv-prod-weu wijzigen');
    expect(form.inputs).toMatchObject({ often: { value: 'hourly-4' } });
    expect((await chat.clicks('Verder')).card!.inputs).toMatchObject({
      window: { value: '16' },
      time: { value: '08:00' },
    });
    await chat.clicks('Annuleren');
    const closed = await chat.untilTitle(/^⏹/u);
    expect(closed.shown).toContain('Gesloten door Ana de Vries');
  });

  test('only those who may are shown the command', async () => {
    const [anas, bens] = [await bot.asks('ana', 'backup help'), await bot.asks('ben', 'backup help')];
    expect((await anas.card()).text).toContain('/backup policy new');
    expect((await bens.card()).text).not.toContain('/backup policy new');
  });

  test('none of this was logged as an error', () => {
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
