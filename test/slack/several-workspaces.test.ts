import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkWorkspaceNames } from '../../src/compose/slack-installations.ts';
import { defaultConfig, parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { words } from '../../src/message/words.ts';
import { freePort } from '../support/free-port.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { browser } from './support/browser.ts';
import { buttonsOf, SlackChat } from './support/slack-client.ts';
import { app, signingSecret, teams, tokens, TwoWorkspaces, type Workspace } from './support/two-workspaces.ts';

const ana = '00000000-0000-0000-0000-0000000000a1';
const ben = '00000000-0000-0000-0000-0000000000b1';
const config = `
people: [{ entra: ${ana}, slack: ${teams.contoso}/U0ANAVRIES, name: Ana de Vries }]
roles: { operator: ['user:${ana}'], viewer: [everyone] }
channels: [{ id: ${teams.fabrikam}/C0GENERAL1, locale: nl }]
`;

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const { say: nl } = words({ locale: 'nl', timeZone: 'UTC', simulated: true });

let slack: TwoWorkspaces;
let bot: TestBot;
beforeAll(async () => {
  slack = await TwoWorkspaces.start();
  const port = await freePort();
  slack.bot = `http://127.0.0.1:${port}`;
  bot = await startBot({
    database: 'postgres',
    config,
    env: {
      PORT: String(port),
      HOST: '127.0.0.1',
      KLUIS_AZURE: 'simulator',
      KLUIS_PUBLIC_URL: slack.bot,
      SLACK_CLIENT_ID: app.clientId,
      SLACK_CLIENT_SECRET: app.clientSecret,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: slack.apiUrl,
      KLUIS_SLACK_WORKSPACES: `${teams.contoso},${teams.fabrikam}`,
      KLUIS_TOKEN_KEY: randomBytes(32).toString('base64'),
    },
  });
  await addMachines(bot.azure, 1);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await slack?.[Symbol.asyncDispose]();
});
beforeEach(() => {
  slack.second = teams.fabrikam;
});

const chat = (workspace: Workspace) => new SlackChat(() => slack.url(workspace), { person: 'ana', channel: 'general' });
const installed = async () => (await bot.rows('slack_installation')).map(({ team }) => team).toSorted();

/** Somebody begins an installation in this browser, and allows it: returns the URL that it comes back to. */
async function allowed(visit: ReturnType<typeof browser>, workspace: Workspace): Promise<string> {
  const begun = await visit(`${bot.url}/slack/install`);
  expect(begun.status).toBe(302);
  expect(begun.location).toMatch(/^https:\/\/slack\.com\/oauth\/v2\/authorize\?/);
  return slack.allows(workspace, begun.location);
}

/** What somebody says in the second workspace is acknowledged if its signature is valid, and that is all. */
async function expectSilence(): Promise<void> {
  await chat('fabrikam').control('installation', { state: 'live' });
  const [asked, heard] = [slack.asked.length, (await bot.rows('inbound')).length];
  expect((await chat('fabrikam').says('@Kluis backup vm-plain-01')).bot).toMatchObject({ status: 200 });
  expect(slack.asked.slice(asked).filter(({ workspace }) => workspace === 'fabrikam')).toEqual([]);
  expect(await bot.rows('inbound')).toHaveLength(heard);
}

test.each([
  ['people', '[{ entra: 00000000-0000-0000-0000-0000000000a1, slack: U0ANAVRIES }]'],
  ['channels', '[{ id: C0GENERAL1 }]'],
  ['alerts', '[{ channel: C0GENERAL1 }]'],
])('a bare Slack ID under %s stops the start: it could be in any of the workspaces', (key, text) => {
  const read = parseKluisYaml(`${key}: ${text}`, 'kluis.yaml', defaultConfig('simulator'));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  expect(() => checkWorkspaceNames(read.config)).toThrow(/kluis\.yaml names [UC]0\w+.*T012AB3CD\//);
});

test('an installation that another browser began, or nobody, is refused', async () => {
  const back = await allowed(browser(), 'contoso');
  expect((await browser()(back)).status).toBe(400);
  const forged = new URL(back);
  forged.searchParams.set('state', 'of-my-own');
  const visit = browser();
  const { location } = await visit(`${bot.url}/slack/install`);
  const manifest = parse(await readFile(join(import.meta.dirname, '../../manifest/slack/manifest.yaml'), 'utf8')) as {
    oauth_config: { scopes: { bot: string[] } };
  };
  expect(new URL(location).searchParams.get('scope')?.split(',')).toEqual(manifest.oauth_config.scopes.bot);
  expect(await visit(forged.href)).toMatchObject({ status: 400, page: expect.stringContaining('Begin again') });
  expect(await installed()).toEqual([]);
  expect(slack.asked.filter(({ method }) => method === 'oauth.v2.access')).toEqual([]);
});

test('after ten minutes an installation is over: nothing is taken from Slack, and the page says to begin again', async () => {
  const visit = browser();
  const back = await allowed(visit, 'contoso');
  await bot.database.db
    .updateTable('slack_install_state')
    .set({ expires_at: sql<Date>`now()` })
    .execute();
  expect(await visit(back)).toMatchObject({ status: 400, page: expect.stringContaining('took too long') });
  expect(await installed()).toEqual([]);
  expect(slack.asked.filter(({ method }) => method === 'oauth.v2.access')).toEqual([]);
  // Beginning again is enough, also in the browser where it took too long.
  expect(await allowed(visit, 'contoso')).not.toBe(back);
});

test('a workspace that isn’t listed is refused, and its token is revoked', async () => {
  slack.second = 'T0STRANGER';
  const visit = browser();
  const ended = await visit(await allowed(visit, 'fabrikam'));
  expect(ended).toMatchObject({ status: 403, page: expect.stringContaining('KLUIS_SLACK_WORKSPACES') });
  expect(slack.asked.at(-1)).toMatchObject({ workspace: 'fabrikam', method: 'auth.revoke' });
  expect(await installed()).toEqual([]);
  await expectSilence();
});

test('a workspace is accepted once per installation; its token is nowhere in plain text', async () => {
  const states: string[] = [];
  for (const workspace of ['contoso', 'fabrikam'] as const) {
    const visit = browser();
    const back = await allowed(visit, workspace);
    const state = new URL(back).searchParams.get('state')!;
    states.push(state);
    expect(await visit(back)).toMatchObject({
      status: 200,
      page: expect.stringContaining('Kluis is in the workspace'),
    });
    // The same URL again, from a browser that still has the cookie.
    const asked = slack.asked.length;
    const again = await fetch(back, { headers: { cookie: `kluis_slack_install=${state}` } });
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('was completed already')]);
    expect(slack.asked.slice(asked).filter(({ method }) => method === 'oauth.v2.access')).toEqual([]);
  }
  expect(await installed()).toEqual([teams.contoso, teams.fabrikam].toSorted());
  const kept = JSON.stringify([await bot.rows('slack_installation'), await bot.rows('slack_install_state'), bot.log]);
  for (const secret of [...Object.values(tokens), ...states, app.clientSecret]) expect(kept).not.toContain(secret);
});

