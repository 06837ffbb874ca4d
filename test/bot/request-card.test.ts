/** What the people who decide about a request see in the first twenty seconds, and who sees which buttons. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import type { CardView } from '../support/card-view.ts';
import { addMachines } from '../support/more-machines.ts';
import { choosesNewVm, requestsRestore, restoreTarget } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, textOf } from '../slack/support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const [approve, deny, withdraw] = [say('button.approve'), say('button.deny'), say('button.withdraw')];
const open = say('button.break-glass');
const ids = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
};
/** A group of the directory with Ben and Chris in it. */
const onDuty = '22222222-2222-2222-2222-222222222222';

/** What stands on a card in this order; each has to be there. */
const inOrder = (card: CardView, texts: readonly string[]) =>
  texts
    .map((text) => [text, card.shown.indexOf(text)] as const)
    .filter(([, at]) => at >= 0)
    .toSorted((a, b) => a[1] - b[1])
    .map(([text]) => text);

describe('a request', () => {
  let bot: TestBot;
  let vms: string[];
  const approval = { approvals: 1, withinMs: 4 * 3_600_000, startMs: 3_600_000 };
  const named = { ...approval, named: [{ approvers: [`user:${ids.ben}`, `user:${ids.chris}`], fallback: [] }] };
  beforeAll(async () => {
    const config = `
roles:
  operator: [everyone]
  approver: ['user:${ids.ana}', 'user:${ids.ben}', 'user:${ids.chris}']
groups: { night: ['group:${onDuty}'] }
breakGlass: { group: ['user:${ids.chris}'], perMonth: 3 }
`;
    bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
    vms = await addMachines(bot.azure, 4);
    for (const person of ['ben', 'chris'] as const) await bot.as(person).asks('backup vaults');
  });
  beforeEach(() => void bot.rules.splice(0, bot.rules.length));
  afterAll(() => bot?.[Symbol.asyncDispose]());

  /** Ana asks in her own chat for the protection of a VM. */
  const askedAlone = async (vm: string, stands = '0 of 1'): Promise<BotChat> => {
    bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: false, approval: named } });
    const chat = bot.as('ana');
    await chat.asks(`backup ${vm}`);
    const card = await chat.card();
    await chat.clicks(card.titles.find((each) => each.endsWith('Protect only')) ?? say('button.ask-approval'));
    await chat.untilWaits(stands, vm);
    return chat;
  };

  test('says who asks for what, then everything that it brings about by its weight, and folds only the steps', async () => {
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-restored');
    await requestsRestore(chat);
    const card = await chat.as('ben').card();
    const title = 'Ana de Vries asks: restore vm-app-01 as a new VM';
    expect(card.title).toContain(title);
    expect((await chat.newest()).summary).toContain(title);
    const consequences = [
      'Creates VM vm-app-01-restored in rg-restore, subnet vnet-prod-weu/snet-restore',
      'Same computer name as vm-app-01; perhaps a public address',
      'May also encrypt other data disks of the new VM',
      'Restores missing or disabled keys and secrets to kv-prod-weu',
      'Can read the disks in rg-restore:',
      restoreTarget.reason,
      '0 of 1 · until',
    ];
    expect(inOrder(card, consequences)).toEqual(consequences);
    // Of eight steps none is above the fold, and none is missing in it.
    expect(card.shown).not.toContain('from the template that the restore leaves');
    expect(card.text).toMatch(/All \d steps/);
    expect(card.text).toContain('Create VM vm-app-01-restored in rg-restore');
    await chat.clicks(withdraw);
  });

  test('is the same in Slack, in the words above its thread too', async () => {
    bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: false, approval } });
    const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    const { ts } = await general.says(`@Kluis backup ${vms[0]}`);
    const thread = general.in(ts as string);
    const ask = say('button.ask-approval-to', { what: 'Protect only' });
    await thread.until(ask);
    await thread.presses(ask);
    const shown = await thread.until('0 of 1 · until');
    expect(textOf(shown)).toContain(`Ana de Vries asks: protect ${vms[0]}`);
    expect(shown.text).toContain(`Ana de Vries asks: protect ${vms[0]}`);
    expect(textOf(shown)).toContain(`Protects ${vms[0]} in rsv-prod-weu with the policy`);
    await thread.presses(withdraw);
    await thread.until('request withdrawn');
  });

  test('leaves only Withdraw to whoever asked, the decision to approvers, and break-glass to whom it is for', async () => {
    const own = await askedAlone(vms[1]!);
    expect((await own.card()).titles).toEqual([withdraw]);
    expect(Object.keys((await own.card()).inputs)).toEqual([]);
    const [ben, chris] = [bot.as('ben'), bot.as('chris')];
    expect((await ben.untilWaits('0 of 1', vms[1])).titles).toEqual([approve, deny]);
    expect((await chris.untilWaits('0 of 1', vms[1])).titles).toEqual([approve, deny, open]);
    await own.clicks(withdraw);
    await ben.untilTitle('request withdrawn');
  });

  test('no longer offers an approval to who gave theirs', async () => {
    named.approvals = 2;
    const own = await askedAlone(vms[2]!, '0 of 2');
    const ben = bot.as('ben');
    await ben.untilWaits('0 of 2', vms[2]);
    await ben.clicks(approve);
    expect((await ben.untilWaits('1 of 2', vms[2])).titles).toEqual([deny]);
    expect((await bot.as('chris').untilWaits('1 of 2', vms[2])).titles).toEqual([approve, deny, open]);
    named.approvals = 1;
    await own.clicks(withdraw);
    await own.untilTitle('request withdrawn');
  });

  test('has its approver and its ticket on the card of what it started', async () => {
    bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: false, approval } });
    (bot.deps as { ticket: TestBot['deps']['ticket'] }).ticket = { required: true, fits: (text) => /^CHG/.test(text) };
    const chat = await bot.asks('ana', `backup ${vms[3]}`);
    const ask = (await chat.card()).titles.find((each) => each.endsWith('Protect only'))!;
    await chat.clicks(ask, { ticket: 'CHG0012345' });
    await chat.untilWaits('0 of 1', vms[3]);
    expect((await chat.card()).shown).toContain('CHG0012345');
    await chat.as('ben').clicks(approve);
    const end = await chat.untilTitle(`${vms[3]} is protected`);
    expect(end.text).toContain('Started by Ana de Vries · approved by Ben Jansen · CHG0012345');
    (bot.deps as { ticket: TestBot['deps']['ticket'] }).ticket = null;
  });

  test('that nobody was told says so, with what an approver types; and that command leads to it', async () => {
    bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: false, approval } });
    const [vm] = vms as [string];
    const own = bot.as('ana');
    await own.asks(`backup ${vm}`);
    await own.clicks((await own.card()).titles.find((each) => each.endsWith('Protect only'))!);
    await own.untilWaits('0 of 1', vm);
    expect((await own.card()).shown).toContain(say('request.told-nobody', { command: `backup approvals ${vm}` }));
    const ben = bot.as('ben');
    await ben.says(`backup approvals ${vm}`);
    expect((await ben.untilWaits('0 of 1', vm)).titles).toEqual([approve, deny]);
    expect((await ben.card()).shown).not.toContain('Nobody has been told');
    // From then on somebody was.
    await own.clicks(withdraw);
    await ben.untilTitle('request withdrawn');
  });

  test('is nothing that a viewer is led to: a restore is refused on its first card, before any form', async () => {
    const roles = bot.roles.splice(0, bot.roles.length, { role: 'viewer', to: { kind: 'everyone' }, where: {} });
    const ana = bot.as('ana');
    const before = (await ana.cards()).length;
    await ana.says('backup restore vm-app-01');
    await ana.until('the answer', async () => (await ana.cards()).length > before);
    const card = await ana.untilTitle(/restore disks/);
    expect(Object.keys(card.inputs)).toEqual([]);
    expect(card.titles).not.toContain('Continue');
    bot.roles.splice(0, bot.roles.length, ...roles);
  });
});
