/**
 * A policy on the way to a VM, where the process ends or stands still between the end of its operation and the VM's
 * card.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BotChat } from '../support/bot-chat.ts';
import { viewOf } from '../support/card-view.ts';
import { eventually } from '../support/eventually.ts';
import { fillsInPolicy } from '../support/fills-in-policy.ts';
import { ChildProcesses } from './child-process.ts';
import { Stage } from './whole-operation.ts';

const patienceMs = 60_000;
const button = 'Create this policy';

describe('a new policy for a VM, in processes of their own, on PostgreSQL', () => {
  let stage: Stage;
  let ground: ChildProcesses;
  beforeAll(async () => {
    stage = await Stage.open(async (simulatorUrl) => (ground = await ChildProcesses.open('postgres', simulatorUrl)));
    await stage.calm(() => stage.platform.meets('ana'));
  }, 120_000);
  afterAll(() => stage?.[Symbol.asyncDispose](), 60_000);

  /** The card of the VM, and below it what is to be created. */
  const asksFor = async (vm: string, name: string): Promise<BotChat> =>
    stage.calm(async () => {
      const { chat } = await stage.platform.says('ana', `backup ${vm}`);
      const card = await chat.untilTitle(new RegExp(`${vm}.* ready`), patienceMs);
      await chat.clicks(card.titles.find((title) => title.startsWith('Protect')) ?? '', { policy: 'new-policy' });
      await chat.untilTitle('A new policy in', patienceMs);
      await fillsInPolicy(chat, { name, kind: 'Enhanced', often: 'daily', daily: '45' });
      await chat.untilButton(button, patienceMs);
      return chat;
    });
  const isChosen = async (chat: BotChat, name: string) =>
    (await chat.cards()).some(({ card }) => viewOf(card).inputs['policy']?.value.endsWith(`/${name}`)) || null;
  const operations = () => stage.ground.read((db) => db.selectFrom('operation').select('status').execute());

  /** Chosen on the card of the VM, by one write; the form is closed, and nothing else was begun. */
  async function expectReturned(chat: BotChat, { name, count }: { name: string; count: number }): Promise<void> {
    await chat.until('the policy chosen on the card', () => isChosen(chat, name), patienceMs);
    expect(await stage.azure.requests('PUT', new RegExp(`/backupPolicies/${name}[?]`, 'i'))).toHaveLength(1);
    expect(await stage.azure.requests('PUT', /protectedItems\//i)).toEqual([]);
    expect((await operations()).map(({ status }) => status)).toEqual(Array(count).fill('succeeded'));
  }

  test('it is killed before the VM is read anew: the next process does that', async () => {
    const chat = await asksFor('vm-sql-01', 'night-1');
    // The first two readings, of the vault and of the policy's place, are made before the write.
    await stage.crash({ failpoint: 'lookup:before-commit', reach: 3 }, () => chat.clicks(button));
    expect((await operations()).map(({ status }) => status)).toEqual(['succeeded']);
    expect(await isChosen(chat, 'night-1')).toBeNull();
    await stage.calm(() => expectReturned(chat, { name: 'night-1', count: 1 }));
  }, 180_000);

  test('it is paused there while another process goes on, and does nothing twice when it wakes', async () => {
    const chat = await asksFor('vm-plain-01', 'night-2');
    const paused = await ground.start({ failpoint: 'lookup:before-commit', paused: true });
    stage.platform.speaksTo(paused.url);
    const pauses = (count: number) => () =>
      paused.reached.filter((failpoint) => failpoint === 'lookup:before-commit').length === count;
    const pressed = chat.clicks(button);
    for (const reading of [1, 2]) {
      await eventually(`reading ${reading} before the write`, pauses(reading), patienceMs);
      paused.goOn();
    }
    await pressed;
    await eventually('the reading after it', pauses(3), patienceMs);
    expect((await operations()).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect(await isChosen(chat, 'night-2')).toBeNull();
    await stage.calm(() => expectReturned(chat, { name: 'night-2', count: 2 }));
    const dialogs = () => stage.ground.read((db) => db.selectFrom('dialog').select(['id', 'revision']).execute());
    const before = await dialogs();
    paused.goOn();
    await stage.calm(() => expectReturned(chat, { name: 'night-2', count: 2 }));
    expect(await dialogs()).toEqual(before);
    await paused.kill();
  }, 180_000);
});
