import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf, type EndpointAnswer, type SeenView } from './support/slack-client.ts';

const config = `
roles:
  operator: [everyone]
  admin: [user:00000000-0000-0000-0000-0000000000a1]
`;
let bot: TestBot;
const ana = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(() => ana().control('reset', {}));

const right = {
  name: 'silver-30',
  kind: 'Enhanced',
  often: 'hourly-6',
  daily: '30',
  monthly: '6',
  zone: 'Europe/Berlin',
};

/** Ana asks for a new policy in a thread and has its form open. */
async function opensForm(): Promise<{ thread: SlackChat; form: SeenView }> {
  const said = await ana().says('@Kluis backup policy new');
  const thread = ana().in(said.ts as string);
  await thread.until('A new policy in rsv-prod-weu');
  return { thread, form: await thread.opensForm() };
}

const kindFields = ['name', 'kind', 'often', 'zone'];
/** Sends both forms of a policy, each with its own of these fields; the second replaces the first. */
async function submits(thread: SlackChat, all: Readonly<Record<string, string>>) {
  const split = (isFirst: boolean) =>
    Object.fromEntries(Object.entries(all).filter(([field]) => kindFields.includes(field) === isFirst));
  expect(await thread.submits(split(true))).toMatchObject({ shown: 'view' });
  return thread.submits(split(false));
}

const blockOf = (form: SeenView, id: string) =>
  form.blocks.find(({ element }) => element?.action_id.split('/')[2] === id)?.block_id as string;
const policies = (name: string) => bot.azure.requests('PUT', new RegExp(`/backupPolicies/${name}\\?`, 'i'));

test('a form with many inputs is a modal: errors are at their inputs, and once it is valid it continues in the thread', async () => {
  const { thread, form } = await opensForm();
  const card = await thread.until('A new policy in rsv-prod-weu');
  expect(card.blocks.some((block) => (block as { type: string }).type === 'input')).toBe(false);
  const wrong = await thread.submits({ name: 'x', kind: 'Standard', often: 'hourly-6' });
  expect(wrong).toMatchObject({ shown: 'errors', lost: [] });
  expect(wrong.errors).toEqual({
    [blockOf(form, 'name')]: expect.stringContaining('3 to 150'),
    [blockOf(form, 'often')]: expect.stringContaining('Only Enhanced'),
  });
  expect((await thread.until('A new policy in rsv-prod-weu')).edits).toBe(card.edits);

  expect((await thread.submits({ name: 'silver-30', kind: 'Enhanced', often: 'weekly' })).shown).toBe('view');
  const second = await thread.modal();
  const wrongToo = await thread.submits({ monthly: 'six' });
  expect(wrongToo).toMatchObject({ shown: 'errors', lost: [] });
  expect(wrongToo.errors).toEqual({
    [blockOf(second, 'days')]: expect.stringContaining('Name at least one day'),
    [blockOf(second, 'weekly')]: expect.any(String),
    [blockOf(second, 'monthly')]: expect.any(String),
  });
  // The card behind the form comes through the outbox.
  const behind = await eventually('the way back', async () =>
    (await thread.said()).map(buttonsOf).find((titles) => titles.includes('Back')),
  );
  expect(behind).toEqual(['Fill in the form', 'Back', 'Cancel']);
  await thread.presses('Back');
  await thread.opensForm();
  expect((await submits(thread, right)).shown).toBe('closed');
  expect((await thread.views()).modals).toEqual([]);
  await thread.until('Create policy silver-30 in rsv-prod-weu?');
  await thread.presses('Create this policy');
  await thread.until(/^<@U0ANAVRIES>: (?!\/)/);
  expect(await policies('silver-30')).toMatchObject([{ status: 200 }]);
});

test('a form that is sent twice creates one policy', async () => {
  const { thread } = await opensForm();
  const sent = await submits(thread, { ...right, name: 'twice-30' });
  await thread.until('Create policy twice-30 in rsv-prod-weu?');
  const before = (await bot.rows('inbound')).length;
  const again = await ana().control<{ bot: EndpointAnswer }>('redeliver', { seq: sent.bot.seq });
  expect(again.bot).toMatchObject({ status: 200, body: null });
  expect((await bot.rows('inbound')).length).toBe(before);
  const pressed = await thread.presses('Create this policy');
  await ana().control('redeliver', { seq: pressed.bot?.seq });
  await thread.until(/^<@U0ANAVRIES>: (?!\/)/);
  expect(await policies('twice-30')).toHaveLength(1);
});

test('a form of an old card changes nothing, and shows the present state', async () => {
  const { thread } = await opensForm();
  const old = await thread.modal();
  await submits(thread, { ...right, name: 'first-30' });
  await thread.until('Create policy first-30');
  const payload = {
    type: 'view_submission',
    user: { id: 'U0ANAVRIES', name: 'ana' },
    team: { id: 'T0CONTOSO1' },
    trigger_id: '1.2.other',
    view: { ...old, id: 'V0OTHER', state: { values: { any: { 'in/text/name/': { value: 'other-30' } } } } },
  };
  const answer = await ana().control<{ bot: EndpointAnswer }>('deliver', { kind: 'interaction', payload });
  expect(answer.bot.status).toBe(200);
  expect((await thread.until('out of date')).onlyYou).toBe(true);
  expect(textOf((await thread.said())[0]!)).toContain('first-30');
});

test('an empty submission: the required inputs say so, and the form stays', async () => {
  const { form } = await opensForm();
  const payload = {
    type: 'view_submission',
    user: { id: 'U0ANAVRIES', name: 'ana' },
    team: { id: 'T0CONTOSO1' },
    trigger_id: '1.2.nothing',
    view: { ...form, state: undefined },
  };
  const deliver = (view: object) =>
    ana().control<{ bot: EndpointAnswer }>('deliver', { kind: 'interaction', payload: { ...payload, view } });
  const nothing = await deliver(payload.view);
  expect(nothing.bot).toMatchObject({ status: 200, body: { response_action: 'errors' } });
  expect((nothing.bot.body as { errors: object }).errors).toHaveProperty([blockOf(form, 'name')]);
  const torn = await deliver({ ...form, id: 'V0TORN', private_metadata: '{"o":"nonsense' });
  expect(torn.bot).toMatchObject({ status: 200, body: null });
  expect((await ana().views()).modals).toHaveLength(1);
});

test('a form that Slack no longer opens: the person is told, and a second press opens it', async () => {
  const said = await ana().says('@Kluis backup policy new');
  const thread = ana().in(said.ts as string);
  await thread.until('A new policy in rsv-prod-weu');
  await ana().control('faults', { method: '^views.open$', error: 'expired_trigger_id' });
  await thread.presses('Fill in the form');
  expect((await thread.until("The form didn't open")).onlyYou).toBe(true);
  expect((await thread.views()).modals).toEqual([]);
  await thread.opensForm();
  expect(buttonsOf(await thread.until('A new policy in rsv-prod-weu'))).toContain('Fill in the form');
});
