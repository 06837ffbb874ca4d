import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import { eventually } from '../support/eventually.ts';
import { azureObjects, restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { optionOf, SlackChat, textOf } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vm = 'vm-app-01';
const ben = '00000000-0000-0000-0000-0000000000b1';
let bot: TestBot;

beforeAll(async () => {
  const config = `${restoreRoles}ticket: { pattern: 'CHG[0-9]{4}' }\n`;
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 }, speed: 20_000 });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
afterEach(() => bot.azure.mend());

const restores = async () => (await bot.azure.writes(/\/restore\?/)).filter(({ status }) => status === 202).length;

/** All requests, the newest last. */
const requests = async () =>
  (await bot.rows('approval_request')).toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime());

/**
 * Ana chooses where the disks go, in the channel; what follows isn't awaited. Resolves with her thread. A `ticket` is
 * first typed wrong, which her form says at its field.
 */
async function targeted(
  reason: string,
  make: 'make-disks' | 'make-vm' = 'make-disks',
  ticket = '',
): Promise<SlackChat> {
  const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const thread = ana.in((await ana.says(`@Kluis backup restore ${vm}`)).ts as string);
  await thread.until(say('restore.which', { vm }));
  await thread.presses('Continue');
  await thread.until(say('restore.where', { vm }));
  await thread.opensForm();
  const { blocks } = await thread.modal();
  const [group, account] = ['rg-restore', 'stkluisweu'].map((name) => optionOf(blocks, name));
  const { errors = {} } = await thread.submits({ group, account, reason: ' ' });
  expect(Object.entries(errors)).toEqual([[expect.stringMatching(/:reason$/), say('input.restore-reason-required')]]);
  const given = { group, account, reason, make: say(`restore.${make}`) };
  if (ticket !== '') {
    const wrong = await thread.submits({ ...given, ticket: 'INC12' });
    const told = say('refusal.ticket-wrong', { ticket: 'INC12' });
    expect(Object.entries(wrong.errors ?? {})).toEqual([[expect.stringMatching(/:ticket$/), told]]);
  }
  await thread.submits({ ...given, ...(ticket !== '' && { ticket }) });
  return thread;
}

/** The same, up to the last question. */
async function chosen(reason: string): Promise<SlackChat> {
  const thread = await targeted(reason);
  await thread.until(say('restore.sure', { vm }));
  return thread;
}

/** The same, and requests its approval. */
async function asked(reason: string): Promise<SlackChat> {
  const thread = await chosen(reason);
  await thread.presses(say('button.ask-approval'));
  await thread.until('0 of 1 · until');
  return thread;
}

/** What somebody alone is told about a press. */
async function answerTo(thread: SlackChat, action: string, more: object = {}): Promise<string> {
  const before = (await thread.said()).length;
  await thread.presses(action, more);
  const answer = async () => (await thread.said()).slice(before).find(({ onlyYou }) => onlyYou);
  return textOf(await eventually('an answer to them alone', answer));
}

test('a ticket that isn’t one is told in the form of the requester; the right one is on the request, for the approvers and the log', async () => {
  const thread = await targeted('with a ticket', 'make-disks', 'CHG0042');
  await thread.until(say('restore.sure', { vm }));
  expect(await requests()).toEqual([]);
  await thread.presses(say('button.ask-approval'));
  const waiting = textOf(await thread.as('ben').until('0 of 1 · until'));
  const [request] = await requests();
  expect(request).toMatchObject({ state: 'pending', ticket: 'CHG0042' });
  expect(waiting).toContain('CHG0042');
  expect(waiting).toContain(request!.digest);
  const logged = (await bot.rows('audit')).map(({ entry }) => entry as { move?: string; ticket?: string });
  expect(logged.filter(({ move, ticket }) => move === 'ask' && ticket === 'CHG0042')).toHaveLength(1);
  await thread.presses(say('button.withdraw'));
  await thread.until('request withdrawn');
});

test('what Azure refuses at the last check stays approved: its words, and a button that starts it once without a vote', async () => {
  const before = await restores();
  const thread = await asked('refused at the last check');
  const objection = 'The storage account can’t be reached now.';
  await azureObjects(bot, objection);
  await thread.as('ben').presses(say('button.approve'));
  const refused = textOf(await thread.until(say('request.objected', { vm })));
  expect(refused).toContain(say('restore.azure-objects', { text: objection }));
  await thread.until(/<@U\w+>.*your request was approved, but Azure refuses it now/);
  const tryAgain = say('button.try-again');
  expect(await answerTo(thread.as('ben'), tryAgain)).toContain(say('refusal.not-your-start'));
  expect(await restores()).toBe(before);
  expect((await requests()).at(-1)).toMatchObject({ state: 'approved', operation_id: null });
  await bot.azure.mend();
  await thread.presses(tryAgain);
  await thread.until(say('closing.disks-with-keys', { vm }));
  expect(await restores()).toBe(before + 1);
  expect((await requests()).at(-1)).toMatchObject({ state: 'started', votes: [{ person: ben, decision: 'approve' }] });
});

