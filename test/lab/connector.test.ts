import { describe, expect, test } from '@jest/globals';
import { cardMessage, startBench, type Bot } from './bench.ts';
import { sampleCard as card } from './sample-card.ts';

const quiet: Bot = () => undefined;
const personal = 'a:lab-ana';
const channel = '19:general@thread.tacv2';
const at = (conversation: string) => `v3/conversations/${encodeURIComponent(conversation)}`;

describe('the connector', () => {
  test('a message is sent, edited and deleted, and people see it change', async () => {
    await using bench = await startBench(quiet);
    const sent = await bench.connector('POST', `${at(personal)}/activities`, { type: 'message', text: 'Looking…' });
    expect(sent.status).toBe(201);
    const path = `${at(personal)}/activities/${sent.body.id}`;
    const edited = await bench.connector('PUT', path, cardMessage(card()));
    expect([edited.status, edited.body]).toEqual([200, { id: sent.body.id }]);
    const seen = (await bench.get('/_lab/conversations/personal?as=ana')).body.messages[0]!;
    expect(seen).toMatchObject({
      revision: 2,
      from: { id: '28:kluis' },
      card: { body: [{ text: 'Ready' }, {}, {}, {}] },
    });
    expect(seen.edited).toEqual(expect.any(String));
    expect(seen.revisions.map(({ text }) => text)).toEqual(['Looking…', '']);
    expect((await bench.connector('DELETE', path)).status).toBe(200);
    const gone = await bench.connector('PUT', path, { type: 'message', text: 'late' });
    expect([gone.status, gone.body.error.code]).toEqual([404, 'ActivityNotFoundInConversation']);
    expect((await bench.get('/_lab/conversations/personal?as=ana')).body.messages[0]!.deleted).toEqual(
      expect.any(String),
    );
  });

  test('a new thread and a personal chat can be created; a reply to the bare channel goes into the thread', async () => {
    await using bench = await startBench(quiet);
    const made = await bench.connector('POST', 'v3/conversations', {
      isGroup: true,
      channelData: { channel: { id: channel } },
      activity: { type: 'message', text: 'Backup failed' },
    });
    expect(made).toMatchObject({ status: 201, body: { id: `${channel};messageid=${made.body.activityId}` } });
    await bench.connector('POST', `${at(made.body.id)}/activities`, { type: 'message', text: 'in the thread' });
    await bench.connector('POST', `${at(channel)}/activities/${made.body.activityId}`, {
      type: 'message',
      text: 'reply',
    });
    const view = await bench.get(`/_lab/conversations/${encodeURIComponent(made.body.id)}?as=ana`);
    expect(view.body.messages).toHaveLength(3);
    const chat = await bench.connector('POST', 'v3/conversations', {
      members: [{ id: '00000000-0000-0000-0000-0000000000B1' }],
      tenantId: '00000000-0000-0000-0000-0000007e4a47',
    });
    expect(chat.body.id).toBe('a:lab-ben');
  });

  test.each([
    ['POST', `${at('19:nowhere@thread.tacv2')}/activities`, { text: 'x' }, 404, 'ConversationNotFound'],
    ['POST', `${at(`${channel};messageid=77`)}/activities`, { text: 'x' }, 404, 'ConversationNotFound'],
    ['POST', `${at(personal)}/activities`, {}, 400, 'BadSyntax'],
    ['POST', `${at(personal)}/activities`, { attachments: 'x' }, 400, 'BadArgument'],
    ['POST', `${at(personal)}/activities`, { text: 'x'.repeat(60_000) }, 413, 'MessageSizeTooBig'],
    ['POST', `${at(personal)}/activities?isTargetedActivity=true`, { text: 'x' }, 400, 'BadArgument'],
    [
      'POST',
      `${at(personal)}/activities?isTargetedActivity=true`,
      { text: 'x', recipient: { id: '29:ben' } },
      404,
      'BotNotInConversationRoster',
    ],
    ['PUT', `${at(personal)}/activities/1`, { text: 'x' }, 404, 'ActivityNotFoundInConversation'],
    ['DELETE', `${at(personal)}/activities/1`, undefined, 404, 'ActivityNotFoundInConversation'],
    ['GET', `${at('nowhere')}/members`, undefined, 404, 'ConversationNotFound'],
    ['GET', `${at(personal)}/members/29:ben`, undefined, 404, 'MemberNotFoundInConversation'],
    ['POST', 'v3/conversations', { members: [] }, 400, 'BadArgument'],
  ])('%s %s is refused', async (...row) => {
    const [method, path, body, status, code] = row;
    await using bench = await startBench(quiet);
    const answer = await bench.connector(method, path, body);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  test("other people's messages cannot be changed by the bot", async () => {
    await using bench = await startBench(quiet);
    const said = await bench.post('/_lab/say', { as: 'ana', conversation: 'personal', text: 'mine' });
    const answer = await bench.connector('PUT', `${at(personal)}/activities/${said.body.activityId}`, { text: 'x' });
    expect(answer.status).toBe(403);
  });

  test('members, as a list, page by page and one by one', async () => {
    await using bench = await startBench(quiet);
    const all = await bench.connector('GET', `${at(channel)}/members`);
    expect((all.body as unknown as { id: string }[]).map((each) => each.id)).toEqual(['29:ana', '29:ben', '29:chris']);
    const page = await bench.connector('GET', `${at(channel)}/pagedmembers?pageSize=2`);
    expect([page.body.members.length, page.body.continuationToken]).toEqual([2, '2']);
    const rest = await bench.connector('GET', `${at(channel)}/pagedmembers?pageSize=2&continuationToken=2`);
    expect([rest.body.members[0]?.name, rest.body.continuationToken]).toEqual(['Chris Meier', undefined]);
    const one = await bench.connector('GET', `${at(personal)}/members/00000000-0000-0000-0000-0000000000a1`);
    expect(one.body).toMatchObject({ id: '29:ana', email: 'ana@contoso.example', userRole: 'user' });
  });

  test('a targeted message is seen by its recipient, and can be changed for a day', async () => {
    let now = new Date('2026-11-24T02:15:00Z');
    await using bench = await startBench(quiet, { now: () => now });
    const root = (await bench.post('/_lab/say', { as: 'ana', conversation: channel, text: 'backup x' })).body;
    const path = `${at(root.conversation)}/activities`;
    const sent = await bench.connector('POST', `${path}?isTargetedActivity=true`, {
      text: 'only you',
      recipient: { id: '29:ben' },
    });
    const seenBy = async (who: string) =>
      (await bench.get(`/_lab/conversations/${encodeURIComponent(root.conversation)}?as=${who}`)).body.messages.length;
    expect([await seenBy('ana'), await seenBy('ben')]).toEqual([1, 2]);
    const change = () => bench.connector('PUT', `${path}/${sent.body.id}?isTargetedActivity=true`, { text: 'changed' });
    expect((await change()).status).toBe(200);
    now = new Date('2026-11-25T03:00:00Z');
    expect((await change()).status).toBe(404);
    expect(await seenBy('ben')).toBe(1);
  });
});

describe('faults', () => {
  test('a fault is shown the given number of times, with Retry-After', async () => {
    await using bench = await startBench(quiet);
    const path = `${at(personal)}/activities`;
    await bench.post('/_lab/faults', {
      method: 'POST',
      path: `${personal}/activities$`,
      status: 429,
      times: 2,
      retryAfter: 7,
    });
    const first = await bench.connector('POST', path, { text: 'x' });
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await bench.connector('POST', path, { text: 'x' })).status).toBe(429);
    expect((await bench.connector('POST', path, { text: 'x' })).status).toBe(201);
    expect((await bench.get('/_lab/conversations/personal?as=ana')).body.messages).toHaveLength(1);
  });

  test('a lost answer: the message is there, the bot does not know', async () => {
    await using bench = await startBench(quiet);
    await bench.post('/_lab/faults', { status: 502, applied: true });
    await bench.post('/_lab/faults', { status: 0 });
    const path = `${at(personal)}/activities`;
    expect((await bench.connector('POST', path, { text: 'one' })).status).toBe(502);
    await expect(bench.connector('POST', path, { text: 'two' })).rejects.toThrow();
    const { body } = await bench.get('/_lab/conversations/personal?as=ana');
    expect(body.messages.map(({ text }) => text)).toEqual(['one']);
    const log = (await bench.get('/_lab/activities')).body.activities;
    expect(log.map(({ status, fault }) => [status, fault])).toEqual([
      [502, true],
      [0, true],
    ]);
  });

  test('a malformed fault is refused', async () => {
    await using bench = await startBench(quiet);
    expect((await bench.post('/_lab/faults', { path: '(', status: 500 })).status).toBe(400);
    expect((await bench.post('/_lab/faults', { status: 200 })).status).toBe(400);
  });
});
