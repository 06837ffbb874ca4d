import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { words } from '../../src/message/words.ts';
import { copyInTeams } from '../support/copy-in-teams.ts';
import { eventually } from '../support/eventually.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf } from './support/slack-client.ts';

/** What Kluis did before there were restores goes through the same gate, asked in Slack and approved in Teams. */

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const [ana, ben, chris] = ['a1', 'b1', 'c1'].map((end) => `00000000-0000-0000-0000-0000000000${end}`);
const config = `
people:
  - { entra: ${ana}, name: Ana de Vries }
roles:
  operator: [everyone]
  admin: ['user:${ana}']
  approver: ['user:${ana}', 'user:${ben}', 'user:${chris}']
channels:
  - { id: '19:general@thread.tacv2', approvers: true }
`;
const [ask, approve, withdraw] = [say('button.ask-approval'), say('button.approve'), say('button.withdraw')];
let bot: TestBot;
let vms: string[];
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, speed: 20_000, leases: { sweep: 200 } });
  vms = await addMachines(bot.azure, 2);
  await bot.asks('ben', 'backup vaults');
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(() => ruled());

/** From now on `kluis.yaml` has these rules; who runs it restarts it for that. */
function ruled(...rules: string[]): void {
  const read = parseKluisYaml(`${config}rules: [${rules.join(', ')}]\n`, 'kluis.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  bot.rules.splice(0, bot.rules.length, ...read.config.rules);
}

/** Ana types something in the channel; resolves with its thread, which shows this by then. */
async function types(text: string, shows: string): Promise<SlackChat> {
  const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const thread = general.in((await general.says(`@Kluis ${text}`)).ts as string);
  await thread.until(shows);
  return thread;
}

/** The same, and presses it. */
async function pressed(text: string, title: string): Promise<SlackChat> {
  const thread = await types(text, title);
  await thread.presses(title);
  return thread;
}

async function newPolicy(): Promise<SlackChat> {
  const thread = await types('backup policy new rsv-prod-weu', 'Fill in the form');
  await thread.opensForm();
  await thread.submits({ name: 'silver-30', kind: 'Enhanced', often: 'hourly-6', zone: 'Europe/Berlin' });
  await thread.submits({ daily: '30' });
  await thread.until(ask);
  await thread.presses(ask);
  return thread;
}

/** A backup that runs until the request to cancel it is approved, and that request. */
async function cancelling(): Promise<SlackChat> {
  await bot.azure.control('POST', 'clock', { speed: 1 });
  await types('backup now rg-app/vm-dup-01', say('button.cancel-backup'));
  return pressed('backup cancel rg-app/vm-dup-01', ask);
}

const to = (key: 'button.grant-key-vault-access+protect+back-up-now' | 'button.stop-protection') =>
  say('button.ask-approval-to', { what: say(key) });

type Case = {
  readonly operation: string;
  readonly asks: () => Promise<SlackChat>;
  /** The one write in Azure. */
  readonly writes: RegExp;
  readonly ends: string;
};
const cases: readonly Case[] = [
  {
    operation: 'grant-key-vault-access',
    asks: () => pressed('backup vm-web-01', to('button.grant-key-vault-access+protect+back-up-now')),
    writes: /kv-web-weu\/accessPolicies\/add/,
    ends: 'vm-web-01 is backed up',
  },
  {
    operation: 'back-up-now',
    asks: () => types('backup now vm-app-01', '0 of 1 · until'),
    writes: /;vm-app-01\/backup\?/,
    ends: 'vm-app-01 is backed up',
  },
  {
    operation: 'create-policy',
    asks: newPolicy,
    writes: /backupPolicies\/silver-30\?/,
    ends: say('closing.policy-created', { policy: 'silver-30', vault: 'rsv-prod-weu' }),
  },
  {
    operation: 'cancel-job',
    asks: cancelling,
    writes: /\/cancel\?/,
    ends: say('closing.job-cancelled', { vm: 'vm-dup-01' }),
  },
];

test.each(cases)(
  '$operation: nothing is written for who asks for it, and once when somebody else has approved it',
  async ({ operation, asks, writes, ends }) => {
    ruled(`{ operation: ${operation}, approvals: 1 }`);
    const sent = async () => (await bot.azure.writes(writes)).length;
    const thread = await asks();
    await thread.until('0 of 1 · until');
    const request = (await bot.rows('approval_request')).find(({ state }) => state === 'pending')!;
    const copy = await copyInTeams(bot, 'ana');
    expect((await copy.clicks(approve)).text).toBe(say('refusal.own-request'));
    expect(await sent()).toBe(0);
    await copy.as('ben').clicks(approve);
    await bot.azure.control('POST', 'clock', { speed: 20_000 });
    await thread.until(ends);
    expect((await copy.untilTitle('approved and started')).titles).toEqual([]);
    expect(await sent()).toBe(1);
    const [row] = (await bot.rows('approval_request')).filter(({ id }) => id === request.id);
    expect(row).toMatchObject({ state: 'started', votes: [{ person: ben, decision: 'approve' }] });
    const operations = (await bot.rows('operation')).filter(({ digest }) => digest === request.digest);
    expect(operations).toMatchObject([{ id: row!.operation_id, requester: { name: 'Ana de Vries' } }]);
  },
);

test('an open request keeps its rule over a change of the file and a restart, unless the new rule is stricter', async () => {
  const one = '{ operation: protect, approvals: 1 }';
  const two = '{ operation: protect, approvals: 2 }';
  const asked = async (vm: string) =>
    pressed(`backup ${vm}`, say('button.ask-approval-to', { what: say('button.protect') }));
  const writes = async () => (await bot.azure.writes(/protectedItems\/[^/]*vm-more-/)).length;

  ruled(two);
  const kept = await asked(vms[0]!);
  await kept.until('0 of 2 · until');
  ruled(one);
  await bot.restart();
  await (await copyInTeams(bot, 'ben')).clicks(approve);
  await kept.until('1 of 2 · until');
  expect(await writes()).toBe(0);
  await kept.presses(withdraw);
  await kept.until('request withdrawn');

  const stricter = await asked(vms[1]!);
  await stricter.until('0 of 1 · until');
  ruled(two);
  await bot.restart();
  const copy = await copyInTeams(bot, 'ben');
  await copy.clicks(approve);
  await stricter.until('1 of 2 · until');
  expect(await writes()).toBe(0);
  await stricter.as('chris').presses(approve);
  await stricter.until(`${vms[1]} is protected`);
  expect((await copy.untilTitle('approved and started')).titles).toEqual([]);
  expect(await writes()).toBe(1);
  const last = await eventually('its end', async () =>
    (await bot.rows('approval_request')).find(
      ({ state, votes }) => state === 'started' && (votes as unknown[]).length === 2,
    ),
  );
  expect(last.votes).toMatchObject([{ person: ben }, { person: chris }]);
  expect(textOf(await stricter.until(`${vms[1]} is protected`))).not.toContain(approve);
});

test('a channel where nothing but a cancel can be started, in Dutch: the card says so, and where else; typed words start nothing', async () => {
  const nl = words({ locale: 'nl', timeZone: 'UTC', simulated: true });
  const elsewhere = nl.say('ruled.elsewhere');
  const setting = { id: 'C0GENERAL1', locale: 'nl', timeZone: null, approvers: false, digest: null } as const;
  bot.channels.push({ ...setting, operations: ['cancel-job'] });
  const before = await bot.azure.writes();
  const thread = await types('backup vm-sql-01', elsewhere);
  const card = await thread.until(nl.say('blocked-by-rules.title-channel', { vm: 'vm-sql-01' }));
  expect(buttonsOf(card)).toEqual([nl.say('button.check-again'), nl.say('button.close')]);
  await thread.around().says('@Kluis backup now vm-app-01');
  expect((await thread.around().until(elsewhere)).onlyYou).toBe(true);
  expect(await bot.azure.writes()).toEqual(before);
  bot.channels.pop();
});
