import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RoleGrant } from '../../src/people/roles.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { browser } from './support/browser.ts';
import { actionOf, buttonsOf, SlackChat, textOf, type SeenMessage } from './support/slack-client.ts';

/** Who can view here: a group that Eva is in. Dirk isn't linked to anybody. */
const readers = '00000000-0000-0000-0000-00000000d0d1';
const eva = { id: '00000000-0000-0000-0000-0000000000e1', name: 'Eva Bakker', mail: 'eva@contoso.example' };
const config = `
roles:
  viewer: ['group:${readers}']
  operator: ['user:00000000-0000-0000-0000-0000000000a1']
`;
const toEveryone: RoleGrant = { role: 'viewer', to: { kind: 'everyone' }, where: {} };

let bot: TestBot;
const ana = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
const dirk = (channel: 'general' | 'dm' = 'general') => new SlackChat(() => bot.url, { person: 'admin', channel });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 300, forget: 300 } });
  const { directory } = await bot.azure.state('directory');
  const group = { id: readers, name: 'readers', members: [eva.id] };
  const [people, groups] = [
    [...directory.people, eva],
    [...directory.groups, group],
  ];
  await bot.azure.change({ directory: { ...directory, people, groups } });
  await eventually('the jobs of the vaults', async () =>
    (await bot.rows('job')).some(({ vm_name }) => vm_name === 'vm-hr-02'),
  );
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await ana().control('reset', {});
  await bot.database.db.deleteFrom('person_link').execute();
});

type Suggested = { options: { text: { text: string } }[] };

/** What Dirk is offered when he types into a list. */
async function offered(at: object, action: string): Promise<string[]> {
  const { options } = await dirk().control<Suggested>('suggest', { as: 'admin', ...at, action, value: '' });
  return options.map(({ text }) => text.text);
}

/** What Kluis says in a thread and in the channel around it. */
const beside = async (chat: SlackChat) => [...(await chat.said()), ...(chat.thread ? await chat.around().said() : [])];

