/** A plan that somebody else approves, where the process ends or stands still between the vote and the start. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { ChildProcesses } from './child-process.ts';
import { Stage } from './whole-operation.ts';

const patienceMs = 60_000;
const button = 'Approve';

describe('an approval, in processes of their own, on PostgreSQL', () => {
  let stage: Stage;
  let ground: ChildProcesses;
  beforeAll(async () => {
    stage = await Stage.open(async (simulatorUrl) => (ground = await ChildProcesses.open('postgres', simulatorUrl)));
    await stage.calm(() => stage.platform.meets('ana'));
  }, 120_000);
  afterAll(() => stage?.[Symbol.asyncDispose](), 60_000);

  /** Ana asks for approval; the place where it can be given. */
  const asked = (vm: string): Promise<BotChat> =>
    stage.calm(async () => {
      const { chat } = await stage.platform.says('ana', `backup ${vm}`);
      await chat.untilTitle(/^(?!⏳)/u, patienceMs);
      await chat.clicks((await chat.card()).titles.find((title) => title.includes('Protect only')) ?? '');
      await chat.untilTitle('waiting for approval (0 of 1)', patienceMs);
      return chat;
    });
  const rows = () =>
    stage.ground.read(async (db) => ({
      operations: await db.selectFrom('operation').select(['id', 'digest', 'status']).execute(),
      requests: await db.selectFrom('approval_request').select(['digest', 'state', 'operation_id', 'votes']).execute(),
    }));

  /** One vote, one operation, one write: that of the plan which was approved. */
  async function expectStartedOnce(chat: BotChat, vm: string): Promise<void> {
    await chat.untilTitle(`${vm} is protected`, patienceMs);
    const { operations, requests } = await rows();
    expect(requests.map(({ state, votes }) => [state, (votes as unknown[]).length])).toEqual(
      requests.map(() => ['started', 1]),
    );
    expect(operations.map(({ id, digest, status }) => [id, digest, status]).toSorted()).toEqual(
      requests.map(({ operation_id, digest }) => [operation_id, digest, 'succeeded']).toSorted(),
    );
    expect(await stage.azure.requests('PUT', new RegExp(`protectedItems/[^?]*;${vm}[?]`, 'i'))).toHaveLength(1);
  }

  test.each([
    ['all is read again and nothing is stored of it', 'lookup:before-commit', 'vm-cmk-01'],
    ['it is started and nobody works on it', 'start:after-commit', 'vm-many-01'],
  ] as const)(
    'killed where %s: the next process goes on, once',
    async (_where, failpoint, vm) => {
      const chat = await asked(vm);
      await stage.crash({ failpoint, reach: 1 }, () => chat.as('ben').clicks(button));
      await stage.calm(() => expectStartedOnce(chat, vm));
    },
    180_000,
  );

  test('paused before the start while another process starts it, it starts nothing when it wakes', async () => {
    const chat = await asked('vm-off-01');
    const paused = await ground.start({ failpoint: 'lookup:before-commit', paused: true });
    stage.platform.speaksTo(paused.url);
    const pressed = chat.as('ben').clicks(button);
    const isPaused = () => paused.reached.includes('lookup:before-commit');
    await eventually('the last reading', isPaused, patienceMs);
    await stage.calm(() => expectStartedOnce(chat, 'vm-off-01'));
    const before = await rows();
    paused.goOn();
    await pressed.catch(() => null);
    await stage.calm(() => expectStartedOnce(chat, 'vm-off-01'));
    expect(await rows()).toEqual(before);
    await paused.kill();
  }, 180_000);
});
