import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { ticketHash } from '../../src/bot/rights/sign-in-offer.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { browser } from './support/browser.ts';
import { SlackChat, textOf, type SeenMessage } from './support/slack-client.ts';

let bot: TestBot;
const chat = (person: 'ana' | 'admin' = 'admin') => new SlackChat(() => bot.url, { person, channel: 'general' });
const ids = { ana: '00000000-0000-0000-0000-0000000000a1', ben: '00000000-0000-0000-0000-0000000000b1' };

beforeAll(async () => {
  // None of the local people are named here, so the embedded defaults link Ana, Ben and Chris in Slack, but not Dirk.
  bot = await startBot({ database: 'postgres' });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await chat().control('reset', {});
  await bot.database.db.deleteFrom('person_link').execute();
});

/** Dirk, who isn't linked, tries to start a backup; returns the link that only he sees. */
async function refusedWithLink(vm: string): Promise<{ thread: SlackChat; link: string; told: SeenMessage }> {
  const said = await chat().says(`@Kluis backup ${vm}`);
  const thread = chat().in(said.ts as string);
  await thread.until(new RegExp(`${vm} is ready`));
  await thread.presses('Protect and back up now');
  const told = await thread.until('Sign in with Microsoft');
  const link = /https?:\/\/[^\s"|]+\/slack\/link\/[\w%-]+/.exec(JSON.stringify(told.blocks))?.[0];
  if (!link) throw new Error(`no link in ${JSON.stringify(told.blocks)}`);
  return { thread, link, told };
}

/** Signs in as this person of Entra, up to the URL that it returns to. */
async function signInAs(visit: ReturnType<typeof browser>, link: string, entra: string): Promise<string> {
  const first = await visit(link);
  expect(first.page).toContain('Dirk Visser (U0DIRKADMN)');
  const begun = await visit(link, {});
  expect(begun.status).toBe(303);
  const chosen = await visit(begun.location, { account: entra });
  return chosen.location;
}

describe('a Slack user who isn’t linked', () => {
  test('can view, can start nothing, and is privately told how to sign in', async () => {
    const { thread, told } = await refusedWithLink('vm-plain-01');
    expect(told.onlyYou).toBe(true);
    expect(await bot.rows('operation')).toEqual([]);
    await expect(thread.as('ana').until('Sign in with Microsoft', 300)).rejects.toThrow(/in vain/);
  });

  test('the thread says only that they aren’t linked yet; only they see, at once, how to change that', async () => {
    const said = await chat().says('@Kluis backup vm-plain-01');
    const thread = chat().in(said.ts as string);
    const told = await thread.around().until("can't start anything yet");
    expect(told.onlyYou).toBe(true);
    expect(JSON.stringify(told.blocks)).toContain('/slack/link/');
    const card = textOf(await thread.as('ana').until(/vm-plain-01 is ready/));
    expect(card).toContain("Dirk Visser isn't linked yet.");
    expect(card).not.toMatch(/Entra|start nothing|sign in/i);
  });

  const toldToSignIn = async () => {
    const said = await chat().said();
    return said.filter((each) => each.onlyYou && textOf(each).includes('Sign in with Microsoft')).length;
  };

  test('starts nothing by typing either: only they are told, and no thread is opened', async () => {
    await chat().says('/backup now vm-app-01');
    await eventually('the private answer', async () => (await toldToSignIn()) > 0 || null);
    const others = (await chat().as('ana').said()).map(textOf).join();
    expect(others).not.toMatch(/Entra|sign in|vm-app-01/i);
    expect(await bot.rows('operation')).toEqual([]);
  });

  test('isn’t anybody by having a linked person’s name', async () => {
    const command = {
      team_id: 'T0CONTOSO1',
      user_id: 'U0DIRKADMN',
      user_name: 'ana',
      user_profile: { real_name: 'Ana de Vries', display_name: 'ana' },
      channel_id: 'C0GENERAL1',
      command: '/backup',
      text: 'now vm-app-01',
    };
    const before = await toldToSignIn();
    await chat().control('deliver', { kind: 'slash', payload: { ...command, trigger_id: '1.1.name' } });
    await eventually('the private answer', async () => (await toldToSignIn()) > before || null);
    expect(await bot.rows('operation')).toEqual([]);
  });

  test('gets a link whose ticket is in no row: only its digest is stored', async () => {
    const { link } = await refusedWithLink('vm-plain-01');
    const ticket = link.split('/').at(-1)!;
    const tables = await bot.database.db.introspection.getTables();
    const schema = (await sql<{ name: string }>`select current_schema() as name`.execute(bot.database.db)).rows[0]!
      .name;
    const own = tables.filter((table) => table.schema === schema).map(({ name }) => name);
    expect(own).toContain('message');
    for (const name of own) {
      const { rows } = await sql`select * from ${sql.table(name)}`.execute(bot.database.db);
      expect([name, JSON.stringify(rows).includes(ticket)]).toEqual([name, false]);
    }
    expect((await bot.rows('link_ticket')).map(({ hash }) => hash)).toContain(ticketHash(ticket));
  });

  test('isn’t linked by an email address, unless that is enabled', async () => {
    const { directory } = await bot.azure.state('directory');
    const eva = { id: freeId, name: 'Eva Bakker', mail: 'admin@contoso.example' };
    await bot.azure.change({ directory: { ...directory, people: [...directory.people, eva] } });
    await refusedWithLink('vm-plain-01');
    await bot.azure.change({ directory });
  });

  test('signs in once, and is that person from then on', async () => {
    const { thread, link } = await refusedWithLink('vm-plain-01');
    const visit = browser();
    const back = await signInAs(visit, link, await freePerson());
    const done = await visit(back);
    expect([done.status, done.page]).toEqual([200, expect.stringContaining('Eva Bakker')]);
    await thread.presses('Protect and back up now');
    await thread.until(/^<@U0DIRKADMN>: (?!\/)/);
    const [operation] = await bot.rows('operation');
    expect(operation?.requester).toMatchObject({ id: freeId, platformId: 'U0DIRKADMN' });
    const audit = await bot.rows('audit');
    expect(audit.map(({ entry }) => (entry as { what: string }).what)).toContain('linked');
  });

  test('isn’t linked like another workspace’s member with the same ID, and both keep their links', async () => {
    const other = { team: 'T0FABRIKAM', platform_id: 'U0DIRKADMN', entra: await freePerson() };
    await bot.database.db.insertInto('person_link').values(other).execute();
    const { link } = await refusedWithLink('vm-cmk-01');
    const visit = browser();
    expect((await visit(await signInAs(visit, link, other.entra))).status).toBe(200);
    const teams = (await bot.rows('person_link')).map(({ team }) => team).sort();
    expect(teams).toEqual(['T0CONTOSO1', 'T0FABRIKAM']);
  });

  test('a link works once, and opening it doesn’t use it up', async () => {
    const { link } = await refusedWithLink('vm-cmk-01');
    const visit = browser();
    const back = await signInAs(visit, link, await freePerson());
    expect((await visit(back)).status).toBe(200);
    expect((await visit(link)).status).toBe(410);
    expect((await visit(link, {})).status).toBe(410);
    expect((await visit(back)).status).toBe(400);
  });

  test('a sign-in that returns in another browser, or with another state, links nobody', async () => {
    const { link } = await refusedWithLink('vm-cmk-01');
    const back = await signInAs(browser(), link, await freePerson());
    expect((await browser()(back)).status).toBe(400);
    const other = await refusedWithLink('vm-cmk-01');
    const visit = browser();
    const forged = new URL(await signInAs(visit, other.link, await freePerson()));
    forged.searchParams.set('state', 'guessed');
    expect((await visit(forged.href)).page).toContain('completed. Select the button');
    expect(await bot.rows('person_link')).toEqual([]);
  });

  test('a page of another site that posts the form can’t skip the page that says who is linked', async () => {
    const { link } = await refusedWithLink('vm-cmk-01');
    for (const origin of ['https://evil.example', 'null', new URL(bot.azure.url).origin]) {
      const posted = await browser()(link, {}, origin);
      expect([posted.status, posted.location]).toEqual([403, '']);
    }
    expect((await browser()(link, {})).status).toBe(303);
  });

  test('somebody who is already linked can’t be linked to another person', async () => {
    const { link } = await refusedWithLink('vm-cmk-01');
    const visit = browser();
    const done = await visit(await signInAs(visit, link, ids.ana));
    expect([done.status, done.page]).toEqual([400, expect.stringContaining('linked to another Slack member')]);
    expect(await bot.rows('person_link')).toEqual([]);
  });

  test('after ten minutes a link has expired', async () => {
    const { link } = await refusedWithLink('vm-cmk-01');
    await bot.database.db
      .updateTable('link_ticket')
      .set({ expires_at: new Date(Date.now() - 1) })
      .execute();
    expect((await browser()(link)).status).toBe(410);
    expect((await browser()(link, {})).status).toBe(410);
  });
});

const freeId = '00000000-0000-0000-0000-0000000000e1';

/** A person in the directory who isn't linked to anybody in Slack yet. */
async function freePerson(): Promise<string> {
  const { directory } = await bot.azure.state('directory');
  if (!directory.people.some(({ id }) => id === freeId)) {
    const people = [...directory.people, { id: freeId, name: 'Eva Bakker', mail: 'eva@contoso.example' }];
    await bot.azure.change({ directory: { ...directory, people } });
  }
  return freeId;
}
