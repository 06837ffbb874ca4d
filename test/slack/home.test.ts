import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { backupOf, failure } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { actionOf, buttonsOf, SlackChat, textOf, type SlackPerson } from './support/slack-client.ts';

let bot: TestBot;
const general = (person: SlackPerson = 'ana') => new SlackChat(() => bot.url, { person, channel: 'general' });
const direct = (person: SlackPerson = 'ana') => new SlackChat(() => bot.url, { person, channel: 'dm' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', leases: { sweep: 300 } });
  // People are cached for a while, so this comes before anything else.
  await general().control('person', { as: 'chris', locale: 'nl-NL' });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Ana says this in the channel: the thread below it. */
async function asks(text: string): Promise<SlackChat> {
  const said = await general().says(`@Kluis ${text}`);
  return general().in(said.ts as string);
}

/** What a page says below one of its headings. */
function below(heading: string, page: string): string {
  const from = page.indexOf(heading);
  if (from < 0) throw new Error(`no ${heading} in ${page}`);
  const all = ['Failed in the last 24 hours', 'Running', 'Your requests in the last 24 hours'];
  const ends = all.map((each) => page.indexOf(each, from + 1)).filter((at) => at > from);
  return page.slice(from + heading.length, ends.length > 0 ? Math.min(...ends) : undefined);
}

describe('the app’s own page', () => {
  test('its title is the verdict; empty sections are left out; it says how to begin', async () => {
    await eventually('every vault was read', async () => {
      const polls = await bot.rows('vault_poll');
      return polls.length === 3 && polls.every(({ polled_at }) => polled_at !== null);
    });
    await eventually('the jobs of the vaults', async () =>
      (await bot.rows('job')).some((row) => row.vm_name === 'vm-hr-02'),
    );
    const page = textOf(await general().opensHome());
    expect(page).toMatch(/^\n?❌ 2 VM backups failed in the last 24 hours/u);
    expect(page).toContain('Type /backup vm-name in a channel');
    expect(page).not.toMatch(/Running|Your requests|No |None/);
  });

  test('failures with their fixes, then what is running, each once, rendered again each time it is opened', async () => {
    const waiting = await asks('backup vm-plain-01');
    await waiting.until(/vm-plain-01 is ready/);
    await (await asks('backup status')).until(/Protected/);
    const error = { errorCode: 400999, errorTitle: 'UserErrorFsFreezeFailed', errorString: 'It broke.' };
    await bot.azure.fault({ job: { vm: 'vm-app-01', ...error }, times: 1 });
    await (await asks('backup now vm-app-01')).until(/^<@U0ANAVRIES>: (?!\/)/);
    await bot.azure.fault({ match: { method: 'GET', path: 'backupJobs/' }, status: 503, body: {}, times: 10_000 });
    await (await asks('backup now vm-neu-01')).until(/backup of vm-neu-01|vm-neu-01/i);
    await eventually('a running backup', async () =>
      (await bot.rows('operation')).some((row) => row.status === 'running'),
    );

    // Jobs that nobody requested here show once their vault was polled.
    await eventually('the jobs of the vaults', async () =>
      (await bot.rows('job')).some((row) => row.vm_name === 'vm-hr-02'),
    );
    const view = await general().opensHome();
    const page = textOf(view);
    expect(page).toMatch(/^\n?❌ 3 VM backups failed in the last 24 hours/u);
    expect(page.indexOf('Failed in the last 24 hours')).toBeLessThan(page.indexOf('Running'));
    expect(page).not.toContain('vm-plain-01'); // an opened card that wasn't pressed waits for nobody
    expect(below('Running', page)).toContain('vm-neu-01');
    expect(below('Running', page)).toContain('requested by Ana de Vries');
    expect(below('Failed in the last 24 hours', page)).toMatch(/vm-app-01[\s\S]*vm-hr-01/);
    expect(page).not.toContain('Your requests'); // both have been reported already
    expect(buttonsOf(view)).toEqual([
      'Show fix: vm-app-01',
      'Show fix: vm-hr-01',
      'Show fix: vm-hr-02',
      'Back up…',
      'Restore…',
      'Overview',
      'Show VMs without backup',
      'Help',
    ]);
    const others = textOf(await general('ben').opensHome());
    await bot.azure.mend();
    expect(below('Running', others)).toContain('vm-neu-01');
  });

  test('another VM’s failure isn’t taken for that of a VM with the same name', async () => {
    const error = { errorCode: 400999, errorTitle: 'UserErrorFsFreezeFailed', errorString: 'It broke.' };
    await bot.azure.fault({ job: { vm: 'vm-dup-01', ...error }, times: 1 });
    await (await asks('backup now rg-app/vm-dup-01')).until(/^<@U0ANAVRIES>: (?!\/)/);
    const state = await bot.azure.state();
    const { vmId, container } = backupOf(state, 'vm-dup-01');
    const other = { vmId: vmId.replace('/rg-app/', '/rg-web/'), container: container.replace(';rg-app;', ';rg-web;') };
    const failed = backupOf(state, 'vm-dup-01', { ...other, ...failure('ErrorOfTheNamesake') });
    await bot.azure.change({ jobs: [...state.jobs, failed] });
    await eventually('its job', async () => (await bot.rows('job')).some(({ id }) => id.includes(failed.id)));
    const view = await general().opensHome();
    expect(textOf(view)).toMatch(/^\n?❌ 5 VM backups failed in the last 24 hours/u);
    expect(buttonsOf(view)).toEqual(
      expect.arrayContaining(['Show fix: rg-app/vm-dup-01', 'Show fix: rg-web/vm-dup-01']),
    );
    await general().pressesAtHome('Show fix: rg-web/vm-dup-01');
    await direct().until('ErrorOfTheNamesake');
  });

  test('its buttons continue in the direct message, and the page is rendered again', async () => {
    const before = await general().homesPublished();
    expect((await general().pressesAtHome('Show fix: vm-app-01')).bot).toMatchObject({ status: 200 });
    await direct().until(/UserErrorFsFreezeFailed|It broke/);
    await general().untilHome(before);
    await general().pressesAtHome('Overview');
    await direct().until(/Protected/);
  });

  test('a VM is picked by typing, and its backup or restore starts in the direct message', async () => {
    const home = await general().opensHome();
    const action = actionOf(home.blocks, 'vm');
    type Suggested = { options: { text: { text: string } }[] };
    const suggested = async (as: string, value: string) =>
      (await general().control<Suggested>('suggest', { as, view: 'home', action, value })).options.map(
        ({ text }) => text.text,
      );
    expect(await suggested('ana', 'DUP-01 rg-a')).toEqual(['vm-dup-01 · rg-app']);
    expect((await general().pressesAtHome('Restore…')).bot).toMatchObject({ status: 200 });
    await direct().until('Choose from the list first.');

    const picks = (button: string, vm: string) => general().pressesAtHome(button, { inputs: { [action]: vm } });
    await picks('Restore…', 'vm-app-01 · rg-app');
    await direct().until(/Restore vm-app-01/);
    await picks('Back up…', 'vm-dup-01 · rg-app');
    await direct().until(/vm-dup-01 is/);
  });

  test('in the reader’s own language', async () => {
    const page = textOf(await general('chris').opensHome());
    expect(page).toMatch(/^\n?❌ 5 back-ups mislukt in de afgelopen 24 uur/u);
    expect(page).toContain('Mislukt in de afgelopen 24 uur');
    expect(page).toContain('vm-app-01: een bestandssysteem kon niet worden bevroren');
    expect(page).toContain('Overzicht');
    await general('chris').pressesAtHome('Overzicht');
    await direct('chris').until(/beveiligd|beschermd/i);
  });

  test('people who aren’t linked can view, and are told what happens when they start something', async () => {
    const page = await general('admin').opensHome();
    expect(textOf(page)).toContain("Kluis doesn't know yet who you are in Microsoft Entra ID");
    await general('admin').pressesAtHome('Overview');
    await direct('admin').until(/Protected/);
  });

  test('what was done in part stands under failed, with the button of the VM for which it failed', async () => {
    const error = { errorCode: 400999, errorTitle: 'UserErrorFsFreezeFailed', errorString: 'It broke.' };
    await bot.azure.fault({ job: { vm: 'vm-plain-01', ...error }, times: 1 });
    const one = await asks('backup vm-plain-01');
    await one.until(/vm-plain-01 is ready/);
    await one.presses('Protect and back up now');
    await one.until(/^<@U0ANAVRIES>: (?!\/)/);
    await bot.azure.fault({ job: { vm: 'vm-sql-01', ...error }, times: 1 });
    const two = await asks('backup vm-cmk-01 vm-sql-01');
    await two.until(/2 ready/);
    await two.presses('Back up the 2 ready VMs');
    await two.until(/^<@U0ANAVRIES>: (?!\/)/);
    const states = (await bot.rows('operation')).map(({ status }) => status);
    expect(states.filter((status) => status === 'partly')).toHaveLength(2);
    const view = await general().opensHome();
    const failed = below('Failed in the last 24 hours', textOf(view));
    expect(failed).toMatch(/Backed up 1 of 2 VMs; not: vm-sql-01[\s\S]*vm-plain-01 backup failed/);
    expect(buttonsOf(view)).toEqual(expect.arrayContaining(['Show fix: vm-sql-01', 'Show fix: vm-plain-01']));
    expect(buttonsOf(view)).not.toContain('Show fix: vm-cmk-01');
  });
});

describe('with a vault whose jobs can’t be read', () => {
  let blind: TestBot;
  beforeAll(async () => {
    const faults = [{ match: { method: 'GET', path: 'rsv-prod-weu/backupJobs' }, status: 403, body: {} }];
    blind = await startBot({ database: 'postgres', leases: { sweep: 300 }, faults });
  });
  afterAll(() => blind?.[Symbol.asyncDispose]());

  test('nothing found is not none, and the vault is named', async () => {
    await eventually(
      'the others were read',
      async () => (await blind.rows('vault_poll')).filter(({ polled_at }) => polled_at !== null).length === 2,
    );
    const chat = new SlackChat(() => blind.url, { person: 'ana', channel: 'general' });
    const page = textOf(await chat.opensHome());
    expect(page).toContain("The jobs of rsv-prod-weu couldn't be read recently.");
    expect(page).toMatch(/^\n?🔎 Can't tell if backups failed: not everything was read/u);
    expect(page).not.toMatch(/No backup|Nothing failed/);
  });
});