/** Waits until Dirk alone is told how to sign in, by a message that wasn't there before. */
async function toldToSignIn(chat: SlackChat, before: readonly SeenMessage[] = []): Promise<string> {
  const isNew = ({ ts }: SeenMessage) => !before.some((one) => one.ts === ts);
  const told = await eventually('how to sign in', async () =>
    (await beside(chat)).filter(isNew).find((one) => textOf(one).includes('Sign in with Microsoft')),
  );
  if (chat.channel === 'general') expect(told.onlyYou).toBe(true);
  expect(textOf(told)).toContain("Kluis doesn't know who you are in Microsoft Entra ID.");
  const [link] = /https?:\/\/[^\s"|]+\/slack\/link\/[\w%-]+/.exec(JSON.stringify(told.blocks))!;
  return link;
}

/** A card of Ana's, in a thread where Dirk reads it. */
async function cardOfAna(text: string, shown: RegExp): Promise<{ thread: SlackChat; card: SeenMessage }> {
  const said = await ana().says(`@Kluis ${text}`);
  const thread = dirk().in(said.ts as string);
  return { thread, card: await thread.until(shown) };
}

const vmCard = () => cardOfAna('backup vm-sql-01', /vm-sql-01 is ready/);

async function asks(text: string): Promise<SlackChat> {
  const said = await dirk().says(`@Kluis ${text}`);
  return dirk().in(said.ts as string);
}

const vmNames = /vm-\w|rsv-/;

async function seesNothing(): Promise<void> {
  const dialogs = await dialogsOfDirk();
  const thread = await asks('backup protected');
  await toldToSignIn(thread);
  expect((await thread.said()).map(textOf).join()).not.toMatch(vmNames);
  const { card } = await vmCard();
  expect(await offered({ channel: 'general', ts: card.ts }, actionOf(card.blocks, 'vault'))).toEqual([]);
  await pressesInVain(await vmCard(), ['Cancel']);
  await pressesInVain(await cardOfAna('backup protected', /vm-app-01/), ['Refresh', 'Show fix: vm-hr-01']);
  const home = await dirk().opensHome();
  expect(JSON.stringify(home.blocks)).not.toMatch(vmNames);
  expect(buttonsOf(home)).toEqual(['Sign in with Microsoft']);
  await dirk().pressesAtHome('Sign in with Microsoft');
  await toldToSignIn(dirk('dm'));
  expect((await dirk('dm').said()).map(textOf).join()).not.toMatch(vmNames);
  expect(await dialogsOfDirk()).toBe(dialogs);
}

/** The card stays as it is, and Dirk alone is told why. */
async function pressesInVain({ thread, card }: Awaited<ReturnType<typeof vmCard>>, buttons: string[]): Promise<void> {
  for (const button of buttons) {
    const before = await beside(thread);
    await thread.presses(button);
    await toldToSignIn(thread, before);
  }
  const now = await thread.said();
  expect(
    now
      .filter(({ ts }) => ts !== card.ts)
      .map(textOf)
      .join(),
  ).not.toMatch(vmNames);
  expect(now.find(({ ts }) => ts === card.ts)!.blocks).toEqual(card.blocks);
}

async function dialogsOfDirk(): Promise<number> {
  const all = await bot.rows('dialog');
  return all.filter(({ opened_by }) => JSON.stringify(opened_by).includes('U0DIRKADMN')).length;
}

async function sees(): Promise<void> {
  await (await asks('backup protected')).until(/vm-app-01/);
  const { card } = await vmCard();
  expect(await offered({ channel: 'general', ts: card.ts }, actionOf(card.blocks, 'vault'))).not.toEqual([]);
  expect(textOf(await dirk().opensHome())).toMatch(/vm-hr-01/);
}

describe('where not everyone can view, a Slack member who isn’t linked', () => {
  test('sees nothing and is told privately how to sign in; once signed in, they see what their role allows', async () => {
    await seesNothing();
    const link = await toldToSignIn(await asks('backup status'));
    const visit = browser();
    await visit(link);
    const chosen = await visit((await visit(link, {})).location, { account: eva.id });
    expect((await visit(chosen.location)).page).toContain('Eva Bakker');
    await sees();
  });

  test('sees nothing as a guest of the workspace either, even where everyone can view', async () => {
    await ana().control('person', { as: 'admin', isGuest: true });
    await bot.restart(); // profiles are cached
    await seesNothing();
    bot.roles.push(toEveryone);
    await seesNothing();
    bot.roles.pop();
    await ana().control('person', { as: 'admin', isGuest: false });
    await bot.restart();
  });

  test('loses what they saw on Home with the role that everyone had', async () => {
    bot.roles.push(toEveryone);
    await sees();
    const action = actionOf((await dirk().views()).home!.blocks, 'vm');
    expect(await offered({ view: 'home' }, action)).not.toEqual([]);
    bot.roles.pop();
    expect(await offered({ view: 'home' }, action)).toEqual([]);
    const published = await dirk().homesPublished();
    await dirk().pressesAtHome('Overview');
    await toldToSignIn(dirk('dm'));
    expect(JSON.stringify((await dirk().untilHome(published)).blocks)).not.toMatch(vmNames);
    await seesNothing();
  });

  test('sees nothing where everyone has a role only for some VMs', async () => {
    bot.roles.push({ ...toEveryone, where: { resourceGroup: 'rg-app' } });
    await seesNothing();
    bot.roles.pop();
  });

  test('gets no more alerts in their own chat, and reads how to sign in', async () => {
    await dirk('dm').says('backup status');
    await toldToSignIn(dirk('dm'));
    const { id } = (await bot.rows('conversation')).find((one) => JSON.stringify(one.address).includes('D0DIRKADMN'))!;
    const by = { id: 'T0CONTOSO1/U0DIRKADMN', name: 'Dirk Visser', platformId: 'U0DIRKADMN', unlinked: true };
    const scope = JSON.stringify([{}]);
    const watch = { conversation_id: id, scope, watched_by: JSON.stringify(by) };
    await bot.database.db.insertInto('alert_watch').values(watch).execute();
    const told = await dirk('dm').until('Backup alerts are no longer posted here');
    expect(buttonsOf(told)).toEqual(['Sign in with Microsoft']);
    expect(await bot.rows('alert_watch')).toEqual([]);
  });
});
