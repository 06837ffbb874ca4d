import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startSlackEmulator, type SlackEmulator } from '../../src/lab/slack/slack-emulator.ts';
import { words } from '../../src/message/words.ts';
import { asksAnew } from '../support/account.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { heldLine, type HeldLine } from './support/held-line.ts';
import { SlackChat, textOf, type SlackPerson } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const config = `
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, slack: U0ANAVRIES, name: Ana de Vries }
  - { entra: 00000000-0000-0000-0000-0000000000b1, slack: U0BENJANSN, name: Ben Jansen }
  - { entra: 00000000-0000-0000-0000-0000000000c1, slack: U0CHRISMEI, name: Chris Meier }
roles:
  operator: [everyone]
  approver: ['user:00000000-0000-0000-0000-0000000000b1', 'user:00000000-0000-0000-0000-0000000000c1']
rules:
  - { operation: protect, approvals: 2 }
`;
const slackApp = { SLACK_BOT_TOKEN: 'xoxb-replicas', SLACK_SIGNING_SECRET: 'hush-replicas' };

let slack: SlackEmulator;
let line: HeldLine;
let bot: TestBot;
let other: Awaited<ReturnType<TestBot['replica']>>;
/** The replicas that Slack sends events to, in turn. */
let replicas: string[];
let brought = 0;
let vms: string[];
const chat = (person: SlackPerson) => new SlackChat(() => slack.url, { person, channel: 'general' });

/** Ana asks in the channel for approval of a protection; resolves with its thread, which waits. */
async function asked(vm: string): Promise<SlackChat> {
  const said = await chat('ana').says(`@Kluis backup ${vm}`);
  const thread = chat('ana').in(said.ts!);
  await thread.until(new RegExp(`${vm} is ready`));
  await thread.presses(say('button.ask-approval-to', { what: 'Protect only' }));
  await thread.until('0 of 2 · until');
  return thread;
}

beforeAll(async () => {
  const port = await freePort();
  replicas = [`http://127.0.0.1:${port}`];
  slack = await startSlackEmulator({
    port: 0,
    botUrl: () => replicas[brought++ % replicas.length]!,
    signingSecret: slackApp.SLACK_SIGNING_SECRET,
    token: slackApp.SLACK_BOT_TOKEN,
    answerMs: 60_000,
  });
  line = await heldLine(slack.apiUrl);
  const env = {
    ...slackApp,
    PORT: `${port}`,
    HOST: '127.0.0.1',
    KLUIS_AZURE: 'simulator',
    SLACK_API_URL: line.apiUrl,
  };
  bot = await startBot({ database: 'postgres', config, env });
  other = await bot.replica();
  vms = await addMachines(bot.azure, 2);
  replicas.push(other.url);
});
afterAll(async () => {
  await other?.stop();
  await bot?.[Symbol.asyncDispose]();
  await line?.close();
  await slack?.close();
});

test('two people approve at the same time, each at both replicas: two votes, one start', async () => {
  const thread = await asked('vm-plain-01');
  const before = brought;
  await Promise.all((['ben', 'chris', 'chris', 'ben'] as const).map((person) => thread.as(person).presses('Approve')));
  expect(brought - before).toBe(4);
  await thread.until('vm-plain-01 is protected');
  const [request, ...more] = await bot.rows('approval_request');
  expect(more).toEqual([]);
  expect(request!.state).toBe('started');
  expect((request!.votes as { person: string }[]).map(({ person }) => person.slice(-2)).toSorted()).toEqual([
    'b1',
    'c1',
  ]);
  expect(await bot.rows('operation')).toHaveLength(1);
  const sent = await bot.azure.requests('PUT', /protectedItems\/[^/]*vm-plain-01\?/i);
  expect(sent.map(({ status }) => status)).toEqual([202]);
});

