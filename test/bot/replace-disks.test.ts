import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import { azureObjects, choosesReplacement, requestsIn } from '../support/restore-talk.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { actionOf, SlackChat, textOf } from '../slack/support/slack-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vm = 'rg-app/vm-dup-01';
const rule = "  - { operation: replace-disks, vm: 'vm-dup-01', approvals: 2 }";
const config = `
roles:
  operator: [everyone]
  approver: [everyone]
rules:
${rule}
breakGlass: { group: ['user:00000000-0000-0000-0000-0000000000b1'], perMonth: 3 }
`;

describe('replacing the disks of a VM', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config, speed: 20_000, waits: { offWait: 600_000 } });
    await refreshInventory(bot.deps); // only then is it known that two VMs have this name
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const asked = async () => await bot.azure.requests('POST', /;vm-dup-01\/.*\/restore\?/);
  const machine = async () => {
    const { vms } = await bot.azure.state('vms');
    return vms.find(({ name, resourceGroup }) => name === 'vm-dup-01' && resourceGroup === 'rg-app')!;
  };
  const change = async (more: object) => {
    const { vms } = await bot.azure.state('vms');
    const is = (one: { name: string; resourceGroup: string }) =>
      one.name === 'vm-dup-01' && one.resourceGroup === 'rg-app';
    await bot.azure.change({ vms: vms.map((one) => (is(one) ? { ...one, ...more } : one)) });
  };

  /** Gives it another disk, as somebody may do in Azure; resolves with the previous ones. */
  const givesOtherDisk = async () => {
    const { disks } = await bot.azure.state('disks');
    const { disks: had } = await machine();
    const [first] = had;
    const was = disks.find(({ name, resourceGroup }) => name === first!.name && resourceGroup === 'rg-app')!;
    const diskId = `${first!.diskId!}-other`;
    await bot.azure.change({ disks: [...disks, { ...was, name: `${was.name}-other` }] });
    await change({ disks: [{ ...first!, diskId }] });
    return had;
  };

  // Another reason: an approval covers a repeat of the same plan.
  const chooses = (reason?: string) => choosesReplacement(bot, vm, reason);
  const requests = async (chat: BotChat) => {
    await chat.clicks(say('button.ask-approval'), { typed: 'vm-dup-01' });
    await chat.untilWaits('0 of 2');
  };
  const approves = async (chat: BotChat) => {
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilWaits('1 of 2');
    await chat.as('chris').clicks(say('button.approve'));
  };

  test('says what is lost, needs the typed name and two approvals, waits until the VM is off, and does it once', async () => {
    const chat = await chooses();
    const sure = await chat.card();
    expect(sure.title).toContain('⚠️');
    expect(sure.text).toMatch(/Overwrites vm-dup-01: .*everything written since is lost/);
    expect(sure.text).toContain(say('replace.runs', { vm }));
    expect(sure.text).toContain('--restore-mode OriginalLocation');
    for (const typed of ['vm-dup', 'vm-dup-02'])
      expect((await chat.clicks(say('button.ask-approval'), { typed })).text).toContain(say('refusal.not-the-name'));
    await requests(chat);
    expect((await chat.card()).title).toMatch(/^⚠️ Ana de Vries asks: overwrite vm-dup-01 with/);
    // Even people who may break the glass can't start it alone, whatever they press.
    expect((await chat.as('ben').card()).titles).not.toContain(say('button.break-glass'));
    const [request] = await bot.rows('approval_request');
    const data = { request: request!.id, digest: request!.digest };
    const glass = { verb: 'break-glass', data, inputs: { vm: 'vm-dup-01', reason: 'now' } };
    expect((await chat.as('ben').sends(glass)).text).toContain(say('refusal.not-break-glass'));
    await approves(chat);
    const waiting = await chat.untilTitle(say('replace.waits', { vm: 'vm-dup-01' }));
    expect(waiting.text).toContain('az vm deallocate --resource-group rg-app --name vm-dup-01');
    expect(await asked()).toEqual([]);
    const [old] = (await machine()).disks;
    await change({ power: 'deallocated' });
    const closing = await chat.untilTitle(say('closing.replace-disks', { vm: 'vm-dup-01' }));
    expect(closing.text).toContain(old!.name);
    expect(closing.text).toContain('az vm start --resource-group rg-app --name vm-dup-01');
    const sent = await asked();
    expect(sent.map(({ body }) => body)).toMatchObject([{ properties: { recoveryType: 'OriginalLocation' } }]);
    const [disk] = (await machine()).disks;
    expect(disk!.name).toMatch(/^vm-dup-01-osdisk-/);
    expect(closing.text).toContain(disk!.name);
  });

  test('in Slack too: the typed name, two people’s approvals, the wait until the VM is off, and one request to Azure', async () => {
    await change({ power: 'running' });
    const before = (await asked()).length;
    const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    const thread = ana.in((await ana.says(`@Kluis backup restore ${vm} replace`)).ts as string);
    await thread.until(say('replace.which', { vm }));
    await thread.presses('Continue');
    await thread.until(say('replace.staging', { vm }));
    await thread.opensForm();
    await thread.submits({ account: 'stkluisweu', reason: 'ransomware, told in Slack' });
    const { blocks } = await thread.until(say('replace.sure', { vm }));
    const typed = (name: string) => ({ inputs: { [actionOf(blocks, 'typed')]: name } });
    await thread.presses(say('button.ask-approval'), typed('vm-dup-02'));
    expect((await thread.until(say('refusal.not-the-name'))).onlyYou).toBe(true);
    await thread.presses(say('button.ask-approval'), typed('vm-dup-01'));
    await thread.until('0 of 2 · until');
    await thread.as('ben').presses(say('button.approve'));
    await thread.until('1 of 2 · until');
    await thread.presses(say('button.approve'));
    expect((await thread.until(say('refusal.own-request'))).onlyYou).toBe(true);
    await thread.as('chris').presses(say('button.approve'));
    const waiting = textOf(await thread.until(say('replace.waits', { vm: 'vm-dup-01' })));
    expect(waiting).toContain('az vm deallocate --resource-group rg-app --name vm-dup-01');
    expect(await asked()).toHaveLength(before);
    await change({ power: 'deallocated' });
    const closing = textOf(await thread.until(say('closing.replace-disks', { vm: 'vm-dup-01' })));
    expect(closing).toContain((await machine()).disks[0]!.name);
    expect((await asked()).slice(before).map(({ body }) => body)).toMatchObject([
      { properties: { recoveryType: 'OriginalLocation' } },
    ]);
    const made = (await bot.rows('approval_request')).filter(({ plan }) => JSON.stringify(plan).includes('in Slack'));
    expect(made).toMatchObject([{ state: 'started', votes: [{ decision: 'approve' }, { decision: 'approve' }] }]);
  });

  test('right after it Azure still shows the VM as it was: that isn’t told as not replaced', async () => {
    await change({ power: 'deallocated' });
    const { disks: old } = await machine();
    let [newer, looks]: [typeof old | null, number] = [null, 0];
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:before-save') return;
      const { disks } = await machine();
      if (newer === null && disks[0]!.name !== old[0]!.name) {
        newer = disks;
        await change({ disks: old });
      } else if (newer && ++looks === 3) await change({ disks: newer });
    };
    const chat = await chooses('seen late');
    await requests(chat);
    await approves(chat);
    const closing = await chat.untilTitle(say('closing.replace-disks', { vm: 'vm-dup-01' }));
    bot.failpoint = () => {};
    expect(closing.text).toContain((await machine()).disks[0]!.name);
    expect((await machine()).disks[0]!.name).not.toBe(old[0]!.name);
  });

  test('other disks than those of the plan, between the approvals and the start: nothing is sent', async () => {
    await change({ power: 'deallocated' });
    const before = (await asked()).length;
    const chat = await chooses();
    await requests(chat);
    const disks = await givesOtherDisk();
    await approves(chat);
    // The request is made again with the other disks, and every choice is kept.
    const anew = await chat.untilTitle(say('replace.sure', { vm }));
    expect(anew.shown).toContain(say('refusal.got-worse'));
    expect(anew.text).toMatch(/\(vm-dup-01-osdisk-\S+-other\)/);
    expect(await asked()).toHaveLength(before);
    await change({ disks });
  });

  test('Azure refuses it between the approvals and the start: another try does it, under the same approvals', async () => {
    await change({ power: 'deallocated' });
    const before = (await asked()).length;
    const chat = await chooses('refused at the last check');
    await requests(chat);
    await azureObjects(bot, 'The vault is busy.');
    await approves(chat);
    const refused = await chat.untilTitle(say('request.objected', { vm: 'vm-dup-01' }));
    expect(refused.text).toContain('The vault is busy.');
    expect(await requestsIn(bot, chat)).toMatchObject([{ state: 'approved' }]);
    expect(await asked()).toHaveLength(before);
    await bot.azure.mend();
    await chat.clicks(say('button.try-again'));
    await chat.untilTitle(say('closing.replace-disks', { vm: 'vm-dup-01' }));
    expect(await asked()).toHaveLength(before + 1);
    expect(await requestsIn(bot, chat)).toMatchObject([{ state: 'started' }]);
  });

  test('and while it waits for the VM to be off: nothing is sent either way', async () => {
    const before = (await asked()).length;
    await change({ power: 'running' });
    const chat = await chooses();
    await requests(chat);
    await approves(chat);
    await chat.untilTitle(say('replace.waits', { vm: 'vm-dup-01' }));
    const disks = await givesOtherDisk();
    await change({ power: 'deallocated' });
    await chat.untilTitle(new RegExp(say('trouble.disks-changed')));
    expect(await asked()).toHaveLength(before);
    await change({ disks });
  });

  test('and after Azure throttled it: its disks are read before each attempt', async () => {
    const before = (await asked()).length;
    await change({ power: 'deallocated' });
    const error = { code: 'TooManyRequests', message: 'Later.' };
    const match = { method: 'POST', path: 'vm-dup-01/recoveryPoints/.*/restore' };
    await bot.azure.fault({ match, status: 429, headers: { 'retry-after': '1' }, body: { error }, times: 1 });
    let had: Awaited<ReturnType<typeof givesOtherDisk>> | null = null;
    bot.failpoint = async (failpoint) => {
      if (failpoint === 'write:after-settle') had ??= await givesOtherDisk();
    };
    const chat = await chooses('throttled');
    await requests(chat);
    await approves(chat);
    await chat.untilTitle(new RegExp(say('trouble.disks-changed')));
    bot.failpoint = () => {};
    expect((await asked()).slice(before).map(({ status }) => status)).toEqual([429]);
    await change({ disks: had });
  });

  test('nobody deallocates the VM: it waits an hour, sends nothing and says so', async () => {
    const before = (await asked()).length;
    await change({ power: 'running' });
    const chat = await chooses('nobody is there');
    await requests(chat);
    await approves(chat);
    await chat.untilTitle(say('replace.waits', { vm: 'vm-dup-01' }));
    const { offWait } = bot.deps.waits;
    Object.assign(bot.deps.waits, { offWait: 1 });
    await chat.untilTitle(new RegExp(say('trouble.vm-not-deallocated')));
    Object.assign(bot.deps.waits, { offWait });
    expect(await asked()).toHaveLength(before);
  });

  test('is not offered without such a rule, and the card has the line that it needs', async () => {
    const rules = bot.rules.splice(0, bot.rules.length);
    const chat = await bot.asks('ana', `backup restore ${vm} replace`);
    const card = await chat.untilTitle(say('replace.not-possible', { vm }));
    expect(card.text).toContain("- { operation: replace-disks, vm: 'vm-dup-01', approvals: 2 }");
    expect(card.titles[0]).toBe(say('button.restore-instead'));
    expect(card.inputs).toEqual({});
    bot.rules.push(...rules);
    // A card from before the rule was removed starts nothing.
    const earlier = await chooses();
    bot.rules.splice(0, bot.rules.length);
    const answer = await earlier.clicks(say('button.ask-approval'), { typed: 'vm-dup-01' });
    expect(answer.text).toContain('replace-disks');
    bot.rules.push(...rules);
  });

  test.each([
    ['vm-app-01', 'ade'],
    ['vm-app-02', 'ade'],
  ] as const)('of %s is not possible: %s', async (name, why) => {
    const chat = await bot.asks('ana', `backup restore ${name} replace`);
    const card = await chat.untilTitle(say('replace.not-possible-ade', { vm: name }));
    expect(card.text).toContain(say(`replace.why-not-${why}`));
    await chat.clicks(say('button.restore-instead'));
    await chat.untilTitle(say('restore.which', { vm: name }));
  });

  test('of a deleted VM is not possible either', async () => {
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({ vms: vms.filter(({ name }) => name !== 'vm-dup-01') });
    const chat = await bot.asks('ana', `backup restore ${vm} replace`);
    const card = await chat.untilTitle(/can't be replaced/);
    expect(card.text).toContain(say('replace.why-not-gone'));
    await bot.azure.change({ vms });
  });
});
