import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const choose = 'Choose disks';
type Properties = { readonly policyId: string; readonly extendedProperties?: object };

/**
 * Which data disks are backed up: asked on the card, sent to Azure, and nothing done if the disks changed meanwhile.
 */
describe('choosing which disks are backed up', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());

  const puts = async (vm: string) =>
    (await bot.azure.requests('PUT', new RegExp(`protectedItems/.*;${vm}\\?`, 'i'))).map(
      ({ body }) => (body as { properties: Properties }).properties,
    );
  const vmOf = async (name: string) => (await bot.azure.state('vms')).vms.find((vm) => vm.name === name)!;
  const itemOf = async (name: string) =>
    (await bot.azure.state('items')).items.find(({ vmId }) => vmId.endsWith(`/${name}`))!;

  /** Opens the question and answers it. */
  async function chooses(chat: BotChat, disks: readonly string[], later = say('value.later-taken')) {
    await chat.clicks(choose);
    const asked = await chat.untilTitle(/to leave out\?$/);
    const { choices } = asked.inputs['disks']!;
    const ticked = choices.filter(({ title }) => disks.some((name) => title.startsWith(`${name} · `)));
    await chat.clicks('Continue', { disks: ticked.map(({ value }) => value).join(), later });
    await chat.untilLooked();
    return asked;
  }

  const dataDisks = async (name: string) => (await vmOf(name)).disks.filter(({ role }) => role === 'data');
  const exclusion = async (name: string) => (await itemOf(name)).diskExclusion;

  /** Gives the VM other data disks than it had. */
  async function attaches(name: string, disks: readonly { lun: number; name: string }[]) {
    const { vms } = await bot.azure.state('vms');
    const data = disks.map((disk) => ({ ...disk, role: 'data' as const }));
    await bot.azure.change({
      vms: vms.map((vm) =>
        vm.name === name ? { ...vm, disks: [...vm.disks.filter(({ role }) => role === 'os'), ...data] } : vm,
      ),
    });
  }

  async function nothingDone(chat: BotChat) {
    expect(await bot.azure.writes(/protectedItems/)).toEqual([]);
    expect(await bot.operationsIn(chat)).toEqual([]);
  }

  test('a data disk is left out: only Enhanced policies are offered, and the recovery point doesn’t have it', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    expect((await chat.card()).inputs['policy']!.choices).toHaveLength(4);
    const asked = await chooses(chat, ['vm-sql-01-data-1']);
    expect(asked.inputs['disks']).toMatchObject({
      value: '',
      choices: [{ title: 'vm-sql-01-data-1 · 64 GB · LUN 0' }],
    });
    expect(asked.shown).toContain(say('disks.restore'));
    const ready = await chat.card();
    expect(ready.shown).toContain(say('disks.out', { disks: ['vm-sql-01-data-1'] }));
    expect(ready.shown).toContain(say('disks.restore'));
    expect(ready.text).toMatch(/enable-for-vm .*--policy-name enhanced-4h --disk-list-setting exclude --diskslist 0\n/);
    const [policy, ...more] = ready.inputs['policy']!.choices;
    expect(policy!.title).toMatch(/^enhanced-4h · /);
    expect(more).toEqual([]);
    await nothingDone(chat);

    await chat.clicks('Protect and back up now');
    const closed = await chat.untilTitle(/is backed up/);
    expect(closed.shown).toContain('Data disks: all but vm-sql-01-data-1');
    const diskExclusionProperties = { diskLunList: [0], isInclusionList: false };
    expect(await puts('vm-sql-01')).toMatchObject([{ extendedProperties: { diskExclusionProperties } }]);
    const [point] = (await itemOf('vm-sql-01')).points;
    expect(point!.disks!.excluded).toEqual([{ lun: 0, name: 'vm-sql-01-data-1' }]);
    expect(point!.disks!.included.map(({ lun }) => lun)).toEqual([-1]);
  });

  test('only the OS disk, whatever is added later; then all disks again, and the command that reverses it', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    await chooses(chat, ['vm-sql-01-data-1'], say('value.later-left-out'));
    expect((await chat.card()).text).toContain('--policy-name enhanced-4h --exclude-all-data-disks true');
    await chat.clicks('Protect only');
    await chat.untilTitle(/vm-sql-01 is protected/);
    expect(await exclusion('vm-sql-01')).toEqual({ diskLunList: [], isInclusionList: true });

    const again = await bot.asks('ana', 'backup vm-sql-01');
    expect((await again.card()).text).toContain(say('disks.out-later', { disks: ['vm-sql-01-data-1'] }));
    const asked = await chooses(again, []);
    expect(asked.inputs['disks']!.value).toBe(asked.inputs['disks']!.choices[0]!.value);
    expect(asked.inputs['later']!.value).toBe('left-out');
    const card = await again.card();
    expect(card.shown).toContain(say('disks.all'));
    expect(card.titles.slice(0, 2)).toEqual(['Change the disks', 'Change the disks and back up now']);
    expect(Object.keys(card.inputs)).toEqual([]);
    await again.clicks('Change the disks');
    const closed = await again.untilTitle(/^✅ vm-sql-01: disks changed/u);
    expect(closed.text).toMatch(/update-for-vm .*--item-name 'VM;.*;vm-sql-01' --exclude-all-data-disks true/);
    expect(await exclusion('vm-sql-01')).toBeUndefined();
    const sent = (await puts('vm-sql-01'))[1]!;
    expect(sent.extendedProperties).toEqual({});
    expect(sent.policyId).toMatch(/enhanced-4h$/);
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('a protected VM under a Standard policy, without Azure Disk Encryption: only its disks change', async () => {
    const [disk] = await dataDisks('vm-neu-01');
    const before = await itemOf('vm-neu-01');
    const chat = await bot.asks('ana', 'backup vm-neu-01');
    await chooses(chat, [disk!.name]);
    await chat.clicks('Change the disks and back up now');
    await chat.untilTitle(/vm-neu-01 is backed up/);
    const after = await itemOf('vm-neu-01');
    expect(after).toMatchObject({ policyId: before.policyId, vaultId: before.vaultId });
    expect(after.diskExclusion).toEqual({ diskLunList: [disk!.lun], isInclusionList: false });
    expect(after.points[0]!.disks!.excluded).toEqual([{ lun: disk!.lun, name: disk!.name }]);
    const [operation] = await bot.operationsIn(chat);
    expect(JSON.stringify(await bot.rows('audit'))).toContain(operation!.id);
  });

  test('… with Azure Disk Encryption a Standard policy is refused before anything is sent', async () => {
    const [disk] = await dataDisks('vm-app-01');
    const chat = await bot.asks('ana', 'backup vm-app-01');
    await chooses(chat, [disk!.name]);
    const card = await chat.card();
    expect(card.title).toMatch(/^⛔/u);
    expect(card.shown).toMatch(/Azure refuses that with a Standard policy/);
    expect(card.titles).toEqual(['Check again', choose, 'Back', 'Close']);
    await chat.clicks('Back');
    await chat.untilTitle(/to leave out/);
    await chat.clicks('Back');
    await chat.untilButton('Back up now');
    await nothingDone(chat);
  });

  test('leaving out the only unsupported disk makes the VM ready, and that disk is preselected', async () => {
    await bot.azure.scenario('shared-disk');
    const chat = await bot.asks('ana', 'backup vm-case-18c');
    expect((await chat.card()).titles).toEqual(['Check again', choose, 'Close']);
    await chat.clicks(choose);
    const asked = await chat.untilTitle(/to leave out/);
    expect(asked.inputs['disks']!.choices[0]!.title).toMatch(/shared: has to be left out$/);
    await chat.clicks('Continue');
    expect((await chat.untilLooked()).title).toMatch(/^✅ vm-case-18c is ready/u);
    await chat.clicks('Protect only');
    await chat.untilTitle(/vm-case-18c is protected/);
    expect(await exclusion('vm-case-18c')).toEqual({ diskLunList: [0], isInclusionList: false });
  });

  test('a disk that is too large with Azure Disk Encryption is left out, and the backup then succeeds', async () => {
    const chat = await bot.asks('ana', 'backup vm-big-01');
    expect((await chat.card()).title).toMatch(/^⛔/u);
    await chat.clicks(choose);
    await chat.clicks('Continue');
    await chat.untilTitle(/vm-big-01 is ready/);
    await chat.clicks('Protect and back up now');
    await chat.untilTitle(/vm-big-01 is backed up/);
  });

  test.each([
    [
      'a disk is added',
      [
        { lun: 0, name: 'vm-sql-01-data-1' },
        { lun: 1, name: 'new' },
      ],
    ],
    ['the disk has another LUN', [{ lun: 3, name: 'vm-sql-01-data-1' }]],
    ['another disk has its LUN', [{ lun: 0, name: 'other' }]],
    ['the disk is gone', []],
  ])('%s between the card and the click: nothing is done', async (_what, disks) => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    await chooses(chat, ['vm-sql-01-data-1']);
    await attaches('vm-sql-01', disks);
    await chat.clicks('Protect and back up now');
    const card = await chat.untilTitle(/^⛔ vm-sql-01 can't be backed up: the disks changed/u);
    expect(card.titles).toEqual(['Check again', 'Back', 'Close']);
    await nothingDone(chat);
    await chat.clicks('Check again');
    expect((await chat.untilLooked()).shown).not.toContain('Left out');
  });

  test('a choice for a VM that somebody protected meanwhile doesn’t change that protection', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    await chooses(chat, ['vm-sql-01-data-1']);
    const other = await bot.asks('ben', 'backup vm-sql-01');
    await other.clicks('Protect only');
    await other.untilTitle(/vm-sql-01 is protected/);
    await chat.clicks('Protect only');
    await chat.until('what changed', async () => (await chat.card()).shown.includes(say('refusal.got-worse')));
    expect(await puts('vm-sql-01')).toHaveLength(1);
    expect(await exclusion('vm-sql-01')).toBeUndefined();
  });

  test('other disks were chosen elsewhere meanwhile: shown before anything changes', async () => {
    const [disk] = await dataDisks('vm-neu-01');
    const chat = await bot.asks('ana', 'backup vm-neu-01');
    await chooses(chat, [disk!.name]);
    const { items } = await bot.azure.state('items');
    const diskExclusion = { diskLunList: [], isInclusionList: true };
    await bot.azure.change({
      items: items.map((item) => (item.vmId.endsWith('/vm-neu-01') ? { ...item, diskExclusion } : item)),
    });
    await chat.clicks('Change the disks');
    await chat.until('what changed', async () => (await chat.card()).shown.includes(say('refusal.got-worse')));
    await nothingDone(chat);
  });

  test('a forged answer is refused: a disk that the VM doesn’t have, another word for later', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    await chat.clicks(choose);
    const asked = await chat.untilTitle(/to leave out/);
    const { data } = asked.buttons.find(({ title }) => title === 'Continue')!;
    for (const inputs of [{ disks: '9-abcdefabcdef' }, { disks: '0-000000000000' }, { later: 'never' }]) {
      const refused = await chat.sends({ verb: 'submit', data: { ...data, later: 'taken', ...inputs } });
      expect(refused.text ?? refused.card?.shown).toContain(say('refusal.not-offered'));
    }
    await nothingDone(chat);
  });

  test('a VM that becomes unsupported shows Azure’s own words', async () => {
    const [disk] = await dataDisks('vm-neu-01');
    const chat = await bot.asks('ana', 'backup vm-neu-01');
    await chooses(chat, [disk!.name]);
    await bot.azure.fault({
      match: { method: 'PUT', path: 'protectedItems' },
      status: 400,
      body: {
        error: { code: 'UserErrorEncryptedVmNotSupportedWithDiskEx', message: 'Disk exclusion is not supported.' },
      },
      times: 1,
    });
    await chat.clicks('Change the disks');
    const failed = await chat.untilTitle(/^❌/u);
    expect(failed.text).toContain('UserErrorEncryptedVmNotSupportedWithDiskEx');
    expect(failed.text).toMatch(/Enhanced/);
  });

  test('a VM without data disks isn’t asked about', async () => {
    expect((await (await bot.asks('ana', 'backup vm-plain-01')).card()).titles).not.toContain(choose);
  });
});
