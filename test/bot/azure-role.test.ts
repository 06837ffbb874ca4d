import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { Rule } from '../../src/people/rules.ts';
import { GROUP, PEOPLE, ROLE, SUBSCRIPTION } from '../../src/sim/estate/known.ts';
import type { RoleAssignmentSpec } from '../../src/sim/state/state-access.ts';
import { SlackChat, textOf } from '../slack/support/slack-client.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { choosesRestore } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const said = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const subscription = `/subscriptions/${SUBSCRIPTION}`;
const vault = `${subscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu`;
const contoso = '/providers/Microsoft.Management/managementGroups/contoso';
const backUpNow = said.say('button.back-up-now');
const backup = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/backup/action';
const missing = said.say('azure.lacks', {
  scope: 'rsv-prod-weu (rg-backup)',
  role: 'Backup Operator',
  actions: backup,
});
const config = `
people: [{ entra: ${PEOPLE.ana}, name: Ana de Vries }]
roles: { operator: [everyone], admin: ['user:${PEOPLE.ana}'] }
rules:
  - { azureRole: true }
  - { operation: grant-key-vault-access, approval: operator, azureRole: true }
`;

let bot: TestBot;
let rules: readonly Rule[];
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config });
  rules = [...bot.rules];
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(() => bot.azure.reset());
afterEach(() => {
  bot.failpoint = () => {};
  bot.rules.splice(0, bot.rules.length, ...rules);
});

type Given = Partial<RoleAssignmentSpec>;
const given: RoleAssignmentSpec = {
  name: '00000000-0000-0000-0000-00000000a551',
  scope: vault,
  roleId: ROLE.backupOperator,
  principalId: PEOPLE.ana,
  principalType: 'User',
  created: '2025-09-01T09:00:00.0000000Z',
};

/** All the roles that people have; the bot's own identities keep theirs. */
async function held(...roles: Given[]): Promise<void> {
  const { roleAssignments } = await bot.azure.state('roleAssignments');
  const own = roleAssignments.filter(({ principalType }) => principalType === 'ServicePrincipal');
  const name = (index: number) => `${given.name.slice(0, -2)}${String(10 + index)}`;
  await bot.azure.change({
    roleAssignments: [...own, ...roles.map((role, index) => ({ ...given, name: name(index), ...role }))],
  });
}

const started = () => bot.azure.writes(/\/backup\?/);
/** The requests about Ana's roles so far. */
const asked = async () =>
  (await bot.azure.requests('GET', /roleAssignments/)).filter(({ path }) => path.includes(PEOPLE.ana));

const cardOf = (vm: string): Promise<BotChat> => bot.asks('ana', `backup ${vm}`);

