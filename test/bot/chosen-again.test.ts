/** What is asked again comes filled in with what was chosen, and only what does not fit any more is marked. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import { actionOf, optionOf, SlackChat, textOf } from '../slack/support/slack-client.ts';
import { eventually } from '../support/eventually.ts';
import {
  approvesRestore,
  choosesVm,
  newestPoint,
  requestsRestore,
  restoreRoles,
  restoreSubnet,
  restoreTarget,
} from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const [taken, full] = ['That name is taken.', 'That subnet is full.'];
const gone = say('input.restore-gone');

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000 });
});
afterEach(() => {
  bot.failpoint = () => {};
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Somebody else makes a VM of this name in the target group. */
async function takes(name: string): Promise<void> {
  const { vms } = await bot.azure.state('vms');
  await bot.azure.change({ vms: [...vms, { ...vms[0]!, resourceGroup: 'rg-restore', name, disks: [] }] });
}

/** Others use so many addresses of a subnet. */
async function fills(subnet: string, othersUse: number): Promise<void> {
  const { virtualNetworks } = await bot.azure.state('virtualNetworks');
  const changed = virtualNetworks.map((network) => ({
    ...network,
    subnets: network.subnets.map((one) => (one.name === subnet ? { ...one, othersUse } : one)),
  }));
  await bot.azure.change({ virtualNetworks: changed });
}

const size = 'Standard_D2s_v5';

test('Teams: a name or a subnet that is taken before the approval is marked, and the rest stays as it was chosen', async () => {
  const chat = await choosesVm(bot, 'vm-app-01');
  await chat.clicks('Continue', { name: 'vm-new-01', subnet: restoreSubnet, size });
  await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
  await requestsRestore(chat);
  await takes('vm-new-01');
  await chat.as('ben').clicks(say('button.approve'));
  const anew = await chat.untilTitle(say('restore.which-vm', { vm: 'vm-app-01' }));
  expect(anew.inputs).toMatchObject({
    name: { label: expect.stringContaining(taken), value: 'vm-new-01' },
    subnet: { label: say('input.restore-subnet'), value: restoreSubnet },
    size: { label: say('input.restore-size'), value: size },
  });
  await chat.clicks('Continue', { name: 'vm-new-02' });
  const sure = await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
  expect(sure.text).toContain(say('plan.create-vm-size', { size, was: 'Standard_D4s_v5' }));
  await requestsRestore(chat);
  await fills('snet-restore', 251);
  await chat.as('ben').clicks(say('button.approve'));
  const other = await chat.untilTitle(say('restore.which-vm', { vm: 'vm-app-01' }));
  expect(other.inputs).toMatchObject({
    name: { label: say('input.restore-name'), value: 'vm-new-02' },
    subnet: { label: expect.stringContaining(full), value: '' },
    size: { label: say('input.restore-size'), value: size },
  });
  await fills('snet-restore', 0);
  await chat.clicks('Cancel');
});

test('Teams: after it failed, Choose again asks for the name alone, and another destination comes filled in', async () => {
  const chat = await choosesVm(bot, 'rg-app/vm-dup-01');
  await chat.clicks('Continue', { name: 'vm-late', subnet: restoreSubnet });
  await chat.untilTitle(say('restore.sure-vm', { vm: 'rg-app/vm-dup-01' }));
  let isTaken = false;
  bot.failpoint = async (failpoint) => {
    if (failpoint !== 'advance:before-save' || isTaken) return;
    isTaken = true;
    await takes('vm-late');
  };
  await approvesRestore(chat);
  await chat.untilTitle(/❌.*vm-late/u);
  bot.failpoint = () => {};
  await chat.clicks(say('button.go-on'));
  const failed = await chat.untilTitle(new RegExp(say('trouble.vm-name-taken')));
  const cards = (await chat.cards()).length;
  await chat.clicks(say('button.choose-again'));
  const anew = await chat.untilTitle(say('restore.which-vm', { vm: 'rg-app/vm-dup-01' }));
  expect(await chat.cards()).toHaveLength(cards + 1);
  expect(anew.inputs).toMatchObject({
    name: { label: expect.stringContaining(taken), value: 'vm-late' },
    subnet: { label: say('input.restore-subnet'), value: restoreSubnet },
  });
  await chat.clicks('Continue', { name: 'vm-later' });
  const sure = await chat.untilTitle(say('restore.sure-vm', { vm: 'rg-app/vm-dup-01' }));
  expect(sure.text).toContain(await newestPoint(bot, 'vm-dup-01'));
  expect(sure.titles[0]).toBe(say('button.ask-approval'));
  await chat.clicks(say('button.change-target'));
  const where = await chat.untilTitle(say('restore.where', { vm: 'rg-app/vm-dup-01' }));
  const { group, account, reason } = restoreTarget;
  for (const [field, value] of Object.entries({ group, account, reason, make: 'vm' }))
    expect(where.inputs[field]!.value).toBe(value);
  expect(failed.titles).toContain(say('button.go-on'));
  // Whoever presses it: the choice is still that of the person who made it.
  const data = failed.buttons.find(({ title }) => title === say('button.choose-again'))!.data;
  const chris = chat.as('chris');
  await chris.sends({ verb: 'choose-again', data });
  await chris.untilTitle(say('restore.which-vm', { vm: 'rg-app/vm-dup-01' }));
  await chris.clicks('Continue', { name: 'vm-latest' });
  await chris.untilTitle(say('restore.sure-vm', { vm: 'rg-app/vm-dup-01' }));
  await requestsRestore(chris);
  expect((await chat.clicks(say('button.approve'))).text).toBe(say('refusal.changed-it'));
  // It is pressed where its operation isn't, and after its dialog was forgotten.
  const elsewhere = await bot.asks('ana', 'backup vaults');
  expect((await elsewhere.sends({ verb: 'choose-again', data })).text).toContain(say('refusal.unknown-dialog'));
  await sql`update dialog set message_id = id where conversation_id = ${chat.id}`.execute(bot.database.db);
  await chat.sends({ verb: 'choose-again', data });
  await chat.untilTitle(say('restore.which', { vm: 'rg-app/vm-dup-01' }));
});

