/** What the people who decide about a request see in the first twenty seconds, and who sees which buttons. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import type { CardView } from '../support/card-view.ts';
import { addMachines } from '../support/more-machines.ts';
import { choosesNewVm, newestPoint, requestsRestore, restoreTarget } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { choiceAction } from '../../src/slack/blocks/inputs/submission.ts';
import { actionOf, optionOf, SlackChat, textOf, type Submitted } from '../slack/support/slack-client.ts';

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
  beforeEach(() => {
    bot.rules.splice(0, bot.rules.length);
    (bot.deps as { ticket: TestBot['deps']['ticket'] }).ticket = null;
  });
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

  test('offers nothing that would be refused to who may only break the glass, or made the plan', async () => {
    bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: false, approval } });
    const isChris = (to: (typeof bot.roles)[number]['to']) => to.kind === 'user' && to.id === ids.chris;
    const held = bot.roles.findIndex(({ role, to }) => role === 'approver' && isChris(to));
    const [grant] = bot.roles.splice(held, 1);
    const thread = await bot.asks('chris', `backup ${vms[1]}`);
    const ana = thread.as('ana');
    await ana.clicks((await ana.card()).titles.find((each) => each.endsWith('Protect only'))!);
    await ana.untilWaits('0 of 1', vms[1]);
    const chris = bot.as('chris');
    await chris.says(`backup approvals ${vms[1]}`);
    expect((await chris.untilWaits('0 of 1', vms[1])).titles).toEqual([open]);
    bot.roles.push(grant!);
    // An approver, and he opened the plan.
    await chris.says(`backup approvals ${vms[1]}`);
    expect((await chris.untilWaits('0 of 1', vms[1])).titles).toEqual([open]);
    await ana.clicks(withdraw);
    await ana.untilTitle('request withdrawn');
  });

  test('offers an approval only to those who are still missing', async () => {
    const others = { approvers: [`user:${ids.ana}`], fallback: [], approvals: 1 };
    const [entry] = named.named;
    named.named = [{ ...entry!, approvals: 1 } as never, others];
    const own = await askedAlone(vms[2]!, '0 of 2');
    const [ben, chris] = [bot.as('ben'), bot.as('chris')];
    await ben.untilWaits('0 of 2', vms[2]);
    await chris.untilWaits('0 of 2', vms[2]);
    await ben.clicks(approve);
    expect((await chris.untilWaits('1 of 2', vms[2])).titles).toEqual([deny, open]);
    named.named = [entry!];
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
  });

  /** The request that waits, as it is stored. */
  const pending = async () => (await bot.rows('approval_request')).find(({ state }) => state === 'pending');

  test('has why it is asked: on each card, in its row and the log; once, cut to its length, and kept to ask again', async () => {
    const [vm, chat] = [vms[0]!, bot.as('ana')];
    // What nobody has to approve asks for nothing.
    expect(Object.keys((await chat.asks(`backup ${vm}`)).inputs)).not.toContain('reason');
    bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: false, approval: named } });
    await chat.asks(`backup ${vm}`);
    const card = await chat.card();
    const ask = card.titles.find((each) => each.endsWith('Protect only'))!;
    expect(card.inputs['reason']).toMatchObject({ label: say('request.why-fact'), value: '' });
    const told = (reason: string) => ({ reason: `  ${reason} ` });
    const pressed = card.buttons.find(({ title }) => title === ask)!;
    const on = await chat.newest();
    await chat.sends({ verb: pressed.verb!, data: { ...pressed.data, ...told('the audit is on\u0007 Friday') }, on });
    // The same press once more, as by a double click, is about the request that is there.
    await chat.sends({ verb: pressed.verb!, data: { ...pressed.data, ...told('something else') }, on });
    for (const one of [chat, bot.as('ben')])
      expect((await one.untilWaits('0 of 1', vm)).shown).toContain('Reason: the audit is on\uFFFD Friday');
    const [request, ...others] = (await bot.rows('approval_request')).filter(({ state }) => state === 'pending');
    expect([request!.reason, others]).toEqual(['the audit is on\u0007 Friday', []]);
    const moves = (await bot.rows('audit')).map(({ entry }) => entry as Record<string, unknown>);
    expect(moves.filter((entry) => entry['request'] === request!.id)).toEqual([
      expect.objectContaining({ what: 'approval', move: 'ask', reason: request!.reason }),
    ]);
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
    await chat.clicks(say('button.ask-anew'));
    await chat.untilButton(ask);
    expect((await chat.card()).inputs['reason']?.value).toMatch(/^the audit is on/);
    await chat.clicks(ask, { reason: 'x'.repeat(400) });
    await chat.untilWaits('0 of 1', vm);
    expect((await pending())?.reason).toBe('x'.repeat(300));
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
    await chat.clicks(say('button.ask-anew'));
    await chat.untilButton(ask);
    await chat.clicks(ask, { reason: '  \n ' });
    const without = await chat.untilWaits('0 of 1', vm);
    expect([(await pending())?.reason, without.shown.includes(say('request.why-fact'))]).toEqual([null, false]);
    await chat.clicks(withdraw);
    await chat.untilTitle('request withdrawn');
  });

  /** A press whose inputs no client has checked. */
  const unchecked = async (chat: BotChat, title: string, inputs: Readonly<Record<string, string>> = {}) => {
    const on = await chat.messageWith(title);
    const { verb, data } = (await chat.card()).buttons.find((one) => one.title === title)!;
    return chat.sends({ verb: verb!, data: { ...data, ...inputs }, on });
  };
  const settings = () => bot.deps as { ticket: TestBot['deps']['ticket'] };
  const ticketed = { required: true, fits: (text: string) => /^CHG\d+$/.test(text) };

  test('has its ticket from the form that asks why, where it is marked as required, and not from a later card', async () => {
    settings().ticket = ticketed;
    const chat = await bot.asks('ana', 'backup restore vm-app-01');
    await chat.clicks('Continue', { point: await newestPoint(bot, 'vm-app-01') });
    const form = await chat.untilTitle(say('restore.where', { vm: 'vm-app-01' }));
    expect(Object.keys(form.inputs)).toEqual(['group', 'account', 'reason', 'ticket', 'make']);
    expect(JSON.stringify(form.raw)).toMatch(/"id":"ticket"[^{}]*"isRequired":true/);
    expect((await unchecked(chat, 'Continue', restoreTarget)).text).toBe(say('refusal.ticket-missing'));
    const wrong = await chat.clicks('Continue', { ...restoreTarget, ticket: 'INC1' });
    expect(wrong.text).toBe(say('refusal.ticket-wrong', { ticket: 'INC1' }));
    await chat.clicks('Continue', { ...restoreTarget, ticket: ' CHG77 ' });
    const sure = await chat.untilTitle(say('restore.sure', { vm: 'vm-app-01' }));
    // It has its reason by then, too.
    expect(Object.keys(sure.inputs)).toEqual([]);
    await chat.clicks(say('button.change-target'));
    const again = await chat.untilTitle(say('restore.where', { vm: 'vm-app-01' }));
    expect([again.inputs['ticket']?.value, again.inputs['reason']?.value]).toEqual(['CHG77', restoreTarget.reason]);
    await chat.clicks('Continue', { ...restoreTarget, ticket: 'CHG78' });
    await chat.untilTitle(say('restore.sure', { vm: 'vm-app-01' }));
    await requestsRestore(chat);
    expect((await chat.card()).shown).toMatch(/a table was dropped[\s\S]*CHG78/);
    expect(await pending()).toMatchObject({ ticket: 'CHG78', reason: null });
    await chat.clicks(withdraw);
  });

  test('has its ticket from the last card where only the place that is chosen says that somebody has to approve', async () => {
    settings().ticket = ticketed;
    const verdict = { deny: false, approval: 'operator' } as const;
    bot.rules.push({ operation: 'restore-disks', match: { resourceGroup: 'rg-web' }, verdict });
    const chat = await bot.asks('ana', 'backup restore vm-app-01');
    await chat.clicks('Continue', { point: await newestPoint(bot, 'vm-app-01') });
    const form = await chat.untilTitle(say('restore.where', { vm: 'vm-app-01' }));
    expect(form.inputs['group']?.choices.map(({ title }) => title)).toContain('rg-web');
    expect(Object.keys(form.inputs)).not.toContain('ticket');
    await chat.clicks('Continue', restoreTarget);
    const sure = await chat.untilTitle(say('restore.sure', { vm: 'vm-app-01' }));
    expect(Object.keys(sure.inputs)).toEqual(['ticket']);
    expect((await unchecked(chat, say('button.ask-approval'))).text).toBe(say('refusal.ticket-missing'));
    await chat.clicks(say('button.ask-approval'), { ticket: 'CHG79' });
    await chat.untilWaits('0 of 1');
    expect(await pending()).toMatchObject({ ticket: 'CHG79' });
    await chat.clicks(withdraw);
  });

  test('takes its reason in Slack beside the button, and with a ticket in a form that says at the field what is wrong', async () => {
    bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: false, approval } });
    const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    const asks = async () => general.in((await general.says(`@Kluis backup ${vms[0]}`)).ts as string);
    const ask = say('button.ask-approval-to', { what: 'Protect only' });
    const [first, why] = [await asks(), 'the auditor <!channel> asked'];
    const { blocks } = await first.until(ask);
    await first.presses(ask, { inputs: { [actionOf(blocks, 'reason')]: why } });
    expect(textOf(await first.until('0 of 1 · until'))).toContain('the auditor &lt;!channel&gt; asked');
    expect((await pending())?.reason).toBe(why);
    await first.presses(withdraw);
    await first.until('request withdrawn');
    settings().ticket = ticketed;
    const thread = await asks();
    await thread.until('Fill in the form');
    await thread.opensForm();
    const fill = async (ticket: string): Promise<Submitted> => {
      const { blocks: form } = await thread.modal();
      const typed = { [actionOf(form, 'reason')]: why, [actionOf(form, 'ticket')]: ticket };
      return thread.control('submit', { as: 'ana', inputs: { ...typed, [choiceAction]: optionOf(form, ask) } });
    };
    const { errors = {} } = await fill('INC1');
    expect(Object.entries(errors)).toEqual([
      [expect.stringMatching(/:ticket$/), say('refusal.ticket-wrong', { ticket: 'INC1' })],
    ]);
    await fill('CHG80');
    await thread.until('0 of 1 · until');
    expect(await pending()).toMatchObject({ reason: why, ticket: 'CHG80' });
    await thread.presses(withdraw);
    await thread.until('request withdrawn');
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
    expect((await ben.card()).shown).not.toContain(say('request.told-nobody', { command: `backup approvals ${vm}` }));
    // From then on somebody was.
    await own.clicks(withdraw);
    await ben.untilTitle('request withdrawn');
  });

  test('that only a group can decide mentions nobody, and says so in the channel, too', async () => {
    const [, , vm] = vms as [string, string, string];
    const asks = async (approver: string) => {
      const terms = { ...approval, named: [{ approvers: [approver], fallback: [] }] };
      bot.rules.splice(0, bot.rules.length, {
        ...{ operation: 'protect', match: {}, verdict: { deny: false, approval: terms } },
      });
      const chat = await bot.asks('ana', `backup ${vm}`);
      await chat.clicks((await chat.card()).titles.find((each) => each.endsWith('Protect only'))!);
      await chat.untilWaits('0 of 1', vm);
      const { shown } = await chat.card();
      await chat.clicks(withdraw);
      await chat.untilTitle('request withdrawn');
      return shown;
    };
    const told = say('request.told-nobody', { command: `backup approvals ${vm}` });
    expect(await asks(`group:${onDuty}`)).toContain(told);
    expect(await asks(`user:${ids.ben}`)).not.toContain(told);
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