test('what a failed restore left in the staging account is deleted from its card, and nothing else is', async () => {
  const body = { parameters: {}, resources: [{ type: 'Microsoft.Web/sites' }] };
  await bot.azure.fault({ match: { method: 'GET', path: 'azuredeploy' }, status: 200, body });
  const blobs = async () =>
    (await bot.azure.state('blobs')).blobs.map(({ container, name }) => `${container}/${name}`).toSorted();
  const before = await blobs();
  const thread = await targeted('a template with something else', 'make-vm');
  await thread.until(say('restore.which-vm', { vm }));
  await thread.opensForm();
  const subnet = optionOf((await thread.modal()).blocks, 'vnet-prod-weu/snet-restore · 10.10.9.0/24');
  const { errors = {} } = await thread.submits({ name: '-x', subnet });
  expect(Object.values(errors)).toEqual([say('refusal.bad-vm-name')]);
  await thread.submits({ name: 'vm-app-01-strange', subnet });
  await thread.until(say('restore.sure-vm', { vm }));
  await thread.presses(say('button.ask-approval'));
  await thread.until('0 of 1 · until');
  await thread.as('ben').presses(say('button.approve'));
  const failed = textOf(await thread.until(say('created.nothing', { vm: 'vm-app-01-strange' })));
  expect(failed).toContain(say('trouble.template-unknown-resource'));
  expect((await blobs()).length).toBeGreaterThan(before.length);
  await thread.presses(say('button.clean-up'));
  await thread.until(say('closing.clean-up', { vm }));
  expect(await blobs()).toEqual(before);
  expect((await bot.azure.state('vms')).vms.some(({ name }) => name === 'vm-app-01-strange')).toBe(false);
});

test('Continue that no approval covers any more asks for one, which covers what is left of the same plan', async () => {
  const before = await restores();
  const failure = { errorCode: 1, errorTitle: 'DisksNotWritten', errorString: 'The disks could not be written.' };
  await bot.azure.fault({ job: { vm, ...failure }, times: 1 });
  const thread = await asked('failed, and continued late');
  await thread.as('ben').presses(say('button.approve'));
  await thread.until(failure.errorString);
  const first = (await requests()).at(-1)!;
  await sql`update approval_request set started_at = now() - interval '25 hours'
    where id = ${first.id}`.execute(bot.database.db);
  await thread.presses(say('button.go-on'));
  const card = textOf(await thread.until(say('continue.title', { vm })));
  expect(card).toContain(say('continue.why-expired'));
  expect(await restores()).toBe(before + 1);
  await thread.presses(say('button.ask-approval'));
  const waiting = textOf(await thread.until('0 of 1 · until'));
  expect(waiting).toMatch(/continues the restore started on .* None of its steps is done/);
  expect(await answerTo(thread, say('button.approve'))).toContain(say('refusal.own-request'));
  await thread.as('ben').presses(say('button.approve'));
  await thread.until(say('closing.disks-with-keys', { vm }));
  expect(await restores()).toBe(before + 2);
  const second = (await requests()).at(-1)!;
  expect(second.id).not.toBe(first.id);
  expect(second.plan).toMatchObject({ continues: { operation: first.operation_id, done: [] } });
  expect(second).toMatchObject({ state: 'started', votes: [{ person: ben, decision: 'approve' }] });
  expect(second.operation_id).not.toBe(first.operation_id);
});

test('a request that is made again because the plan changed lists the differences; a late press on the old one doesn’t count', async () => {
  const { vms } = await bot.azure.state('vms');
  const tagged = async (owner: string) => {
    await bot.azure.change({ vms: vms.map((one) => (one.name === vm ? { ...one, tags: { owner } } : one)) });
    await refreshInventory(bot.deps);
  };
  const before = await restores();
  await tagged('payroll');
  const thread = await asked('a tag changes');
  expect(textOf(await thread.until('0 of 1 · until'))).not.toContain(say('request.changes'));
  await tagged('finance');
  // Slack is slow to take the news, so the old card still has its buttons.
  const old = (await requests()).at(-1)!;
  await thread.control('faults', { method: '^chat.update$', status: 429, retryAfter: 1, times: 1_000 });
  await thread.as('ben').presses(say('button.approve'));
  await eventually('its end', async () =>
    (await requests()).some(({ id, state }) => id === old.id && state === 'superseded'),
  );
  expect(await answerTo(thread.as('ben'), say('button.approve'))).toContain('already over, since the plan changed');
  await fetch(`${bot.url}/_slack/faults`, { method: 'DELETE' });
  await thread.until('changed since it was approved, so nothing was started');
  await thread.until(say('button.ask-approval'));
  await thread.presses(say('button.ask-approval'));
  const anew = textOf(await thread.as('ben').until('0 of 1 · until'));
  expect(anew).toMatch(/Changed since the earlier request\W+VM: owner payroll → finance/);
  expect(await restores()).toBe(before);
  await thread.presses(say('button.withdraw'));
  await thread.until('request withdrawn');
  await bot.azure.change({ vms });
  await refreshInventory(bot.deps);
});
