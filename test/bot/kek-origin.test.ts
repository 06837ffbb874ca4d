import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { estateOf } from '../../src/bot/estate/estate.ts';
import { words } from '../../src/message/words.ts';
import type { ItemSpec } from '../../src/sim/state/state-backup.ts';
import { readForecastFacts } from '../../src/views/forecast/forecast-facts.ts';
import { forecastOf } from '../../src/views/forecast/forecast-of.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say, finding } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const doubt = finding({ code: 'kek-origin.dated', params: { keys: ['kek-disks'], urls: [], url: '' } });
const [alone, other] = ['vm-sql-01', 'vm-app-01'];
const probably = `🔎 ${say('ready.title-unknown', { vm: alone, count: 1 })}`;
const ready = `✅ ${say('ready.title', { vm: alone })}`;

describe('a KEK that has a start and an end date, as the key of a certificate has', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  /** Both VMs use the KEK of kv-prod-weu; the first isn't protected. `change`: what became of the other's backups. */
  const dated = async (change: (item: ItemSpec) => ItemSpec) => {
    const { keyVaults, items } = await bot.azure.state('keyVaults', 'items');
    for (const key of keyVaults.find(({ name }) => name === 'kv-prod-weu')!.keys)
      for (const version of key.versions) {
        version.starts = version.created;
        version.expires = '2036-01-01T00:00:00Z';
      }
    await bot.azure.change({
      keyVaults,
      items: items.flatMap((item) => (item.vmId.endsWith(`/${other}`) ? [change(item)] : [])),
    });
  };
  const plain = (item: ItemSpec): ItemSpec => ({
    ...item,
    points: item.points.map((point) => ({ ...point, encrypted: false })),
  });
  const unmade = ({ lastRecoveryPoint: _none, ...item }: ItemSpec): ItemSpec => ({ ...item, points: [] });
  const forecast = async (vm: string) => {
    const { rows } = forecastOf(await readForecastFacts(await estateOf(bot.deps, null)));
    return rows.find(({ name }) => name === vm)!.run;
  };

  beforeEach(() => bot.azure.reset());

  test('no point shows that it was copied: it is a doubt, in amber, and the backup can be started', async () => {
    await dated(unmade);
    const card = await (await bot.asks('ana', `backup ${alone}`)).card();
    expect(card.title).toBe(probably);
    expect(card.text).toContain(doubt.text);
    expect(card.text).toMatch(
      /az keyvault key show --id https:\/\/kv-prod-weu\S+\/keys\/kek-disks\/\S+ --query managed/,
    );
    expect(card.titles[0]).toBe(say('button.try-anyway'));
  });

  test('a point of another VM with this KEK shows that it can be copied; one from before the KEK does not', async () => {
    await dated((item) => item);
    expect((await (await bot.asks('ana', `backup ${alone}`)).card()).title).toBe(ready);
    await dated(plain);
    expect((await (await bot.asks('ana', `backup ${alone}`)).card()).title).toBe(probably);
    // The BEK is written again with a new KEK: a point from before was made with the old one.
    await bot.azure.reset();
    await dated((item) => item);
    const { keyVaults } = await bot.azure.state('keyVaults');
    const now = new Date(Date.now() + 3600_000).toISOString();
    for (const { secrets } of keyVaults)
      for (const secret of secrets) for (const version of secret.versions) version.created = now;
    await bot.azure.change({ keyVaults });
    expect((await (await bot.asks('ana', `backup ${alone}`)).card()).title).toBe(probably);
  });

  test('a protected VM: its own point shows it, in its state and in the forecast; without one both doubt', async () => {
    await dated((item) => item);
    expect((await (await bot.asks('ana', `backup status ${other}`)).card()).text).not.toContain(doubt.title);
    expect(await forecast(other)).toMatchObject({ state: 'clear' });
    await dated(plain);
    for (const asked of [`backup status ${other}`, `backup ${other}`]) {
      const card = await (await bot.asks('ana', asked)).card();
      expect(card.title).toBe(`🔎 ${say('ready.title-unknown', { vm: other, count: 1 })}`);
      expect(card.text).toContain(doubt.title);
    }
    const unread = { state: 'unread', why: { finding: { code: 'kek-origin.dated' } } };
    expect(await forecast(other)).toMatchObject(unread);
  });

  test('of many VMs it is the one that is not fully checked, until a point shows it', async () => {
    await dated(unmade);
    const asked = `backup ${alone} vm-plain-01`;
    expect((await (await bot.asks('ana', asked)).card()).title).toContain(say('many.unsure', { count: 1 }));
    await bot.azure.reset();
    await dated((item) => item);
    expect((await (await bot.asks('ana', asked)).card()).title).not.toContain(say('many.unsure', { count: 1 }));
  });

  test('with one of the two dates it is a standalone key, and nothing more is read', async () => {
    await dated(unmade);
    const { keyVaults } = await bot.azure.state('keyVaults');
    for (const { keys } of keyVaults) for (const key of keys) for (const version of key.versions) delete version.starts;
    await bot.azure.change({ keyVaults });
    const before = (await bot.azure.requests('GET', /\/disks\?|backupProtectedItems/)).length;
    expect((await (await bot.asks('ana', `backup ${alone}`)).card()).title).toBe(ready);
    expect(await bot.azure.requests('GET', /\/disks\?|backupProtectedItems/)).toHaveLength(before);
  });
});