test('Teams: a point that is gone is marked, and what was chosen after it comes filled in', async () => {
  const { items } = await bot.azure.state('items');
  const newest = await newestPoint(bot, 'vm-app-02');
  const chat = await choosesVm(bot, 'vm-app-02');
  await chat.clicks('Continue', { name: 'vm-of-another', subnet: restoreSubnet });
  await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-02' }));
  await requestsRestore(chat);
  await bot.azure.change({
    items: items.map((item) => ({ ...item, points: item.points.filter(({ id }) => id !== newest) })),
  });
  await chat.as('ben').clicks(say('button.approve'));
  const which = await chat.untilTitle(say('restore.which', { vm: 'vm-app-02' }));
  expect(which.inputs['point']!.label).toContain(gone);
  await chat.clicks('Continue');
  const where = await chat.untilTitle(say('restore.where', { vm: 'vm-app-02' }));
  expect(where.inputs).toMatchObject({ reason: { value: restoreTarget.reason }, make: { value: 'vm' } });
  await chat.clicks('Continue');
  const machine = await chat.untilTitle(say('restore.which-vm', { vm: 'vm-app-02' }));
  expect(machine.inputs).toMatchObject({ name: { value: 'vm-of-another' }, subnet: { value: restoreSubnet } });
  await bot.azure.change({ items });
});

test('Slack: the form comes filled in, with the reason at the name that is taken', async () => {
  const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const thread = general.in((await general.says('@Kluis backup restore vm-app-01')).ts as string);
  await thread.until(say('restore.which', { vm: 'vm-app-01' }));
  await thread.presses('Continue');
  await thread.until(say('restore.where', { vm: 'vm-app-01' }));
  await thread.opensForm();
  const { blocks } = await thread.modal();
  const [group, account, make] = ['rg-restore', 'stkluisweu', say('restore.make-vm')].map((name) =>
    optionOf(blocks, name),
  );
  await thread.submits({ group, account, make, reason: 'a table was dropped' });
  await thread.until(say('restore.which-vm', { vm: 'vm-app-01' }));
  await thread.opensForm();
  const form = (await thread.modal()).blocks;
  const subnet = optionOf(form, /vnet-prod-weu\/snet-restore[^"]*/.exec(JSON.stringify(form))![0]);
  await thread.submits({ name: 'vm-slack-01', subnet });
  await thread.until(say('restore.sure-vm', { vm: 'vm-app-01' }));
  await thread.presses(say('button.ask-approval'));
  await thread.until('0 of 1 · until');
  await takes('vm-slack-01');
  await thread.as('ben').presses(say('button.approve'));
  await eventually('the form', async () =>
    (await thread.said()).map(textOf).some((text) => text.includes(say('restore.which-vm', { vm: 'vm-app-01' }))),
  );
  await thread.opensForm();
  const anew = await thread.modal();
  const inputOf = (id: string) =>
    anew.blocks.find(({ element }) => element?.action_id === actionOf(anew.blocks, id)) as unknown as {
      label: { text: string };
      element: { initial_value?: string; initial_option?: { value: string } };
    };
  expect(inputOf('name').label.text).toContain(taken);
  expect(inputOf('name').element.initial_value).toBe('vm-slack-01');
  expect(inputOf('subnet').label.text).toBe(say('input.restore-subnet'));
  expect(inputOf('subnet').element.initial_option?.value).toBe(subnet);
  await thread.submits({ name: 'vm-slack-02' });
  await thread.until(say('restore.sure-vm', { vm: 'vm-app-01' }));
});