test('the same ID in two workspaces is two people and two places, and each is answered with its own token', async () => {
  const here = chat('contoso').in((await chat('contoso').says('@Kluis backup vm-plain-01')).ts as string);
  await here.until(/vm-plain-01 is ready/);
  // Only that workspace's channel is set to Dutch.
  const there = chat('fabrikam').in((await chat('fabrikam').says('@Kluis backup vm-more-01')).ts as string);
  await there.until(nl('ready.title', { vm: 'vm-more-01' }));
  const dialogs = await bot.rows('dialog');
  expect(dialogs.map((row) => [row.conversation_id.split(':')[1], (row.opened_by as { id: string }).id])).toEqual(
    expect.arrayContaining([
      [teams.contoso, ana],
      [teams.fabrikam, `${teams.fabrikam}/U0ANAVRIES`],
    ]),
  );
  const calls = slack.asked.filter(({ method }) => /^(chat|users|reactions)\./.test(method));
  expect(new Set(calls.map(({ workspace }) => workspace))).toEqual(new Set(['contoso', 'fabrikam']));
  for (const { workspace, body } of calls)
    expect(decodeURIComponent(body)).not.toContain(workspace === 'contoso' ? 'vm-more-01' : 'vm-plain-01');
});

test('a link in one workspace says nothing about the same ID in the other', async () => {
  const there = chat('fabrikam').in((await chat('fabrikam').says('@Kluis backup vm-more-01')).ts as string);
  await there.until(nl('ready.title', { vm: 'vm-more-01' }));
  await there.presses(nl('button.protect+back-up-now'));
  await there.until(/Kluis weet niet wie je bent/);
  expect(await bot.rows('operation')).toEqual([]);
  const here = chat('contoso').in((await chat('contoso').says('@Kluis backup vm-plain-01')).ts as string);
  await here.until(/vm-plain-01 is ready/);
  await here.presses('Protect and back up now');
  await here.until(/vm-plain-01 is backed up/);
  expect(await bot.rows('operation')).toMatchObject([{ requester: { id: ana } }]);
  expect((await bot.azure.writes()).filter(({ path }) => path.includes('vm-more-01'))).toEqual([]);
});

