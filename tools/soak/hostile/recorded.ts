/** What both platforms really send: a scene is played at the local chats, and everything that it sends is recorded. */
import { setTimeout as pause } from 'node:timers/promises';
import { actionsOf } from '../../../src/lab/teams/card-actions.ts';
import { people } from '../../../src/lab/people.ts';
import { inputsOf, valuesOf } from '../../../src/lab/slack/payload/input-state.ts';
import { firstUsers, slackTeam } from '../../../src/lab/slack/workspace.ts';
import { call } from '../../demo/call.ts';

/** An object of JSON. */
export type Fields = { [key: string]: unknown };

/** A request as a platform makes it. `mayStart`: it can start a write for people with the permission. */
export type Recorded = {
  readonly platform: 'teams' | 'slack';
  readonly kind: 'json' | 'interaction' | 'slash';
  readonly body: Fields;
  readonly mayStart: boolean;
};

const texts = [
  'backup vm-sql-01',
  'backup vm-sql-1',
  'backup vm-plain-01 vm-app-01 vm-nope',
  'backup now vm-cmk-01',
  'backup cancel vm-sql-01',
  'backup policy new',
  'backup status',
  'backup unprotected',
  'backup jobs',
  'backup help',
  'hello',
];
const settlesWithinMs = 15_000;

/** Plays the scene as Ana at the product with this URL. */
export async function record(url: string): Promise<readonly Recorded[]> {
  return (await Promise.all([recordTeams(`${url}/_lab`), recordSlack(`${url}/_slack`)])).flat();
}

type LabMessage = { readonly id: string; readonly conversation: string; readonly card?: Fields; readonly from: Fields };

async function recordTeams(lab: string): Promise<Recorded[]> {
  const before = (await toldFrom(`${lab}/activities`)).at(-1)?.seq ?? 0;
  const saying = texts.map(async (text, n) => {
    const conversation = n % 3 === 0 ? 'a:lab-ana' : 'general';
    const said = (await call(`${lab}/say`, { as: 'ana', conversation, text })) as { conversation: string };
    const look = async () => {
      const path = `conversations/${encodeURIComponent(said.conversation)}?as=ana&history=none`;
      const { messages } = (await call(`${lab}/${path}`)) as { messages: LabMessage[] };
      return messages.findLast(({ from, card }) => from['person'] === null && card);
    };
    const message = await settled(look, ({ card }) => card?.['fallbackText']);
    return message ? clicksOn(message, said.conversation) : [];
  });
  const clicks = (await Promise.all(saying)).flat();
  const told = (await toldFrom(`${lab}/activities`, before)).map(({ request }) => request);
  const frame = told.findLast(({ type }) => type === 'message') ?? {};
  return [
    ...told.map((body): Recorded => ({ platform: 'teams', kind: 'json', body, mayStart: begins(body['text']) })),
    ...clicks.map((click) => ({ ...click, body: { ...framed(frame), ...click.body } })),
  ];
}

type Told = { readonly seq: number; readonly direction: string; readonly request: Fields };

/** What was sent to the bot after this one, as in a local chat's log. */
async function toldFrom(log: string, after = 0): Promise<readonly Told[]> {
  const { activities, requests } = (await call(log)) as { activities?: Told[]; requests?: Told[] };
  return (activities ?? requests ?? []).filter(({ seq, direction }) => direction === 'to-bot' && seq > after);
}

/** The fields of any activity of Ana's. */
function framed({ text: _, attachments: _a, textFormat: _f, ...frame }: Fields): Fields {
  return frame;
}

function clicksOn({ id, card }: LabMessage, place: string): Recorded[] {
  const conversation = { conversationType: place.startsWith('a:') ? 'personal' : 'channel', tenantId, id: place };
  const made = (body: Fields, mayStart: boolean): Recorded => ({
    platform: 'teams',
    kind: 'json',
    body: { conversation, replyToId: id, ...body },
    mayStart,
  });
  return actionsOf(card).flatMap(({ action, inputs }) => {
    if (action.type !== 'Action.Execute') return [];
    const filled = Object.fromEntries(inputs.map((input) => [String(input['id']), input['value'] ?? '']));
    const data = { ...(action['data'] as Fields | undefined), ...filled };
    const execute = { type: action.type, verb: action['verb'], title: action['title'], data };
    const mayStart = action['verb'] === 'submit' || JSON.stringify(data).includes('backup now');
    const searches = inputs.flatMap((input) => {
      const dataset = (input['choices.data'] as Fields | undefined)?.['dataset'];
      const value = { queryText: 'vm', queryOptions: { skip: 0, top: 15 }, dataset };
      return dataset ? [made({ type: 'invoke', name: 'application/search', value }, false)] : [];
    });
    return [
      made({ type: 'invoke', name: 'adaptiveCard/action', value: { action: execute, trigger: 'manual' } }, mayStart),
      made({ type: 'message', value: { verb: action['verb'], ...data } }, mayStart),
      ...searches,
    ];
  });
}

const tenantId = '00000000-0000-0000-0000-0000007e4a47';

type SlackMessage = { readonly ts: string; readonly from: string; readonly text: string; readonly blocks: Fields[] };

