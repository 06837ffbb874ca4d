import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { blockConversation, claimDelivery, seeConversation } from '../../src/store/conversations.ts';
import {
  endMessage,
  hasSpoken,
  isToBeRemoved,
  messageById,
  noteFailedSend,
  notePosting,
  noteSent,
  noteSentLate,
  enqueueMessage,
  wantRemoval,
  setDesiredState,
  messageOnPlatform,
} from '../../src/store/messages.ts';
import { nextUnsent } from '../../src/store/unsent-messages.ts';
import { whatIsDue } from '../../src/store/what-is-due.ts';
import { describeOnBoth } from '../support/databases.ts';
import { pass, sampleConversation } from './sample-rows.ts';

const gapMs = 2000;

describeOnBoth('messages', (testDatabase) => {
  const db = () => testDatabase().database.db;
  const here = 'conversation';
  beforeEach(async () => {
    for (const id of [here, 'elsewhere']) await seeConversation(db(), sampleConversation(id));
  });

  const want = async (desired: unknown, conversationId = here) => {
    const id = randomUUID();
    await enqueueMessage(db(), { id, conversationId, desired });
    return id;
  };
  const next = () => nextUnsent(db(), here);
  /** Sends the next message, as the deliverer does. */
  const deliver = async () => {
    const message = await next();
    if (!message) return null;
    const platformId = message.platformId ?? `p-${message.id}`;
    expect(await noteSent(db(), message.id, { rev: message.desiredRev, platformId, fence: 0, editGapMs: gapMs })).toBe(
      true,
    );
    return message.desired;
  };

  /** Edits a card so many times, each time as soon as it may. */
  const edit = async (id: string, times: number) => {
    for (let time = 1; time <= times; time += 1) {
      await setDesiredState(db(), id, `edit ${time}`);
      expect(await next()).toMatchObject({ desired: `edit ${time}`, waitMs: 0 });
      await deliver();
    }
  };

  describe('what is sent', () => {
    test('posts go out in the order in which they were desired, each once', async () => {
      await want('one');
      await want('far', 'elsewhere');
      await want('two');
      await want('three');
      expect([await deliver(), await deliver(), await deliver(), await deliver()]).toEqual([
        'one',
        'two',
        'three',
        null,
      ]);
    });

    test('a newer state replaces a pending older one, before the post and after it', async () => {
      const id = await want('first');
      await setDesiredState(db(), id, 'second');
      await setDesiredState(db(), id, { third: true });
      expect(await deliver()).toEqual({ third: true });
      expect(await next()).toBeNull();
      await setDesiredState(db(), id, 'fourth');
      await setDesiredState(db(), id, 'fifth');
      expect(await deliver()).toBe('fifth');
      expect(await next()).toBeNull();
    });

    test('a state requested while an older one is being sent is sent after it', async () => {
      const id = await want('old');
      const sending = await next();
      await setDesiredState(db(), id, 'new');
      await noteSent(db(), id, { rev: sending!.desiredRev, platformId: 'p', fence: 0, editGapMs: gapMs });
      expect(await next()).toMatchObject({ desired: 'new', platformId: 'p', sentRev: 1, desiredRev: 2 });
    });

    test('the first two edits after a post go at once', async () => {
      const id = await want('card');
      await deliver();
      for (const state of ['checking', 'answer']) {
        await setDesiredState(db(), id, state);
        expect(await next()).toMatchObject({ desired: state, waitMs: 0 });
        await deliver();
      }
      await setDesiredState(db(), id, 'third');
      expect((await next())!.waitMs).toBeGreaterThan(gapMs - 1500);
    });

    test('any number of edits go at the pace on average, and a rest earns no more than two', async () => {
      const id = await want('card');
      await deliver();
      await edit(id, 2);
      for (let round = 0; round < 3; round += 1) {
        await setDesiredState(db(), id, `round ${round}`);
        expect((await next())!.waitMs).toBeGreaterThan(gapMs - 1500);
        await pass(db(), gapMs, { table: 'message', column: 'sent_at', id });
        expect(await deliver()).toBe(`round ${round}`);
      }
      await pass(db(), 10 * gapMs, { table: 'message', column: 'sent_at', id });
      await edit(id, 2);
      await setDesiredState(db(), id, 'one too many');
      expect((await next())!.waitMs).toBeGreaterThan(gapMs - 1500);
    });

    test('an edit waits for the gap after the last ones; the post of another message doesn’t', async () => {
      const id = await want('card');
      await deliver();
      await edit(id, 2);
      await setDesiredState(db(), id, 'edited');
      const waits = (await next())!.waitMs;
      expect(waits).toBeGreaterThan(gapMs - 1500);
      expect(waits).toBeLessThanOrEqual(gapMs);
      await want('post');
      expect(await next()).toMatchObject({ desired: 'post', waitMs: 0 });
      await deliver();
      await pass(db(), gapMs, { table: 'message', column: 'sent_at', id });
      expect(await next()).toMatchObject({ desired: 'edited', waitMs: 0 });
    });

    test('of several edits the one that is allowed first is sent first', async () => {
      const [a, b] = [await want('a'), await want('b')];
      await deliver();
      await deliver();
      await edit(a, 2);
      await edit(b, 2);
      await setDesiredState(db(), a, 'a2');
      await setDesiredState(db(), b, 'b2');
      await pass(db(), 1500, { table: 'message', column: 'sent_at', id: b });
      expect(await next()).toMatchObject({ desired: 'b2' });
    });
  });

  describe('what is not sent', () => {
    test('a failed attempt waits and is counted; later messages wait too, and so does a new state', async () => {
      const id = await want('one');
      await want('two');
      await noteFailedSend(db(), id, { tries: 1, againInMs: 30_000 });
      const waiting = await next();
      expect(waiting).toMatchObject({ desired: 'one', tries: 1 });
      expect(waiting!.waitMs).toBeGreaterThan(20_000);
      await setDesiredState(db(), id, 'one, newer');
      expect(await next()).toMatchObject({ desired: 'one, newer', tries: 1 });
    });

    test('a post whose end wasn’t recorded is reported as possibly sent, until it is recorded', async () => {
      const id = await want('card');
      expect(await next()).toMatchObject({ posting: false });
      expect(await notePosting(db(), id, { tries: 3, againInMs: 30_000, fence: 0 })).toBe(true);
      const begun = await next();
      expect(begun).toMatchObject({ posting: true, platformId: null, tries: 3 });
      expect(begun!.waitMs).toBeGreaterThan(20_000); // if its end is never recorded, it isn't posted again at once
      await noteSent(db(), id, { rev: 1, platformId: 'p', fence: 0, editGapMs: gapMs });
      await setDesiredState(db(), id, 'again');
      const edit = await next();
      expect(edit).toMatchObject({ posting: false, platformId: 'p', tries: 0 });
      expect(edit!.waitMs).toBeLessThanOrEqual(gapMs);
    });

    test('a deliverer that lost the conversation posts nothing, and of two posts the first one recorded stays', async () => {
      const id = await want('card');
      const claim = await claimDelivery(db(), here, 1000);
      expect(await notePosting(db(), id, { tries: 1, againInMs: 0, fence: claim!.fence - 1 })).toBe(false);
      expect(await next()).toMatchObject({ posting: false });
      expect(await noteSent(db(), id, { rev: 1, platformId: 'late', fence: claim!.fence - 1, editGapMs: gapMs })).toBe(
        false,
      );
      expect(await noteSentLate(db(), id, { rev: 1, platformId: 'late' })).toBe(true);
      expect(await next()).toBeNull();
      expect(await noteSent(db(), id, { rev: 1, platformId: 'second', fence: claim!.fence, editGapMs: gapMs })).toBe(
        false,
      );
      expect(await noteSentLate(db(), id, { rev: 1, platformId: 'second' })).toBe(false);
      await wantRemoval(db(), { id: randomUUID(), conversationId: here, platformId: 'second' });
      const removal = await next();
      expect(removal).toMatchObject({ platformId: 'second' });
      expect(isToBeRemoved(removal!)).toBe(true);
      expect(await messageOnPlatform(db(), here, 'second')).toBeNull();
    });

    test('what was edited late is sent again in its newest state', async () => {
      const id = await want('card');
      await deliver();
      await setDesiredState(db(), id, 'newer');
      await deliver();
      expect(await noteSentLate(db(), id, { rev: 1, platformId: `p-${id}` })).toBe(true);
      expect(await next()).toMatchObject({ desired: 'newer', sentRev: 2, desiredRev: 3 });
    });

    test('a message that follows another one’s newest state waits for that, delays nothing else, and is released with it', async () => {
      const card = await want('card');
      await deliver();
      await setDesiredState(db(), card, 'closed');
      await want({ text: 'ping', after: card });
      await want('another');
      expect(await deliver()).toBe('another');
      expect((await next())!.desired).toBe('closed');
      await pass(db(), gapMs + 1, { table: 'message', column: 'sent_at', id: card });
      expect(await deliver()).toBe('closed');
      expect(await deliver()).toEqual({ text: 'ping', after: card });
      await setDesiredState(db(), card, 'never sent');
      await want({ text: 'late', after: card });
      await endMessage(db(), card, 'gone');
      expect(await deliver()).toEqual({ text: 'late', after: card });
      await want({ text: 'of nothing', after: randomUUID() });
      expect(await deliver()).toEqual({ text: 'of nothing', after: expect.any(String) });
    });

    test('an ended message is never sent again and delays nothing', async () => {
      const id = await want('gone');
      await want('stays');
      await endMessage(db(), id, 'deleted');
      await setDesiredState(db(), id, 'gone, newer');
      expect(await deliver()).toBe('stays');
      expect(await next()).toBeNull();
    });
  });

  test('the sweep finds conversations where something is due, but no blocked ones', async () => {
    const id = await want('a');
    await want('b');
    const far = await want('c', 'elsewhere');
    expect((await whatIsDue(db(), 10)).conversationsToDeliver.sort()).toEqual([here, 'elsewhere'].sort());
    await blockConversation(db(), here);
    expect((await whatIsDue(db(), 10)).conversationsToDeliver).toEqual(['elsewhere']);
    await noteFailedSend(db(), far, { tries: 1, againInMs: 60_000 });
    expect((await whatIsDue(db(), 10)).conversationsToDeliver).toEqual([]);
    await seeConversation(db(), sampleConversation(here));
    expect((await whatIsDue(db(), 10)).conversationsToDeliver).toEqual([here]);
    expect(await messageById(db(), id)).toEqual({ conversationId: here, platformId: null, desired: 'a' });
  });

  test('whether the bot has written in a conversation, and a message that doesn’t exist', async () => {
    expect(await hasSpoken(db(), here)).toBe(false);
    await want('a');
    expect(await hasSpoken(db(), here)).toBe(true);
    expect(await hasSpoken(db(), 'elsewhere')).toBe(false);
    expect(await messageById(db(), randomUUID())).toBeNull();
  });
});