describe('while one process waits for Entra’s answer about an approver, what another does counts', () => {
  const ben = '00000000-0000-0000-0000-0000000000b1';
  let both: string[];
  beforeAll(() => void (both = replicas));
  afterEach(async () => {
    replicas = both;
    await bot.azure.mend();
  });
  const aboutBen = async () => (await bot.azure.requests('GET', new RegExp(`/users/${ben}`))).length;
  const votes = async () => (await bot.rows('approval_request')).at(-1)!.votes;

  /** Entra answers the first process's next question about Ben late; the other has just asked. */
  async function isHeld(): Promise<void> {
    await asksAnew(bot, ben);
    replicas = both.slice(1);
    await chat('ben').opensHome();
    await bot.azure.fault({ match: { method: 'GET', path: `/v1\\.0/users/${ben}` }, latencyMs: 4000 });
    replicas = both.slice(0, 1);
  }

  /** Presses at the first process, which then waits; what `meanwhile` does goes to the other. */
  async function presses(press: () => Promise<unknown>, meanwhile: () => Promise<unknown>): Promise<void> {
    const before = await aboutBen();
    const pressed = press();
    await eventually('the question', async () => (await aboutBen()) > before);
    replicas = both.slice(1);
    await meanwhile();
    await pressed;
  }

  test('a withdrawal: the vote that waited isn’t counted', async () => {
    const thread = await asked(vms[0]!);
    await isHeld();
    await presses(
      () => thread.as('chris').presses('Approve'),
      async () => {
        await thread.presses('Withdraw');
        await thread.until('request withdrawn');
      },
    );
    await thread.as('chris').until('This request is already withdrawn');
    expect((await bot.rows('approval_request')).at(-1)).toMatchObject({ state: 'withdrawn', votes: [] });
    await thread.until('request withdrawn');
  });

  test('the same vote: it counts once', async () => {
    const thread = await asked(vms[1]!);
    await isHeld();
    const approves = () => thread.as('chris').presses('Approve');
    await presses(approves, async () => {
      await approves();
      await thread.until('1 of 2 · until');
    });
    await thread.as('chris').until(say('refusal.voted-already'));
    expect(await votes()).toHaveLength(1);
    await thread.presses('Withdraw');
    await thread.until('request withdrawn');
  });
});

describe('of pages of one person, rendered at the same moment, the newest stays', () => {
  let both: string[];
  beforeAll(() => void (both = replicas));
  afterEach(() => void (replicas = both));
  const page = async (person: SlackPerson) => textOf((await chat(person).views()).home!);
  const opens = (person: SlackPerson) => chat(person).control('open', { as: person, tab: 'home' });
  const callsFor = async (user: string) =>
    (await chat('ana').calls('views.publish')).filter(({ request }) => request['user_id'] === user);

  test('in one process, also somebody’s first; of several that wait one is rendered', async () => {
    replicas = both.slice(0, 1);
    const thread = await asked('vm-lock-01');
    const late = line.holdsNext('views.publish');
    await opens('chris');
    await late.reached;
    await thread.presses('Withdraw');
    await thread.until('request withdrawn');
    for (let times = 0; times < 3; times += 1) await opens('chris');
    await chat('ana').opensHome();
    late.goOn();
    await chat('chris').untilHome(1);
    expect(await page('chris')).not.toContain('vm-lock-01');
    expect(await callsFor('U0CHRISMEI')).toHaveLength(2);
  });

  test('in two processes: the older is rendered once more', async () => {
    const thread = await asked('vm-lock-01');
    expect(textOf(await chat('ben').opensHome())).toContain('vm-lock-01');
    const before = (await callsFor('U0BENJANSN')).length;
    replicas = both.slice(0, 1);
    const late = line.holdsNext('views.publish');
    await opens('ben');
    await late.reached;
    replicas = both.slice(1);
    await thread.presses('Withdraw');
    await thread.until('request withdrawn');
    const shown = await chat('ben').opensHome();
    expect(textOf(shown)).not.toContain('vm-lock-01');
    const published = await chat('ben').homesPublished();
    late.goOn();
    await chat('ben').untilHome(published);
    expect(await page('ben')).not.toContain('vm-lock-01');
    const answers = (await callsFor('U0BENJANSN')).slice(before).map(({ response }) => response);
    expect(answers).toMatchObject([{ ok: true }, { ok: false, error: 'hash_conflict' }, { ok: true }]);
  });
});
