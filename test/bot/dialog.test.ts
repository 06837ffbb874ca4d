import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import { viewOf } from '../support/card-view.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vaults =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults';
const prod = `${vaults}/rsv-prod-weu`;
const testVault = `${vaults}/rsv-test-weu`;

describe('a dialog in progress', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', leases: { sweep: 300 } });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('Change opens the vault, then both lists are open; the plan and the call to Azure follow them', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const opened = (await chat.opens('vault')).card!;
    expect(Object.keys(opened.inputs)).toEqual(['vault']);
    expect(opened.inputs['vault']!.value).toBe('');
    expect(opened.titles).toEqual(['Continue', 'Back', 'Cancel']);
    await chat.until('the edit', async () => (await chat.card()).titles.includes('Continue'));

    await chat.clicks('Continue', { vault: testVault });
    const chosen = await chat.untilLooked();
    expect(chosen.inputs['vault']!.value).toBe(testVault);
    expect(chosen.inputs['policy']!.choices.every(({ value }) => value.startsWith(`${testVault}/`))).toBe(true);
    expect(chosen.text).toContain('--vault-name rsv-test-weu');
    await chat.clicks('Protect only', { policy: `${testVault}/backupPolicies/enhanced-4h` });
    const closed = await chat.untilTitle(/vm-plain-01 is protected/);
    expect(closed.shown).toContain('rsv-test-weu');
    expect(closed.shown).toContain('enhanced-4h');
    const [put] = await bot.azure.requests('PUT', /protectedItems\/VM;iaasvmcontainerv2;rg-web;vm-plain-01\?/);
    expect(put!.path).toContain('/vaults/rsv-test-weu/');
    expect(put!.body).toMatchObject({ properties: { policyId: `${testVault}/backupPolicies/enhanced-4h` } });
    expect(await bot.azure.requests('POST', /;vm-plain-01\/backup\?/)).toEqual([]);
  });

  test('vault and policy can be chosen together with the button that starts', async () => {
    const chat = await bot.asks('ana', 'backup vm-many-01');
    await chat.clicks('Protect only', { vault: prod, policy: `${prod}/backupPolicies/decade` });
    await chat.untilTitle(/vm-many-01 is protected/);
    const [put] = await bot.azure.requests('PUT', /;vm-many-01\?/);
    expect(put!.body).toMatchObject({ properties: { policyId: `${prod}/backupPolicies/decade` } });
  });

  test('a policy of another vault in one submit shows the chosen vault, and starts nothing', async () => {
    const chat = await bot.asks('ana', 'backup vm-cmk-01');
    await chat.opens('vault');
    await chat.untilButton('Continue');
    await chat.clicks('Continue', { vault: prod });
    await chat.untilButton('Protect only');
    const start = (await chat.card()).buttons.find(({ title }) => title === 'Protect and back up now')!;
    const data = { ...(start.data as object), vault: prod, policy: `${testVault}/backupPolicies/gold` };
    const { card } = await chat.sends({ verb: start.verb, data });
    expect(card!.shown).toContain(say('refusal.policy-of-another-vault'));
    expect(card!.inputs['vault']!.value).toBe(prod);
    expect(card!.inputs['policy']!.choices.every(({ value }) => value.startsWith(`${prod}/`))).toBe(true);
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.until('the edit', async () => (await chat.card()).text === card!.text);
    await chat.clicks('Protect only');
    await chat.untilTitle(/vm-cmk-01 is protected/);
    expect((await bot.azure.requests('PUT', /;vm-cmk-01\?/)).map(({ path }) => path)).toEqual([
      expect.stringContaining('/vaults/rsv-prod-weu/'),
    ]);
  });

  test('Back undoes the last answer, by button and by word', async () => {
    const chat = await bot.asks('ana', 'backup vm-lock-01');
    const first = await chat.card();
    await chat.opens('vault');
    const back = (await chat.clicks('Back')).card!;
    expect(back.text).toBe(first.text);
    await chat.until('the edit', async () => (await chat.card()).titles.includes('Protect only'));
    await chat.opens('vault');
    await chat.until('the edit', async () => (await chat.card()).titles.includes('Continue'));
    await chat.says('terug');
    await chat.until('the edit', async () => (await chat.card()).titles.includes('Protect only'));
    const line = await chat.until('a line where it was typed', async () => (await chat.pings())[0]);
    expect(line.text).toMatch(/^One step back: vm-lock-01/);
    await chat.says('back');
    await chat.untilTitle('This is the first step');
  });

  test('Cancel ends it, by button and by word: it keeps its findings, and can be opened again', async () => {
    const [button, word] = await Promise.all([
      bot.asks('ana', 'backup rg-web/vm-dup-01'),
      bot.asks('ben', 'backup rg-web/vm-dup-01'),
    ]);
    await button.clicks('Cancel');
    await word.says('cancel');
    for (const [chat, who] of [
      [button, 'Ana de Vries'],
      [word, 'Ben Jansen'],
    ] as const) {
      const ended = await chat.untilTitle(/^⏹.* vm-dup-01 is ready to back up$/u);
      expect(ended.titles).toEqual(['Reopen']);
      expect(ended.shown).toMatch(new RegExp(`Closed by ${who}, \\d+ \\w+ 20\\d\\d \\d\\d:\\d\\d`));
    }
    expect((await word.until('a line', async () => (await word.pings())[0])).text).toMatch(/^Closed: vm-dup-01/);
    expect(await button.pings()).toEqual([]);
    await button.clicks('Reopen');
    expect((await button.untilTitle(/^✅/u)).title).toBe('✅ vm-dup-01 is ready to back up');
    expect(await button.cards()).toHaveLength(1);
  });

  test('an outdated card does nothing and shows the present state, with the reason', async () => {
    const chat = await bot.asks('ana', 'backup vm-lock-01');
    const old = (await chat.card()).buttons.find(({ title }) => title === 'Protect and back up now')!;
    await chat.opens('vault');
    const { card } = await chat.sends({ verb: old.verb, data: old.data });
    expect(card!.titles).toEqual(['Continue', 'Back', 'Cancel']);
    expect(card!.shown).toContain(say('refusal.outdated-card'));
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a click on what has ended shows its end', async () => {
    const chat = await bot.asks('ana', 'backup vm-lock-01');
    const old = (await chat.card()).buttons.find(({ title }) => title === 'Protect only')!;
    await chat.clicks('Cancel');
    const { card } = await chat.sends({ verb: old.verb, data: old.data });
    expect(card!.shown).toContain('Closed by Ana de Vries');
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('somebody else continues it: shown, and both are in the audit log', async () => {
    const ana = await bot.asks('ana', 'backup vm-lock-01');
    const ben = ana.as('ben');
    const taken = (await ben.opens('vault')).card!;
    expect(taken.shown).toMatch(/Asked by Ana de Vries · Taken over by Ben Jansen/);
    await ana.until('the edit', async () => /taken over by Ben Jansen/i.test((await ana.card()).shown));
    await ben.clicks('Back');
    await ben.until('the edit', async () => (await ben.card()).titles.includes('Protect only'));
    await ben.clicks('Protect only');
    const closed = await ben.untilTitle(/vm-lock-01 is protected/);
    expect(closed.shown).toContain('Started by Ben Jansen');
    const ping = await ana.until('the mention', async () => (await ana.pings())[0]);
    expect(ping.text).toContain('<at>Ben Jansen</at>');
    const [operation] = await bot.operationsIn(ana);
    const started = (await bot.rows('audit'))
      .map(({ entry }) => entry as Record<string, unknown>)
      .find((entry) => entry['what'] === 'started' && entry['operation'] === operation!.id);
    expect(started).toMatchObject({ requester: { name: 'Ben Jansen' }, openedBy: { name: 'Ana de Vries' } });
  });

  test('a new command in the middle of a dialog: a card of its own, and the first one still works', async () => {
    const chat = bot.as('ben');
    await chat.asks('backup vm-off-01');
    const second = await chat.asks('backup vm-neu-01');
    expect(second.title).toMatch(/^✅ vm-neu-01 is protected: last backup .+ ago$/u);
    const cards = await chat.cards();
    const first = cards.at(-2)!;
    const { card } = await chat.sends({ ...buttonOn(first, 'Protect only'), on: first });
    expect(card!.title).toMatch(/vm-off-01/);
    await chat.until('the first one to end', async () => {
      const now = (await chat.cards()).find(({ id }) => id === first.id)!;
      return JSON.stringify(now.card).includes('vm-off-01 is protected');
    });
    expect((await chat.card()).title).toMatch(/^✅ vm-neu-01 is protected: last backup .+ ago$/u);
  });

  test('text that is no command is answered with help; the open dialog stays as it was', async () => {
    const chat = await bot.asks('ana', 'backup vm-neu-01');
    await chat.says('yes please');
    const card = await chat.untilTitle(/yes please/);
    expect(card.titles).toContain('Help');
    const [dialog] = (await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id);
    expect(dialog!.status).toBe('open');
  });

  test('an abandoned dialog expires with an explanation and can be opened again', async () => {
    const chat = await bot.asks('ana', 'backup vm-neu-01');
    const { db } = bot.database;
    const past = sql<Date>`now() - interval '1 minute'`;
    await db.updateTable('dialog').set({ expires_at: past }).where('conversation_id', '=', chat.id).execute();
    const ended = await chat.untilTitle(/^(?!✅)/u);
    expect(ended.title).toMatch(/^⏹.* vm-neu-01 is protected/u);
    expect(ended.shown).toMatch(/Closed .+: unused for 12 hours\. Nothing was changed/);
    expect(ended.titles).toEqual(['Reopen']);
    await chat.clicks('Reopen');
    expect((await chat.untilTitle(/^✅/u)).title).toMatch(/^✅ vm-neu-01 is protected: last backup .+ ago$/u);
  });

  test('opened again, it keeps the answers, starts nothing, and has one successor only', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    await chat.opens('vault');
    await chat.until('the edit', async () => (await chat.card()).titles.includes('Continue'));
    await chat.clicks('Continue', { vault: testVault });
    await chat.until('the edit', async () => (await chat.card()).inputs['vault']?.value === testVault);
    await chat.clicks('Cancel');
    const closed = await chat.untilTitle(/^⏹/u);
    expect(closed.shown).toContain(say('refused.closed-text'));
    const stale = (await chat.messages()).at(-1)!;
    const reopen = closed.buttons.find(({ title }) => title === 'Reopen')!;
    await chat.clicks('Reopen');
    const open = await chat.untilTitle(/^✅ vm-sql-01 is ready/u);
    expect(open.inputs['vault']!.value).toBe(testVault);
    const second = await chat.as('ben').sends({ verb: 'reopen', data: reopen.data, on: stale });
    expect(second.card!.shown).toContain(say('refusal.outdated-card'));
    expect((await bot.rows('dialog')).filter((row) => row.conversation_id === chat.id)).toHaveLength(2);
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect(await chat.messages()).toHaveLength(1);
  });

  test('a typed immediate backup doesn’t run when its dialog is opened again', async () => {
    let release = () => {};
    bot.failpoint = (failpoint) =>
      failpoint === 'lookup:before-commit' ? new Promise<void>((go) => (release = go)) : undefined;
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilTitle(/^. ?Checking/u);
    await chat.clicks('Cancel');
    bot.failpoint = () => {};
    release();
    await chat.untilTitle(/^⏹/u);
    await chat.clicks('Reopen');
    await chat.until('a button', async () => (await chat.card()).titles.includes('Back up now'));
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a VM that got worse between card and click: nothing is done, and the card shows the present state', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    const { keyVaults } = await bot.azure.state('keyVaults');
    await bot.azure.change({
      keyVaults: keyVaults.map((one) => (one.name === 'kv-prod-weu' ? { ...one, accessPolicies: [] } : one)),
    });
    await chat.clicks('Protect and back up now');
    const worse = await chat.untilTitle(/Azure Backup needs access to kv-prod-weu/);
    expect(worse.shown).toContain(say('refusal.got-worse'));
    expect(worse.titles).toContain('Give access, protect and back up');
    expect(await bot.operationsIn(chat)).toEqual([]);
    await bot.azure.change({ keyVaults });
    await chat.clicks('Check again');
    expect((await chat.untilTitle(/^✅/u)).title).toBe('✅ vm-sql-01 is ready to back up');
  });

  test('a vault that is locked for good needs another confirmation', async () => {
    const { vaults: before } = await bot.azure.state('vaults');
    await bot.azure.change({
      vaults: before.map((one) => (one.name === 'rsv-prod-weu' ? { ...one, immutability: 'Locked' as const } : one)),
    });
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    const { card } = await chat.clicks('Protect and back up now');
    expect(card!.title).toBe("❓ Protect vm-sql-01? This can't be undone");
    expect(card!.shown).toContain('rsv-prod-weu is immutable (locked)');
    expect(card!.titles).toEqual(['Protect and back up now', 'Back', 'Cancel']);
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.until('the edit', async () => (await chat.card()).titles.includes('Back'));
    await chat.clicks('Protect and back up now');
    await chat.untilTitle(/vm-sql-01 is backed up/);
    await bot.azure.change({ vaults: before });
  });

  test('a post whose answer was lost makes a second card; the first click on the orphan turns it into a pointer', async () => {
    // Otherwise the fault may hit what the previous test has yet to send.
    const isTold = async () => (await bot.rows('message')).every((one) => one.sent_rev >= one.wanted_rev);
    await eventually('everything to be told', isTold);
    await bot.lab.post('faults', { method: 'POST', path: '/activities$', status: 0, applied: true });
    const chat = await bot.thread('ana', 'backup vm-app-01');
    const [orphan, live] = await chat.until('both posts', async () => {
      const cards = await chat.cards();
      return cards.length === 2 ? cards : null;
    });
    await chat.untilTitle(/vm-app-01 is protected/);
    // Until the second post is stored, neither of the two is the current card.
    await chat.until('the live card to be known', async () => {
      const own = (await bot.rows('message')).filter(({ conversation_id }) => conversation_id === chat.id);
      return own.some(({ platform_id }) => platform_id === live!.id);
    });
    const { buttons } = await chat.card();
    const press = buttons.find(({ title }) => title === 'Back up now')!;
    const { card } = await chat.sends({ verb: press.verb, data: press.data, on: orphan! });
    expect(card!.title).toContain(say('pointer.title'));
    expect(await bot.operationsIn(chat)).toEqual([]);
    await chat.sends({ verb: press.verb, data: press.data, on: live! });
    await chat.untilTitle(/vm-app-01 is backed up/);
  });

  test('none of this was logged as an error', () => {
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

function buttonOn(message: { card?: unknown }, title: string) {
  const { verb, data } = viewOf(message.card).buttons.find((each) => each.title === title)!;
  return { verb, data };
}
