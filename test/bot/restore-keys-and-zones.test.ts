import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { unlocks } from '../../src/sim/keyvault/encryption-info.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import {
  approvesRestore,
  choosesRestore,
  choosesTarget,
  newestPoint,
  restoreRoles,
  restoreSubnet,
  restoreTarget,
} from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** Disks with a customer-managed key, VMs in a zone, and a file with keys as it was in 2019. */
describe('what a restore does with other keys and with zones', () => {
  let bot: TestBot;
  beforeAll(async () => {
    const config = `${restoreRoles}encryption: { requireKek: 'off' }\n`;
    bot = await startBot({ database: 'postgres', config, speed: 20_000 });
  });
  afterEach(async () => {
    const { jobs } = await bot.azure.state('jobs');
    await bot.azure.change({ jobs: jobs.filter(({ operation }) => operation !== 'Restore') });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const protects = async (vm: string) => {
    const chat = await bot.asks('ana', `backup ${vm}`);
    await chat.untilButton('Protect and back up now');
    await chat.clicks('Protect and back up now');
    await chat.untilTitle(new RegExp(`${vm} is backed up`));
  };
  const newest = async (vm: string, change: object) => {
    const [{ items }, point] = [await bot.azure.state('items'), await newestPoint(bot, vm)];
    const changed = items.map((item) => ({
      ...item,
      points: item.points.map((one) => (one.id === point ? { ...one, ...change } : one)),
    }));
    await bot.azure.change({ items: changed });
    return () => bot.azure.change({ items });
  };
  const madeInto = async (vm: string) => {
    const { disks } = await bot.azure.state('disks');
    return disks.filter(({ resourceGroup, name }) => resourceGroup === 'rg-restore' && name.startsWith(vm));
  };

  test('a customer-managed key: whether the disks keep it is said before, and seen on the VM', async () => {
    await protects('vm-cmk-01');
    const makes = async (name: string) => {
      const chat = await choosesTarget(bot, 'vm-cmk-01', { target: { ...restoreTarget, make: 'vm' } });
      await chat.untilTitle(say('restore.which-vm', { vm: 'vm-cmk-01' }));
      await chat.clicks('Continue', { name, subnet: restoreSubnet });
      const card = await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-cmk-01' }));
      await approvesRestore(chat);
      return [card, await chat.untilTitle(say('closing.check-vm', { vm: name }))] as const;
    };
    const [kept, withKey] = await makes('vm-cmk-kept');
    expect(kept.text).toContain(say('restore.customer-key'));
    expect(withKey.text).toContain(say('checked.customer-key'));
    expect(withKey.text).not.toContain(say('checked.not-encrypted'));
    expect((await madeInto('vm-cmk-01')).every(({ diskEncryptionSetId }) => diskEncryptionSetId)).toBe(true);

    const back = await newest('vm-cmk-01', { snapshotOver: true });
    const [lost, without] = await makes('vm-cmk-lost');
    expect(lost.text).toContain(say('restore.no-customer-key'));
    expect(without.text).toContain(say('checked.not-encrypted'));
    expect((await madeInto('vm-cmk-01')).some(({ diskEncryptionSetId }) => !diskEncryptionSetId)).toBe(true);
    await back();
  });

  test('a size that is closed in the VM’s zone isn’t offered for it', async () => {
    const sizes = async (zones: string[]) => {
      const back = await newest('vm-app-01', { zones });
      const chat = await choosesTarget(bot, 'vm-app-01', { target: { ...restoreTarget, make: 'vm' } });
      const card = await chat.untilTitle(say('restore.which-vm', { vm: 'vm-app-01' }));
      await back();
      return card.inputs['size']!.choices.map(({ value }) => value);
    };
    expect(await sizes(['1'])).toContain('Standard_D4as_v5');
    const inThree = await sizes(['3']);
    expect(inThree.length).toBeGreaterThan(1);
    expect(inThree).not.toContain('Standard_D4as_v5');
  });

  /** A VM without a KEK is protected; then its secrets are gone, and the file of its restore has this form. */
  const losesSecrets = async (more: Partial<SimState['settings']>) => {
    const { disks, keyVaults, settings } = await bot.azure.state('disks', 'keyVaults', 'settings');
    const own = disks.filter(
      ({ resourceGroup, name, ade }) => resourceGroup !== 'rg-restore' && name.startsWith('vm-bek-01') && ade,
    );
    const names = own.map(({ ade }) => ade!.secretUrl.split('/')[4]!);
    expect(names.length).toBeGreaterThan(0);
    await bot.azure.change({
      settings: { ...settings, ...more },
      keyVaults: keyVaults.map((vault) => ({
        ...vault,
        secrets: vault.secrets.filter(({ name }) => !names.includes(name)),
      })),
    });
    const chat = await choosesRestore(bot, 'vm-bek-01', JSON.stringify(more));
    await approvesRestore(chat);
    await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-bek-01' }));
    const state = await bot.azure.state();
    const newest = (await madeInto('vm-bek-01')).toSorted((a, b) => b.created.localeCompare(a.created));
    expect(newest.slice(0, names.length).map((disk) => unlocks(state, disk))).toEqual(names.map(() => true));
    await bot.azure.change({ settings, keyVaults });
    return names;
  };

  test('without a KEK, and without a backup of the secret in the file: its value is put back, and the disks unlock', async () => {
    await protects('vm-bek-01');
    const names = await losesSecrets({ leavesOutSecretBackups: true });
    const puts = (await bot.azure.requests('PUT', /^\/secrets\//)).filter(({ path }) => path.includes(names[0]!));
    expect(puts).toHaveLength(1);
    expect(puts[0]!.body).toMatchObject({ contentType: 'BEK', tags: { DiskEncryptionKeyFileName: `${names[0]}.BEK` } });
    expect(puts[0]!.body).not.toMatchObject({ tags: { DiskEncryptionKeyEncryptionKeyURL: expect.anything() } });
  });

  test.each([
    { keysFile: 'nulls' },
    { keysFile: 'small' },
    { keysFile: 'empty', leavesOutSecretBackups: true },
  ] as const)('a file with the keys in another form, %j: they are put back, and the disks unlock', async (form) => {
    expect((await losesSecrets(form)).length).toBeGreaterThan(0);
  });
});
