import { describe, expect, test } from '@jest/globals';
import { cardMessage, startBench, type Bot } from './bench.ts';
import { sampleCard as card } from './sample-card.ts';

const quiet: Bot = () => undefined;
const personal = 'a:lab-ana';
const channel = '19:general@thread.tacv2';
const at = (conversation: string) => `v3/conversations/${encodeURIComponent(conversation)}`;

describe('pressing buttons', () => {
  const send = async (bench: Awaited<ReturnType<typeof startBench>>, content: object = card()) =>
    (await bench.connector('POST', `${at(personal)}/activities`, cardMessage(content))).body.id as string;
  const press = (activityId: string, action: unknown, inputs: object = {}) => ({
    as: 'ana',
    conversation: 'personal',
    activityId,
    action,
    inputs,
  });

  test('Action.Execute: the preset inputs and the given ones, and the answer card for that person only', async () => {
    const value = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'On it' }] };
    await using bench = await startBench(({ type }) =>
      type === 'invoke'
        ? { body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } }
        : undefined,
    );
    const id = await send(bench);
    const { body } = await bench.post('/_lab/press', press(id, 'protect', { reason: 'audit' }));
    expect(body).toMatchObject({ status: 200, body: { statusCode: 200, value } });
    expect(bench.received.at(-1)).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: id,
      value: {
        trigger: 'manual',
        action: {
          type: 'Action.Execute',
          verb: 'protect',
          id: 'p',
          data: { dialog: 'd1', revision: 3, vault: 'prod', reason: 'audit', sure: 'false' },
        },
      },
    });
    const seen = async () => (await bench.get('/_lab/conversations/personal?as=ana')).body.messages[0]!;
    expect(await seen()).toMatchObject({ answered: true, card: value });
    await bench.connector('PUT', `${at(personal)}/activities/${id}`, cardMessage(card('Newer')));
    expect(await seen()).toMatchObject({ answered: false, card: { body: [{ text: 'Newer' }, {}, {}, {}] } });
  });

  test('an answer card in the channel is for the person who pressed', async () => {
    const value = { type: 'AdaptiveCard', version: '1.5', body: [] };
    await using bench = await startBench(({ type }) =>
      type === 'invoke'
        ? { body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } }
        : undefined,
    );
    const said = (await bench.post('/_lab/say', { as: 'ana', conversation: channel, text: 'backup x' })).body;
    const sent = await bench.connector('POST', `${at(said.conversation)}/activities`, cardMessage(card()));
    await bench.post('/_lab/press', { ...press(sent.body.id, 'Protect'), as: 'ben', conversation: said.conversation });
    const seenBy = async (who: string) =>
      (await bench.get(`/_lab/conversations/${encodeURIComponent(said.conversation)}?as=${who}`)).body.messages[1];
    expect(await seenBy('ben')).toMatchObject({ answered: true });
    expect(await seenBy('ana')).toMatchObject({ answered: false });
  });

  test.each([
    [
      { body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Not yours' } },
      'message',
      'Not yours',
    ],
    [
      { body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'x', message: 'Old card' } } },
      'error',
      'Old card',
    ],
    [{ body: {} }, 'error', 'The answer to this button is none that Teams understands.'],
    [{ status: 501 }, 'error', 'The bot answered with HTTP status 501.'],
  ])('the answer %j is shown under the card', async (answer, kind, text) => {
    await using bench = await startBench(({ type }) => (type === 'invoke' ? answer : undefined));
    const id = await send(bench);
    await bench.post('/_lab/press', press(id, 'protect'));
    const seen = (await bench.get('/_lab/conversations/personal?as=ana')).body.messages[0]!;
    expect(seen.note).toEqual({ kind, text });
    expect(seen.card.body[0]?.text).toBe('Ready');
  });

  test('Action.Submit: a message with a value and no text', async () => {
    await using bench = await startBench(quiet);
    const id = await send(bench);
    await bench.post('/_lab/press', press(id, 'Old way', { vault: 'rsv-test-weu', sure: true }));
    const activity = bench.received.at(-1);
    expect(activity).toMatchObject({
      type: 'message',
      replyToId: id,
      value: { via: 'submit', vault: 'test', sure: 'true' },
    });
    expect(activity).not.toHaveProperty('text');
    expect((await bench.get('/_lab/conversations/personal?as=ana')).body.messages).toHaveLength(1);
  });

  test('a button in a ShowCard sends the inputs around it too; associatedInputs none sends none', async () => {
    const inner = {
      type: 'AdaptiveCard',
      body: [{ type: 'Input.Text', id: 'inner', isRequired: true }],
      actions: [{ type: 'Action.Execute', title: 'Deep', verb: 'deep' }],
    };
    await using bench = await startBench(quiet);
    const id = await send(bench, card('x', [{ type: 'Action.ShowCard', title: 'More', card: inner }]));
    await bench.post('/_lab/press', press(id, 'deep', { inner: 'yes' }));
    const data = () => (bench.received.at(-1)!.value as { action: { data: unknown } }).action.data;
    expect(data()).toEqual({ vault: 'prod', sure: 'false', inner: 'yes' });
    await bench.post('/_lab/press', press(id, 'bare'));
    expect(data()).toEqual({});
    expect((await bench.post('/_lab/press', press(id, 'deep'))).body.error.code).toBe('InputInvalid');
  });

  test.each([
    ['nothing', {}, 'NoSuchAction'],
    ['Azure', {}, 'NotSent'],
    ['protect', { vault: 'elsewhere' }, 'InputInvalid'],
    ['protect', { unknown: 'x' }, 'InputInvalid'],
  ])('a person cannot press %s with %j', async (action, inputs, code) => {
    await using bench = await startBench(quiet);
    const id = await send(bench);
    const answer = await bench.post('/_lab/press', press(id, action, inputs));
    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
    expect(bench.received.filter(({ type }) => type === 'invoke')).toEqual([]);
  });

  test('one of several buttons with the same name is pressed by its position', async () => {
    await using bench = await startBench(quiet);
    const choose = (vm: string) => ({ type: 'Action.Execute', title: 'Choose', verb: 'choose', data: { vm } });
    const id = await send(bench, card('Which one?', [choose('rg-app'), choose('rg-web')]));
    expect((await bench.post('/_lab/press', press(id, 'Choose'))).body.error.code).toBe('SeveralActions');
    await bench.post('/_lab/press', { ...press(id, 'choose'), nth: 2 });
    expect(bench.received.at(-1)?.value).toMatchObject({ action: { data: { vm: 'rg-web' } } });
    expect((await bench.post('/_lab/press', { ...press(id, 'choose'), nth: 3 })).body.error.code).toBe('NoSuchAction');
  });

  test('a whole action is sent as it is, whatever the card offers', async () => {
    await using bench = await startBench(quiet);
    const id = await send(bench);
    const forged = { type: 'Action.Execute', verb: 'protect', data: { vault: 'forged' } };
    await bench.post('/_lab/press', press(id, forged));
    expect(bench.received.at(-1)?.value).toEqual({ action: forged, trigger: 'manual' });
  });

  test('typing into a pick-list asks the bot and shows at most 15 results', async () => {
    const results = Array.from({ length: 20 }, (_, index) => ({ title: `vm-${index}`, value: `${index}` }));
    await using bench = await startBench(({ name }) =>
      name === 'application/search'
        ? { body: { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } } }
        : undefined,
    );
    const id = await send(bench);
    const asked = { as: 'ana', conversation: 'personal', activityId: id, dataset: 'vms', queryText: 'vm' };
    expect((await bench.post('/_lab/search', asked)).body.results).toHaveLength(15);
    expect(bench.received.at(-1)?.value).toEqual({
      kind: 'search',
      queryText: 'vm',
      queryOptions: { skip: 0, top: 15 },
      dataset: 'vms',
    });
  });
});