test('who is linked in both is one person: decides nothing of their own from the other, and approves once', async () => {
  const { db } = bot.database;
  const links = [
    { team: teams.fabrikam, platform_id: 'U0ANAVRIES', entra: ana },
    { team: teams.fabrikam, platform_id: 'U0BENJANSN', entra: ben },
    { team: teams.contoso, platform_id: 'U0BENJANSN', entra: ben },
  ];
  await db.insertInto('person_link').values(links).execute();
  for (const id of [ana, ben]) bot.roles.push({ role: 'approver', to: { kind: 'user', id }, where: {} });
  const approval = { approvals: 2, withinMs: 3_600_000, startMs: 3_600_000 };
  bot.rules.push({ operation: 'protect', match: {}, verdict: { deny: false, approval } });
  const here = chat('contoso').in((await chat('contoso').says('@Kluis backup vm-more-01')).ts as string);
  await here.until(/vm-more-01 is ready/);
  await here.presses(say('button.ask-approval-to', { what: 'Protect only' }));
  await here.until('0 of 2 · until');
  const general = chat('fabrikam').as('ben');
  const there = general.in((await general.says('@Kluis backup approvals vm-more-01')).ts as string);
  await there.until(nl('button.approve'));
  await there.as('ana').presses(nl('button.approve'));
  await there.as('ana').until(say('refusal.own-request'));
  expect(await bot.rows('approval_request')).toMatchObject([{ state: 'pending', votes: [] }]);
  await there.presses(nl('button.approve'));
  await here.until('1 of 2 · until');
  await here.as('ben').presses(say('button.approve'));
  await here.as('ben').until(say('refusal.voted-already'));
  expect(await bot.rows('approval_request')).toMatchObject([{ state: 'pending', votes: [{ person: ben }] }]);
  expect(await bot.azure.writes(/vm-more-01/)).toEqual([]);
  // As the same person, the requester can also withdraw it there.
  const own = chat('fabrikam');
  await own.says('@Kluis backup requests');
  const list = await own.until(nl('button.withdraw'));
  await own.presses(buttonsOf(list).find((button) => button.includes(nl('button.withdraw')))!);
  await here.until('request withdrawn');
  await db.deleteFrom('person_link').execute();
});

test('where the app is removed its token is deleted, and nothing more is sent there; the other workspace continues', async () => {
  await chat('fabrikam').control('installation', { state: 'uninstalled' });
  expect(await installed()).toEqual([teams.contoso]);
  const here = chat('contoso').in((await chat('contoso').says('@Kluis backup status vm-plain-01')).ts as string);
  await here.until(/vm-plain-01/);
  await expectSilence();
});

test('a removal reported after the app was installed again silences nothing', async () => {
  const { db } = bot.database;
  await db
    .updateTable('slack_installation')
    .set({ installed_at: sql<Date>`now() + interval '1 hour'` })
    .execute();
  await chat('contoso').control('deliver', { kind: 'event', payload: { type: 'app_uninstalled' } });
  expect(await installed()).toEqual([teams.contoso]);
  const here = (await bot.rows('conversation')).filter(({ id }) => id.startsWith(`slack:${teams.contoso}:`));
  expect(here.filter(({ blocked }) => blocked)).toEqual([]);
});
