import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { Rule } from '../../src/people/rules.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const approve = say('button.approve');
const ids = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
};
const config = `
roles:
  operator: [everyone]
  approver: ['user:${ids.ana}', 'user:${ids.ben}', 'user:${ids.chris}']
`;
const naming = (operation: Rule['operation'], ...approvers: string[]): Rule => {
  const named = [{ approvers: approvers.map((id) => `user:${id}`), fallback: [] }];
  return {
    ...{ operation, match: {} },
    verdict: { deny: false, approval: { approvals: 1, withinMs: 4 * 3_600_000, startMs: 3_600_000, named } },
  };
};
let bot: TestBot;
let vms: string[];
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  vms = [...(await addMachines(bot.azure, 4))];
});
beforeEach(() => void bot.rules.splice(0, bot.rules.length));
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Ana asks for a plan of two parts: to protect a VM, and to back it up. */
async function asked(stands: string): Promise<{ chat: BotChat; vm: string }> {
  const vm = vms.pop()!;
  const chat = await bot.asks('ana', `backup ${vm}`);
  await chat.clicks(say('button.ask-approval-to', { what: 'Protect and back up now' }));
  await chat.untilWaits(stands);
  return { chat, vm };
}
const voters = async () => {
  const request = (await bot.rows('approval_request')).at(-1)!;
  return (request.votes as { person: string }[]).map(({ person }) => person);
};

test('two rules that name different people for two parts: one of each has to approve, and the card says who', async () => {
  bot.rules.push(naming('protect', ids.ben), naming('back-up-now', ids.chris));
  const { chat, vm } = await asked('0 of 2');
  expect((await chat.card()).text).toContain('Needs the approval of one of Ben Jansen and one of Chris Meier.');
  await chat.as('ben').clicks(approve);
  expect((await chat.untilWaits('1 of 2')).text).toContain('Can approve: Chris Meier.');
  expect((await chat.as('ben').clicks(approve)).text).toBe(say('refusal.voted-already'));
  expect(await bot.operationsIn(chat)).toEqual([]);
  await chat.as('chris').clicks(approve);
  await chat.untilTitle(new RegExp(`${vm} is backed up`));
  expect(await voters()).toEqual([ids.ben, ids.chris]);
});

test('one vote serves every entry that names its voter; whoever serves none that is missing isn’t counted', async () => {
  bot.rules.push(naming('protect', ids.ben), naming('back-up-now', ids.ben, ids.chris));
  const { chat, vm } = await asked('0 of 1');
  await chat.as('chris').clicks(approve);
  expect((await chat.untilWaits('1 of 2')).text).toContain('Can approve: Ben Jansen.');
  await chat.as('ben').clicks(approve);
  await chat.untilTitle(new RegExp(`${vm} is backed up`));
  const other = await asked('0 of 1');
  await other.chat.as('ben').clicks(approve);
  await other.chat.untilTitle(new RegExp(`${other.vm} is backed up`));
  expect(await voters()).toEqual([ids.ben]);
});

test('a rule that names nobody leaves its part to any approver; the card names whose click counts, and it is refused to others', async () => {
  const { verdict, ...protect } = naming('protect', ids.ben);
  bot.rules.push({ ...protect, verdict }, naming('back-up-now'));
  const anybody = bot.rules[1] as { verdict: { approval: object } };
  Reflect.deleteProperty(anybody.verdict.approval, 'named');
  const { chat } = await asked('0 of 1');
  expect((await chat.card()).text).toContain('one of Ben Jansen and one of Ben Jansen and Chris Meier');
  await chat.as('chris').clicks(approve);
  expect((await chat.untilWaits('1 of 2')).text).toContain('Can approve: Ben Jansen.');
  await chat.clicks(say('button.withdraw'));
});
