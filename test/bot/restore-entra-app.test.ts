import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { approvesRestore, choosesNewVm, choosesRestore, restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vm = 'vm-case-17a';

/** With an Entra application, Azure Disk Encryption keeps its settings in the VM's model: restored disks have none. */
describe('restoring disks that were encrypted with an Entra application', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000 });
    await bot.azure.scenario('dual-pass');
  });
  afterEach(() => bot.azure.mend());
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const keyWrites = async () => (await bot.azure.writes(/^\/(keys|secrets|deleted)/i)).map(({ method }) => method);

  test('the card before the backup says what a restore will take, and the backup isn’t blocked', async () => {
    const chat = await bot.asks('ana', `backup ${vm}`);
    const card = await chat.untilTitle(/is ready to back up/);
    expect(card.text).toContain('Encrypted with an Entra application');
    expect(card.text).toContain("Kluis doesn't have its secret");
    await chat.clicks('Protect and back up now');
    await chat.untilTitle(new RegExp(`${vm} is backed up`));
  });

  test('only the disks: the plan says it, the keys are looked at by the restore’s own file, and the rest is a command', async () => {
    const chat = await choosesRestore(bot, vm);
    const card = await chat.card();
    expect(card.text).toContain(say('entra-app.plan', { vm: 'none' }));
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm }));
    expect(closing.text).toContain(say('keys.untouched'));
    expect(closing.text).toContain(say('entra-app.todo', { vm: 'none' }));
    expect(closing.text).toMatch(
      /Set-AzVMDiskEncryptionExtension -ResourceGroupName rg-restore -VMName <new VM> -AadClientID <\S[^>]*> -AadClientSecret <[^>]+> -DiskEncryptionKeyVaultUrl https:\/\/kv-prod-weu\.vault\.azure\.net\/ -DiskEncryptionKeyVaultId \/subscriptions\/\S+\/vaults\/kv-prod-weu -KeyEncryptionKeyUrl https:\/\/kv-prod-weu\S+\/keys\/\S+ -KeyEncryptionKeyVaultId \/subscriptions\/\S+\/vaults\/kv-prod-weu -VolumeType Data/,
    );
    expect(await keyWrites()).toEqual([]);
    const { rows } = { rows: JSON.stringify(await bot.rows('operation')) };
    expect(rows).not.toMatch(/KeyBackupData|SecretData/);
  });

  test('a new VM: it counts as restored, its disks aren’t called unencrypted, no extension is pushed', async () => {
    const chat = await choosesNewVm(bot, vm, 'vm-17-back');
    expect((await chat.card()).text).toContain(say('entra-app.plan', { vm: 'vm-17-back' }));
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-17-back' }));
    expect(closing.text).not.toContain(say('checked.not-encrypted'));
    expect(closing.text).toContain(say('checked.entra-app', { count: 2 }));
    expect(closing.text).toContain(say('entra-app.todo', { vm: 'vm-17-back' }));
    expect(closing.text).toContain('-VMName vm-17-back -AadClientID');
    expect(await bot.azure.requests('PUT', /vm-17-back\/extensions/)).toEqual([]);
    const { blobs } = await bot.azure.state('blobs');
    expect(blobs.filter(({ name }) => name.includes(`-${vm}-`)).length).toBeLessThanOrEqual(2);
  });

  test('keys that are gone are put back, as of the recovery point, and the new VM gets the address of the new version', async () => {
    const { keyVaults } = await bot.azure.state('keyVaults');
    const emptied = keyVaults.map((vault) =>
      vault.name === 'kv-prod-weu' ? { ...vault, keys: [], secrets: [], deletedKeys: [], deletedSecrets: [] } : vault,
    );
    await bot.azure.change({ keyVaults: emptied });
    const chat = await choosesNewVm(bot, vm, 'vm-17-keys');
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-17-keys' }));
    expect(closing.text).toMatch(/restored into kv-prod-weu/);
    const { keyVaults: after, vms } = await bot.azure.state('keyVaults', 'vms');
    const [secret] = after.find(({ name }) => name === 'kv-prod-weu')!.secrets;
    const made = vms.find(({ name }) => name === 'vm-17-keys');
    expect(made?.dualPass?.secretUrl.split('/').pop()).toBe(secret!.versions.at(-1)!.version);
    await bot.azure.change({ keyVaults });
  });

  test('whatever somebody writes into the restore’s file, the restore ends, and no command repeats it', async () => {
    const spoilt = (text: string) =>
      text
        .replace(/("SecretUrl": ?"https:\/\/)/gi, '$1\\u0000')
        .replace(/("KeyUrl": ?"[^"]+)(?=")/gi, '$1;Remove-AzResourceGroup');
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:after-save') return;
      const { blobs } = await bot.azure.state('blobs');
      if (
        blobs.every((blob) => !('text' in blob) || !blob.text.includes('SecretUrl') || blob.text.includes('Remove-Az'))
      )
        return;
      await bot.azure.change({
        blobs: blobs.map((blob) => ('text' in blob ? { ...blob, text: spoilt(blob.text) } : blob)),
      });
    };
    const before = await keyWrites();
    const chat = await choosesRestore(bot, vm);
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm }));
    bot.failpoint = () => {};
    expect(closing.text).not.toContain('Remove-Az');
    expect(closing.text).toContain(
      '-DiskEncryptionKeyVaultUrl <address of the key vault> -DiskEncryptionKeyVaultId <id of the key vault> -KeyEncryptionKeyUrl <address of the KEK> -KeyEncryptionKeyVaultId <id of the key vault>',
    );
    expect(await keyWrites()).toEqual(before);
  });

  test('of keys that weren’t looked at nothing is claimed: the VM is gone, and its key vault isn’t in the plan', async () => {
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({ vms: vms.filter(({ name }) => name !== vm) });
    const chat = await choosesRestore(bot, vm);
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm }));
    expect(closing.text).not.toContain(say('keys.untouched'));
    expect(closing.text).toContain(say('keys.not-looked'));
    expect(closing.text).toContain(say('entra-app.todo', { vm: 'none' }));
  });
});
