import { beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { attemptsOf, insertAttempt } from '../../src/store/attempts.ts';
import { claimDelivery, seeConversation } from '../../src/store/conversations.ts';
import { claimLookup, postponeLookup } from '../../src/store/dialogs.ts';
import { noteSent, enqueueMessage, setDesiredState } from '../../src/store/messages.ts';
import { nextUnsent } from '../../src/store/unsent-messages.ts';
import { claimOperation, saveOperation } from '../../src/store/operations.ts';
import { claimPoll, endPoll, pollVaults } from '../../src/store/vault-polls.ts';
import { whatIsDue } from '../../src/store/what-is-due.ts';
import { describeOnBoth } from '../support/databases.ts';
import { addDialog, addOperation, pass, sampleConversation } from './sample-rows.ts';

const minute = 60_000;
/** After a clock was set back by an hour, what was written before is an hour further in the future. */
const setBack = -60 * minute;

describeOnBoth('after the clock was set back by an hour', (testDatabase) => {
  const db = () => testDatabase().database.db;
  beforeEach(() => seeConversation(db(), sampleConversation()));

  test('a waiting operation is due, and a claimed one is free', async () => {
    const { id } = await addOperation(db());
    const { claim } = (await claimOperation(db(), id, 30_000))!;
    await pass(db(), setBack, { table: 'operation', column: 'held_until', id });
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([id]);
    const heir = (await claimOperation(db(), id, 30_000))!;
    expect(heir.claim.fence).toBeGreaterThan(claim.fence);
    await saveOperation(db(), heir.claim, { parts: {}, status: 'running', dueInMs: 10 * minute });
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([]);
    await pass(db(), setBack, { table: 'operation', column: 'due_at', id });
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([id]);
    expect(await claimOperation(db(), id, 30_000)).not.toBeNull();
  });

  test('nothing is put off for so long that it would be mistaken for that', async () => {
    const { id } = await addOperation(db());
    const { claim } = (await claimOperation(db(), id, 30_000))!;
    const day = 24 * 60 * minute;
    expect(await saveOperation(db(), claim, { parts: {}, status: 'running', dueInMs: day })).toEqual({
      dueInMs: 15 * minute,
    });
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([]);
  });

  test('a vault is polled, and its poll is free', async () => {
    await pollVaults(db(), ['/vault']);
    const vault = { table: 'vault_poll', key: 'vault_id', id: '/vault' };
    await claimPoll(db(), '/vault', minute);
    await pass(db(), setBack, { ...vault, column: 'held_until' });
    const poll = (await claimPoll(db(), '/vault', minute))!;
    await endPoll(db(), { vaultId: '/vault', ...poll }, 2 * minute);
    expect((await whatIsDue(db(), 10)).vaultsToPoll).toEqual([]);
    await pass(db(), setBack, { ...vault, column: 'due_at' });
    expect((await whatIsDue(db(), 10)).vaultsToPoll).toEqual(['/vault']);
    expect(await claimPoll(db(), '/vault', minute)).not.toBeNull();
  });

  test('a conversation is delivered to', async () => {
    await claimDelivery(db(), 'conversation', 30_000);
    expect(await claimDelivery(db(), 'conversation', 30_000)).toBeNull();
    await pass(db(), setBack, { table: 'conversation', column: 'held_until', id: 'conversation' });
    expect(await claimDelivery(db(), 'conversation', 30_000)).not.toBeNull();
  });

  test('a message is sent, and a card that was just sent is edited', async () => {
    const id = randomUUID();
    await enqueueMessage(db(), { id, conversationId: 'conversation', desired: 'one' });
    await pass(db(), setBack, { table: 'message', column: 'due_at', id });
    expect((await whatIsDue(db(), 10)).conversationsToDeliver).toEqual(['conversation']);
    expect((await nextUnsent(db(), 'conversation'))!.waitMs).toBe(0);
    const { fence } = (await claimDelivery(db(), 'conversation', 30_000))!;
    await noteSent(db(), id, { rev: 1, platformId: 'p', fence, editGapMs: 2000 });
    await setDesiredState(db(), id, 'two');
    await pass(db(), setBack, { table: 'message', column: 'sent_at', id });
    expect((await nextUnsent(db(), 'conversation'))!.waitMs).toBe(0);
  });

  test('a reading is made', async () => {
    const lookup = { step: 'reading', basis: 'b', claimId: 'mine' };
    const { id } = await addDialog(db(), { lookup });
    await postponeLookup(db(), { id, claimId: 'mine' }, { inMs: 10 * minute, lookup });
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([]);
    await pass(db(), setBack, { table: 'dialog', column: 'look_due_at', id });
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([id]);
    expect(await claimLookup(db(), { id, claimId: 'next' }, minute)).toBe(true);
  });

  test('the newest attempt is that of the newest claim, and the wait for an attempt in doubt begins now', async () => {
    const { id } = await addOperation(db());
    const of = { part: 'back-up', call: 'back-up' };
    const tried = async () => {
      const attempt = { id: randomUUID(), target: 'vm', ...of };
      const { claim } = (await claimOperation(db(), id, 30_000))!;
      await insertAttempt(db(), claim, attempt);
      await pass(db(), 30_001, { table: 'operation', column: 'held_until', id });
      return attempt.id;
    };
    const before = await tried();
    await pass(db(), setBack, { table: 'attempt', column: 'made_at', id: before });
    const after = await tried();
    const told = await attemptsOf(db(), id, of);
    expect(told.map((one) => one.id)).toEqual([after, before]);
    expect(Math.abs(told[1]!.ageMs)).toBeLessThan(minute);
    await pass(db(), 2 * minute, { table: 'attempt', column: 'made_at', id: before });
    const [, later] = await attemptsOf(db(), id, of);
    expect(later!.ageMs).toBeGreaterThan(minute);
  });
});