describe('a rule that asks for the person’s own role in Azure', () => {
  test.each<[string, Given]>([
    ['on the vault itself', {}],
    ['on its resource group, in other letters', { scope: vault.split('/providers')[0]!.toUpperCase() }],
    ['on the subscription', { scope: subscription }],
    ['on a management group', { scope: contoso }],
    ['at the root', { scope: '/', roleId: ROLE.owner }],
    ['by a group', { principalId: GROUP.operators, principalType: 'Group' }],
  ])('lets people start who have it %s', async (_, role) => {
    await held(role);
    const { subscriptions } = await bot.azure.state('subscriptions');
    await bot.azure.change({ subscriptions: subscriptions.map((one) => ({ ...one, managementGroups: [contoso] })) });
    const chat = await cardOf('vm-app-01');
    expect((await chat.card()).text).not.toContain(missing);
    await chat.clicks(backUpNow);
    await chat.untilTitle(/vm-app-01 is backed up/);
    expect(await started()).toHaveLength(1);
  });

  test('and by a group within a group', async () => {
    const { directory } = await bot.azure.state('directory');
    const outer = { id: '33333333-3333-3333-3333-333333333333', name: 'All', members: [GROUP.operators] };
    await bot.azure.change({ directory: { ...directory, groups: [...directory.groups, outer] } });
    await held({ principalId: outer.id, principalType: 'Group' });
    const chat = await cardOf('vm-app-01');
    await chat.clicks(backUpNow);
    await chat.untilTitle(/vm-app-01 is backed up/);
  });

  test('tells people without it which role is missing where: on the card, and at a click that starts nothing', async () => {
    await held({ roleId: ROLE.reader }, { principalId: PEOPLE.ben, scope: '/' });
    const chat = await cardOf('vm-app-01');
    const card = await chat.card();
    expect(card.text).toContain(missing);
    expect(card.text).toContain(said.say('azure.demanded'));
    const { text } = await chat.clicks(backUpNow);
    expect(text).toContain(missing);
    expect(await started()).toEqual([]);
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('protecting needs the vault and the VM: people with only the first are told about the second', async () => {
    await held({});
    const chat = await cardOf('vm-sql-01');
    const { text } = await chat.clicks(said.say('button.protect'));
    expect(text).toContain('vm-sql-01 (rg-sql): Virtual Machine Contributor');
    await held({}, { scope: `${subscription}/resourceGroups/rg-sql`, roleId: ROLE.virtualMachineContributor });
    await chat.clicks(said.say('button.protect'));
    await chat.untilTitle(/vm-sql-01 is protected/);
  });

  test.each([
    ['vm-web-01', 'kv-web-weu (rg-security): Key Vault Contributor', ROLE.keyVaultContributor],
    ['vm-rbac-01', 'kv-rbac-weu (rg-security): Role Based Access Control Administrator', ROLE.accessAdministrator],
  ])('giving access for %s needs, on %s', async (vm, lacks, roleId) => {
    await held({});
    const chat = await cardOf(vm);
    const grant = said.say('button.grant-key-vault-access');
    expect((await chat.clicks(grant)).text).toContain(`Missing on ${lacks}`);
    await held({ scope: subscription, roleId });
    await chat.clicks(grant);
    await chat.untilTitle(/✅/u);
  });

  test('a restore needs something in three places, and no more than that is named', async () => {
    await held({});
    const chat = await choosesRestore(bot, 'vm-app-01');
    expect((await chat.card()).text).toContain('Missing on rg-restore: Disk Restore Operator');
    await held({}, { scope: `${subscription}/resourceGroups/rg-restore`, roleId: ROLE.contributor });
    const next = await choosesRestore(bot, 'vm-app-01');
    expect((await next.card()).text).toContain('Missing on stkluisweu (rg-staging): Storage Account Contributor');
    expect((await next.card()).text).not.toContain('Owner');
    await held({ scope: subscription, roleId: ROLE.contributor });
    const allowed = await choosesRestore(bot, 'vm-app-01');
    expect((await allowed.card()).text).not.toMatch(/Missing on|couldn't read the roles/);
    await allowed.clicks(said.say('button.ask-approval'));
    await allowed.untilWaits('0 of 1');
  });

  test('typed words that would start it are refused with the same reason', async () => {
    await held();
    const chat = await bot.asks('ana', 'backup now vm-app-01');
    expect((await chat.card()).text).toContain(missing);
    expect(await started()).toEqual([]);
  });

  test('a role removed between card and click no longer counts', async () => {
    await held({});
    const chat = await cardOf('vm-app-01');
    expect((await chat.card()).text).not.toContain(missing);
    await held();
    const before = (await asked()).length;
    expect((await chat.clicks(backUpNow)).text).toContain(missing);
    expect((await asked()).length).toBe(before + 1);
    expect(await started()).toEqual([]);
  });

  test('a role removed after the start blocks the first write', async () => {
    await held({});
    const chat = await cardOf('vm-app-01');
    bot.failpoint = (failpoint) => (failpoint === 'start:after-commit' ? held() : undefined);
    await chat.clicks(backUpNow);
    const card = await chat.untilTitle(/vm-app-01 backup failed/);
    expect(card.text).toContain(said.say('trouble.not-allowed-any-more'));
    expect(await started()).toEqual([]);
  });

  test.each<[string, string, Given]>([
    ['of the assignment', 'vm-app-01', { condition: '@Principal[Team] StringEquals ’backup’' }],
    ['in the role itself', 'vm-rbac-01', { scope: subscription, roleId: ROLE.keyVaultDataAccessAdministrator }],
  ])('a condition %s grants nothing, and that is said', async (_, vm, role) => {
    await held(role);
    const chat = await cardOf(vm);
    const button = vm === 'vm-app-01' ? backUpNow : said.say('button.grant-key-vault-access');
    expect((await chat.clicks(button)).text).toContain('is assigned under a condition only');
    expect(await bot.azure.writes()).toEqual([]);
  });

  test('a deny assignment overrides every role, also one for a group; people excluded from it aren’t denied', async () => {
    await held({ scope: '/', roleId: ROLE.owner });
    const denial = {
      id: 'd',
      name: 'frozen',
      scope: subscription,
      permissions: { actions: ['*/backup/action'], notActions: [], dataActions: [], notDataActions: [] },
      principals: [{ id: GROUP.operators, type: 'Group' }],
      excluded: [],
    };
    await bot.azure.change({ denyAssignments: [denial] });
    const chat = await cardOf('vm-app-01');
    expect((await chat.clicks(backUpNow)).text).toContain('a deny assignment blocks');
    expect(await started()).toEqual([]);
    await bot.azure.change({ denyAssignments: [{ ...denial, excluded: [{ id: PEOPLE.ana, type: 'User' }] }] });
    await chat.clicks(backUpNow);
    await chat.untilTitle(/vm-app-01 is backed up/);
  });

  test.each([
    ['refused', 'roleAssignments', { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } }],
    ['not answered', 'denyAssignments', { status: 400, body: { error: { code: 'BadRequest', message: 'no' } } }],
    ['answered with something else', 'roleDefinitions', { status: 200, body: ['everything'] }],
  ])('if reading is %s (%s) nothing starts', async (_, path, fault) => {
    await held({});
    const chat = await cardOf('vm-app-01');
    await bot.azure.fault({ match: { method: 'GET', path }, ...fault });
    expect((await chat.clicks(backUpNow)).text).toContain(said.say('azure.unread'));
    expect(await started()).toEqual([]);
    await bot.azure.mend();
    await chat.clicks(backUpNow);
    await chat.untilTitle(/vm-app-01 is backed up/);
  });

  test('a started plan waits while the roles can’t be read, its card says so, and it continues once they can', async () => {
    await held({});
    const chat = await cardOf('vm-app-01');
    const path = `${subscription}/providers/Microsoft.Authorization/roleAssignments`;
    const fault = { match: { method: 'GET', path }, status: 403, body: { error: { code: 'AuthorizationFailed' } } };
    bot.failpoint = (failpoint) => (failpoint === 'start:after-commit' ? bot.azure.fault(fault) : undefined);
    await chat.clicks(backUpNow);
    const seen = () => asked().then((all) => all.filter(({ status }) => status === 403).length);
    await chat.until('two tries', async () => (await seen()) >= 2);
    const waits = /has been waiting since .*: Kluis can't check right now whether it is still allowed/;
    await chat.until('why it waits', async () => waits.test((await chat.card()).text));
    expect(await started()).toEqual([]);
    await bot.azure.mend();
    const closing = await chat.untilTitle(/vm-app-01 is backed up/);
    expect(closing.text).not.toMatch(waits);
  });

  test('once it is permitted again, and Azure then doesn’t respond, the card says only that', async () => {
    await held({ scope: subscription, roleId: ROLE.contributor });
    const chat = await cardOf('vm-sql-01');
    const failing = (path: string, status: number) =>
      bot.azure.fault({ match: { method: 'GET', path }, status, body: { error: { code: 'Failed', message: 'no' } } });
    const unreadRoles = () => failing(`${subscription}/providers/Microsoft.Authorization/roleAssignments`, 403);
    bot.failpoint = (failpoint) => (failpoint === 'start:after-commit' ? unreadRoles() : undefined);
    await chat.clicks(said.say('button.protect'));
    const waits = /has been waiting since .*: Kluis can't check right now whether it is still allowed/;
    await chat.until('why it waits', async () => waits.test((await chat.card()).text));
    await bot.azure.mend();
    await failing('protectedItems/[^/]*vm-sql-01', 503);
    await chat.until('another reason', async () => (await chat.card()).text.includes("Azure hasn't responded since"));
    expect((await chat.card()).text).not.toMatch(waits);
    await bot.azure.mend();
    await chat.untilTitle(/vm-sql-01 is protected/);
  });

  test('a cancel that waits for that doesn’t hold up the backup, which is reported when it is done', async () => {
    await held({});
    const chat = await cardOf('vm-app-01');
    await bot.azure.control('POST', 'clock', { speed: 4 });
    await chat.clicks(backUpNow);
    await chat.untilButton('Cancel this backup');
    const path = `${subscription}/providers/Microsoft.Authorization/roleAssignments`;
    const fault = { match: { method: 'GET', path }, status: 403, body: { error: { code: 'AuthorizationFailed' } } };
    bot.failpoint = (failpoint) => (failpoint === 'turn:after-commit' ? bot.azure.fault(fault) : undefined);
    await chat.clicks('Cancel this backup');
    const waits = /has been waiting since .*: Kluis can't check right now whether it is still allowed/;
    await chat.until('why it waits', async () => waits.test((await chat.card()).text));
    await bot.azure.control('POST', 'clock', { advanceSeconds: 7_200 });
    const closing = await chat.untilTitle(/vm-app-01 is backed up/);
    expect(closing.text).not.toMatch(waits);
    expect(await bot.azure.writes(/\/cancel\?/i)).toEqual([]);
    await bot.azure.mend();
    await bot.azure.control('POST', 'clock', { speed: 20_000 });
  });

  test('Azure isn’t asked about the person unless a rule demands it', async () => {
    bot.rules.splice(0, bot.rules.length, {
      operation: 'protect',
      match: {},
      verdict: { deny: false, approval: null },
      azureRole: true,
    });
    await held();
    const chat = await cardOf('vm-app-01');
    await chat.clicks(backUpNow);
    await chat.untilTitle(/vm-app-01 is backed up/);
    expect(await asked()).toEqual([]);
  });

  test('in Slack the roles are those of the linked person', async () => {
    await held();
    const chat = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    const asks = async () => {
      const message = await chat.says('@Kluis backup vm-app-01');
      const thread = chat.in(message.ts as string);
      await thread.until(/vm-app-01 is (already )?protected|Back up now/);
      return thread;
    };
    const refused = await asks();
    await refused.presses(backUpNow);
    const told = await refused.until(/Missing on rsv-prod-weu/);
    expect(textOf(told)).toContain('Backup Operator');
    expect(await started()).toEqual([]);
    await held({});
    const thread = await asks();
    await thread.presses(backUpNow);
    await thread.until(/vm-app-01 is backed up/);
    expect(await started()).toHaveLength(1);
  });

  test('in Dutch too', async () => {
    await held();
    const chat = bot.as('ben').inDutch();
    await chat.asks('backup vm-app-01');
    const { text } = await chat.clicks('Nu back-up maken');
    expect(text).toContain('Ontbreekt op rsv-prod-weu (rg-backup): Backup Operator');
  });
});