async function recordSlack(slack: string): Promise<Recorded[]> {
  const before = (await toldFrom(`${slack}/requests`)).at(-1)?.seq ?? 0;
  const saying = texts.map(async (text) => {
    const body = { as: 'ana', channel: 'general', text: `@Kluis ${text}` };
    const { ts } = (await call(`${slack}/say`, body)) as { ts: string };
    const look = async () => {
      const query = new URLSearchParams({ as: 'ana', channel: 'general', thread: ts });
      const { messages } = (await call(`${slack}/messages?${query}`)) as { messages: SlackMessage[] };
      return messages.findLast(({ from }) => from === 'bot');
    };
    const message = await settled(look, ({ text: shown }) => shown);
    return message ? pressesOn(message, ts) : [];
  });
  const made = (await Promise.all(saying)).flat();
  await call(`${slack}/say`, { as: 'ana', channel: 'general', text: '/backup vm-sql-01' });
  await call(`${slack}/say`, { as: 'ana', channel: 'dm', text: 'backup vaults' });
  await call(`${slack}/open`, { as: 'ana', tab: 'home' });
  made.push(...(await formsOf(slack)));
  const told = (await toldFrom(`${slack}/requests`, before)).map(({ request }) => request);
  return [
    ...told.map((body): Recorded => ({ platform: 'slack', kind: kindOf(body), body, mayStart: isStart(body) })),
    ...made,
  ];
}

function kindOf(body: Fields): Recorded['kind'] {
  if ('command' in body) return 'slash';
  return body['type'] === 'event_callback' ? 'json' : 'interaction';
}

function isStart(body: Fields): boolean {
  const { event, text } = body as { event?: Fields; text?: unknown };
  return body['type'] === 'view_submission' || begins(text) || begins(event?.['text']);
}

const ana = firstUsers().ana;
const asAna: Fields = {
  user: { id: ana.id, username: ana.name, name: ana.name, team_id: slackTeam.id },
  team: { id: slackTeam.id, domain: slackTeam.domain },
  enterprise: null,
  is_enterprise_install: false,
  trigger_id: '1.2.3',
};

function pressesOn({ ts, blocks }: SlackMessage, thread: string): Recorded[] {
  const channel = { id: 'C0GENERAL1', name: 'general' };
  const place = {
    ...asAna,
    channel,
    container: { type: 'message', message_ts: ts, channel_id: channel.id, is_ephemeral: false, thread_ts: thread },
    message: { ts, thread_ts: thread },
  };
  const state = { values: valuesOf(blocks, {}) };
  const press = (block: Fields, element: Fields): Recorded => {
    const action = { ...element, block_id: block['block_id'], action_ts: '1.000001' };
    const body = { type: 'block_actions', ...place, state, actions: [action] };
    const mayStart = /submit|backup now/.test(String(element['value']));
    return { platform: 'slack', kind: 'interaction', body, mayStart };
  };
  const buttons = blocks.flatMap((block) =>
    [block['accessory'], ...((block['elements'] as Fields[] | undefined) ?? [])]
      .filter((element): element is Fields => (element as Fields | undefined)?.['type'] === 'button')
      .map((element) => press(block, element)),
  );
  const lists = inputsOf(blocks).map(({ actionId, blockId }): Recorded => {
    const body = { type: 'block_suggestion', ...place, action_id: actionId, block_id: blockId, value: 'vm' };
    return { platform: 'slack', kind: 'interaction', body, mayStart: false };
  });
  return [...buttons, ...lists];
}

/** The form of a new policy, as it is sent when filled in. */
async function formsOf(slack: string): Promise<Recorded[]> {
  const { ts } = (await call(`${slack}/say`, { as: 'ana', channel: 'general', text: '@Kluis backup policy new' })) as {
    ts: string;
  };
  const query = new URLSearchParams({ as: 'ana', channel: 'general', thread: ts });
  const look = async () => {
    const { messages } = (await call(`${slack}/messages?${query}`)) as { messages: SlackMessage[] };
    return messages.findLast(({ from, blocks }) => from === 'bot' && JSON.stringify(blocks).includes('Fill in'));
  };
  const card = await settled(look, ({ text }) => text);
  if (!card) return [];
  const where = { as: 'ana', channel: 'general', ts: card.ts };
  await call(`${slack}/press`, { ...where, action: 'Fill in the form' });
  type Views = { modals: (Fields & { blocks: Fields[] })[] };
  const modal = async () => ((await call(`${slack}/views?as=ana`)) as Views).modals.at(-1);
  const view = await settled(modal, () => '');
  if (!view) return [];
  const sent = { ...view, callback_id: view['callback_id'] ?? 'form', state: { values: valuesOf(view.blocks, {}) } };
  return [
    { platform: 'slack', kind: 'interaction', body: { type: 'view_submission', ...asAna, view: sent }, mayStart: true },
  ];
}

function begins(text: unknown): boolean {
  return typeof text === 'string' && /\bnow\b/.test(text);
}

/** The result once nothing is running any more, or as it is when the time is up. */
async function settled<T>(look: () => Promise<T | undefined>, words: (seen: T) => unknown): Promise<T | null> {
  const end = performance.now() + settlesWithinMs;
  for (;;) {
    const seen = await look();
    if (seen && !String(words(seen)).startsWith('⏳')) return seen;
    if (performance.now() > end) return seen ?? null;
    await pause(100);
  }
}

/** The IDs by which both platforms know Ana, who can start writes, and Chris, who can only view. */
export const idsOf = {
  ana: [people.ana.aadObjectId, people.ana.id, ana.id],
  chris: [people.chris.aadObjectId, people.chris.id, firstUsers().chris.id],
} as const;
