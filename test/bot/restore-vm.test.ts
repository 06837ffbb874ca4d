import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import {
  approvesRestore,
  choosesNewVm,
  choosesRestore,
  choosesVm,
  requestsRestore,
  restoreRoles,
  restoreSubnet,
  restoreTarget,
} from '../support/restore-talk.ts';
import { makeLinux } from '../support/make-linux.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

describe('restoring a VM', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000 });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  const paces = (speed: number) => bot.azure.control('POST', 'clock', { speed });
  afterEach(async () => {
    bot.failpoint = () => {};
    await Promise.all([bot.azure.mend(), paces(20_000)]);
  });

  /** Continues, to an end that may look like the one before. */
  const goesOn = async (chat: BotChat) => {
    const before = (await bot.operationsIn(chat)).length;
    await chat.clicks(say('button.go-on'));
    await chat.until('its end', async () => {
      const all = await bot.operationsIn(chat);
      return all.length > before && all.every(({ status }) => status !== 'running');
    });
  };

  const deployments = () => bot.azure.requests('PUT', /Microsoft\.Resources\/deployments\//i);

  test('one plan, one approval: the VM runs in the chosen size, and the restore’s files are deleted', async () => {
    const chat = await choosesVm(bot, 'vm-app-01');
    const { size } = (await chat.card()).inputs;
    expect(size).toMatchObject({ value: 'as-backed-up' });
    expect(size!.choices[0]!.title).toBe(say('size.was', { size: 'Standard_D4s_v5' }));
    // Not without premium disks, Arm, NVMe only, confidential, with a temporary disk, or sold out.
    expect(size!.choices.slice(1).map(({ value }) => value.replace('Standard_', ''))).toEqual([
      ...['D4as_v5', 'D2s_v5', 'D8s_v5', 'E4s_v5', 'D16s_v5', 'D32s_v5', 'D64s_v5'],
    ]);
    const [go] = (await chat.card()).buttons;
    const forged = { name: 'a', subnet: restoreSubnet, size: 'Standard_D4_v5' };
    const answer = await chat.sends({ verb: go!.verb, data: { ...go!.data, ...forged } });
    expect(answer.text).toContain(say('refusal.not-offered'));
    for (const size of ['Standard_D4s_v6', 'Standard_A4_v2', 'Standard_B1ls']) {
      const refused = await chat.sends({ verb: go!.verb, data: { ...go!.data, ...forged, size } });
      expect(refused.text).toContain(say('refusal.size-without-ade', { size }));
    }
    await chat.clicks('Continue', { name: 'vm-app-01-back', subnet: restoreSubnet, size: 'Standard_D2s_v5' });
    const card = await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    expect(card.text).toContain(say('plan.create-vm-size', { size: 'Standard_D2s_v5', was: 'Standard_D4s_v5' }));
    expect(card.titles).toEqual([say('button.ask-approval'), 'Change destination', 'Back', 'Cancel']);
    expect(card.text).toContain('az deployment group create --resource-group rg-restore');
    expect(card.text).toContain('--template-file <template, with vmSize Standard_D2s_v5>');
    expect(await deployments()).toEqual([]);
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-back' }));
    expect(closing.titles[0]).toBe(say('button.protect-new', { vm: 'vm-app-01-back' }));
    expect(closing.text).toMatch(/Encryption\W+2 disks, encrypted/);
    expect(closing.text).toMatch(/Private IP\W+10\.[^]*Agent\W+responds, version \d/i);
    expect(closing.text).toContain(say('checked.left', { vm: 'vm-app-01' }));
    expect(closing.text).toContain(say('pushed.spared'));
    expect(await deployments()).toHaveLength(1);
    const { vms, blobs } = await bot.azure.state('vms', 'blobs');
    expect(vms.find(({ name }) => name === 'vm-app-01-back')).toMatchObject({
      ...{ power: 'running', agent: 'ready', size: 'Standard_D2s_v5' },
    });
    expect(blobs.filter(({ container }) => container.startsWith('vm-app-01-'))).toEqual([]);
    const rows = JSON.stringify([await bot.rows('operation'), await bot.rows('attempt'), await bot.rows('dialog')]);
    expect(rows).not.toMatch(/KeyBackupData|SecretData|deploymentTemplate/);
    await chat.clicks(say('button.protect-new', { vm: 'vm-app-01-back' }));
    const back = /az backup protection enable-for-vm .*resourceGroups\/rg-restore\/\S*virtualMachines\/vm-app-01-back/i;
    await chat.until('the plan of the new VM', async () => back.test((await chat.card()).text));
  });

  const restores = async (vm: string) =>
    (await bot.azure.requests('POST', new RegExp(`;${vm}/.*/restore\\?`))).filter(({ status }) => status === 202);
  const blobsOf = async (vm: string) =>
    (await bot.azure.state('blobs')).blobs.filter(({ container }) => container.startsWith(`${vm}-`));

  test('a taken name is refused at once; one taken in between is asked for again', async () => {
    const chat = await choosesVm(bot, 'vm-app-01');
    const bad = await chat.clicks('Continue', { name: '-x', subnet: restoreSubnet });
    expect(bad.text).toContain(say('refusal.bad-vm-name'));
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({ vms: [...vms, await vmLike(bot, 'rg-restore', 'vm-there')] });
    await chat.clicks('Continue', { name: 'vm-app-01-other', subnet: restoreSubnet });
    await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    const before = (await restores('vm-app-01')).length;
    await requestsRestore(chat);
    const { vms: now } = await bot.azure.state('vms');
    await bot.azure.change({ vms: [...now, await vmLike(bot, 'rg-restore', 'VM-APP-01-other')] });
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilTitle(say('restore.which-vm', { vm: 'vm-app-01' }));
    const taken = await chat.clicks('Continue', { name: 'vm-there', subnet: restoreSubnet });
    expect(taken.text).toContain(say('refusal.vm-name-taken'));
    expect(await restores('vm-app-01')).toHaveLength(before);
  });

  test('a VM without Azure Disk Encryption: Azure Backup creates the new one itself, once, and protection is offered', async () => {
    const before = { restores: (await restores('vm-dup-01')).length, deployments: (await deployments()).length };
    const chat = await choosesVm(bot, 'rg-app/vm-dup-01');
    expect((await chat.card()).text).toContain(say('restore.vm-note-directly'));
    // Azure requires a name that is free in the subscription.
    const taken = await chat.clicks('Continue', { name: 'vm-sql-01', subnet: restoreSubnet });
    expect(taken.text).toContain(say('refusal.vm-name-taken'));
    await chat.clicks('Continue', { name: 'vm-dup-01-back', subnet: restoreSubnet });
    const sure = await chat.untilTitle(say('restore.sure-vm', { vm: 'rg-app/vm-dup-01' }));
    expect(sure.text).toContain('--restore-mode AlternateLocation --target-vm-name vm-dup-01-back');
    expect(sure.text).toContain(say('restore.not-carried-directly'));
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-dup-01-back' }));
    expect(closing.titles[0]).toBe(say('button.protect-new', { vm: 'vm-dup-01-back' }));
    expect(closing.text).toMatch(/vm-dup-01-osdisk-\S*: not encrypted/);
    const sent = (await restores('vm-dup-01')).slice(before.restores);
    expect(sent.map(({ body }) => body)).toMatchObject([{ properties: { recoveryType: 'AlternateLocation' } }]);
    expect(await deployments()).toHaveLength(before.deployments);
    expect(await blobsOf('vm-dup-01')).toEqual([]);
  });

  test('a VM encrypted since the point: disks and template, since Azure Backup may refuse to create it', async () => {
    const chat = await choosesVm(bot, 'vm-app-02');
    expect((await chat.card()).text).toContain(say('restore.vm-note'));
    await chat.clicks('Continue', { name: 'vm-app-02-back', subnet: restoreSubnet });
    const sure = await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-02' }));
    expect(sure.text).toContain('az deployment group create');
    expect(sure.text).not.toContain('AlternateLocation');
  });

  test('another size for a VM that Azure Backup would create itself: by disks and template, since it can’t choose one', async () => {
    const chat = await choosesVm(bot, 'rg-app/vm-dup-01');
    await chat.clicks('Continue', { name: 'vm-dup-01-big', subnet: restoreSubnet, size: 'Standard_D8s_v5' });
    const sure = await chat.untilTitle(say('restore.sure-vm', { vm: 'rg-app/vm-dup-01' }));
    expect(sure.text).toContain('az deployment group create');
    expect(sure.text).not.toContain('AlternateLocation');
    expect(sure.text).toContain(say('restore.not-carried'));
  });

  test('a size that the region no longer has is refused; if sizes can’t be read the old one stays', async () => {
    const { items } = await bot.azure.state('items');
    const sized = <T extends object>(point: T) => ({ ...point, size: 'Standard_E8s_v5' });
    await bot.azure.change({ items: items.map((item) => ({ ...item, points: item.points.map(sized) })) });
    const chat = await choosesVm(bot, 'vm-app-01');
    const card = await chat.card();
    expect(card.text).toContain(say('size.gone', { size: 'Standard_E8s_v5' }));
    expect(card.inputs['size']!.value).toBe('');
    const old = { name: 'vm-x', subnet: restoreSubnet, size: 'as-backed-up' };
    const answer = await chat.sends({ verb: card.buttons[0]!.verb, data: { ...card.buttons[0]!.data, ...old } });
    expect(answer.text).toContain(say('refusal.not-offered'));
    await chat.clicks('Continue', { name: 'vm-x', subnet: restoreSubnet, size: 'Standard_E4s_v5' });
    await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    // Sold out between the request and its approval.
    const before = (await restores('vm-app-01')).length;
    await requestsRestore(chat);
    await bot.azure.fault({ match: { method: 'GET', path: 'Compute/skus' }, status: 200, body: { value: [] } });
    await chat.as('ben').clicks(say('button.approve'));
    const anew = await chat.untilTitle(say('restore.which-vm', { vm: 'vm-app-01' }));
    expect(anew.text).toContain(say('size.none', { size: 'Standard_E8s_v5' }));
    expect(await restores('vm-app-01')).toHaveLength(before);
    await bot.azure.mend();
    await bot.azure.change({ items });
    const error = { code: 'AuthorizationFailed', message: 'no' };
    await bot.azure.fault({ match: { method: 'GET', path: 'Compute/skus' }, status: 403, body: { error } });
    const unread = await choosesVm(bot, 'vm-app-01');
    expect((await unread.card()).text).toContain(say('size.unread'));
    await unread.clicks('Continue', { name: 'vm-x', subnet: restoreSubnet });
    await unread.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    await bot.azure.mend();
  });

  test.each([
    { when: 'at the last moment', name: 'vm-dup-01-late', validated: 0 },
    { when: 'after Azure validated it', name: 'vm-dup-01-later', validated: 3 },
  ])('a name taken $when: no restore is begun, and it continues once it is free', async ({ name, validated }) => {
    const validations = async () => (await bot.azure.requests('POST', /backupTriggerValidateOperation/)).length;
    const chat = await choosesVm(bot, 'rg-app/vm-dup-01');
    await chat.clicks('Continue', { name, subnet: restoreSubnet });
    await chat.untilTitle(say('restore.sure-vm', { vm: 'rg-app/vm-dup-01' }));
    const before = (await restores('vm-dup-01')).length;
    const from = await validations();
    let isTaken = false;
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:before-save' || isTaken || (await validations()) < from + validated) return;
      isTaken = true;
      const { vms } = await bot.azure.state('vms');
      await bot.azure.change({ vms: [...vms, await vmLike(bot, 'rg-restore', name)] });
    };
    await approvesRestore(chat);
    await chat.untilTitle(new RegExp(`❌.*${name}`, 'u'));
    bot.failpoint = () => {};
    await chat.clicks(say('button.go-on'));
    const failed = await chat.untilTitle(new RegExp(say('trouble.vm-name-taken')));
    expect(await restores('vm-dup-01')).toHaveLength(before);
    // Azure wasn't asked this time, and the approval covers it once the name is free; another name is a new choice.
    expect(failed.titles.slice(0, 2)).toEqual([say('button.go-on'), say('button.choose-again')]);
    await bot.azure.change({ vms: (await bot.azure.state('vms')).vms.filter((vm) => vm.name !== name) });
    await chat.clicks(say('button.go-on'));
    await chat.untilTitle(say('closing.check-vm', { vm: name }));
    expect(await restores('vm-dup-01')).toHaveLength(before + 1);
  });

  test('a template that would create something else is not deployed; it continues once, under the same approval', async () => {
    const before = { restores: (await restores('vm-app-01')).length, deployments: (await deployments()).length };
    const resources = [{ type: 'Microsoft.Compute/virtualMachines' }, { type: 'Microsoft.Web/sites' }];
    const body = { parameters: {}, resources };
    await bot.azure.fault({ match: { method: 'GET', path: 'azuredeploy' }, status: 200, body });
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-strange');
    await approvesRestore(chat);
    const failed = await chat.untilTitle(/^❌/u);
    expect(failed.text).toContain(say('trouble.template-unknown-resource'));
    expect(failed.text).toContain(say('created.nothing', { vm: 'vm-app-01-strange' }));
    expect(failed.titles.slice(0, 2)).toEqual([say('button.go-on'), say('button.clean-up')]);
    expect(await deployments()).toHaveLength(before.deployments);
    await bot.azure.mend();
    const old = await chat.card();
    await Promise.all([chat.clicks(say('button.go-on')), chat.sends({ verb: 'go-on', data: old.buttons[0]!.data })]);
    await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-strange' }));
    expect(await deployments()).toHaveLength(before.deployments + 1);
    expect(await restores('vm-app-01')).toHaveLength(before.restores + 1);
  });

  test('a template is deployed only if Azure says that it changes nothing else, and exactly as Azure saw it', async () => {
    const before = (await deployments()).length;
    const asked = async () => (await bot.azure.requests('POST', /\/whatIf\?/i)).length;
    const says = (...changes: object[]) =>
      bot.azure.fault({
        match: { method: 'POST', path: 'whatIf' },
        ...{ status: 200, body: { status: 'Succeeded', properties: { changes } } },
      });
    const resourceId = `${restoreTarget.group}/providers/Microsoft.Network/networkInterfaces/nic-there`;
    const chat = await choosesVm(bot, 'vm-app-01');
    await chat.clicks('Continue', { name: 'vm-app-01-seen', subnet: restoreSubnet, size: 'Standard_D2s_v5' });
    await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    const names = ['virtualMachineName', 'virtualNetwork', 'virtualNetworkResourceGroup', 'subnet'];
    const parameters = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
    const storageProfile = { dataDisks: [{}, {}, {}, {}, {}] };
    const resources = [{ type: 'Microsoft.Compute/virtualMachines', properties: { storageProfile } }];
    const body = { parameters, resources };
    await bot.azure.fault({ match: { method: 'GET', path: 'azuredeploy' }, status: 200, body });
    await approvesRestore(chat);
    await chat.untilTitle(new RegExp(say('trouble.size-too-small')));
    await bot.azure.mend();
    const error = { code: 'InvalidTemplate', message: 'The template has no parameter of that name.' };
    await bot.azure.fault({ match: { method: 'POST', path: '/validate\\?' }, status: 400, body: { error } });
    await chat.clicks(say('button.go-on'));
    await chat.until('Azure’s objection', async () => (await chat.card()).text.includes(error.message));
    await bot.azure.mend();
    await says({ resourceId, changeType: 'Create' }, { resourceId, changeType: 'Modify' });
    await chat.clicks(say('button.go-on'));
    await chat.untilTitle(new RegExp(say('trouble.template-changes-others')));
    await bot.azure.mend();
    for (const unknown of [{ resourceId, changeType: 'Unsupported' }, { changeType: 'Unsupported' }]) {
      await says({ resourceId, changeType: 'Create' }, unknown);
      await goesOn(chat);
      await chat.untilTitle(new RegExp(say('trouble.template-effect-unknown')));
      await bot.azure.mend();
    }
    expect(await deployments()).toHaveLength(before);
    const looks = await asked();
    let isChanged = false;
    const told = Promise.withResolvers<void>();
    bot.failpoint = async (failpoint) => {
      if (failpoint === 'write:before-attempt') return told.promise;
      if (failpoint !== 'advance:before-save' || isChanged || (await asked()) === looks) return;
      isChanged = true;
      const { blobs } = await bot.azure.state('blobs');
      const changed = (text: string) => JSON.stringify({ ...JSON.parse(text), contentVersion: '1.0.0.1' });
      await bot.azure.change({
        blobs: blobs.map((blob) =>
          'text' in blob && blob.name.startsWith('azuredeploy') ? { ...blob, text: changed(blob.text) } : blob,
        ),
      });
    };
    await chat.clicks(say('button.go-on'));
    // Before anything is sent, the card says what Azure will create.
    await chat.until('what Azure says it will create', async () =>
      /Azure says it will create: .*vm-app-01-seen/.test((await chat.card()).text),
    );
    expect(await deployments()).toHaveLength(before);
    told.resolve();
    await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-seen' }));
    bot.failpoint = () => {};
    expect(await asked()).toBe(looks + 2);
    expect(await deployments()).toHaveLength(before + 1);
  });

  test('a deployment failed half-way: what exists is listed, and the files can be deleted', async () => {
    const { keyVaults } = await bot.azure.state('keyVaults');
    await bot.azure.change({ keyVaults: keyVaults.map((one) => ({ ...one, enabledForDiskEncryption: false })) });
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-half');
    await approvesRestore(chat);
    const failed = await chat.untilTitle(/^❌/u);
    expect(failed.text).toContain('KeyVaultAccessForbidden');
    expect(failed.text).toMatch(/Azure had already created: vm-app-01-half-[0-9a-f]{8}-nic/);
    expect((await blobsOf('vm-app-01')).length).toBeGreaterThan(0);
    await chat.clicks(say('button.clean-up'));
    const cleaned = await chat.untilTitle(say('closing.clean-up', { vm: 'vm-app-01' }));
    expect(cleaned.text).toContain(say('cleaned.soft-delete'));
    expect(await blobsOf('vm-app-01')).toEqual([]);
    await bot.azure.change({ keyVaults });
  });

  test('an agent that doesn’t respond: the VM exists, and its files stay until it does', async () => {
    Object.assign(bot.deps.waits, { vmAgent: 1 });
    // From the deployment on, time passes so slowly that the agent is missed even where all else is slow.
    const foreseen = async () => (await bot.azure.requests('POST', /whatIf/i)).length;
    const before = await foreseen();
    bot.failpoint = async (failpoint) => {
      if (failpoint === 'write:after-attempt' && (await foreseen()) > before) await paces(8);
    };
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-mute');
    await approvesRestore(chat);
    const failed = await chat.untilTitle(new RegExp(say('trouble.agent-silent')));
    expect(failed.text).toContain(say('checked.stays', { vm: 'vm-app-01-mute', group: 'rg-restore' }));
    expect(failed.text).toMatch(/^Private IP: 10\.10\.9\.\d+$/m);
    expect((await blobsOf('vm-app-01')).length).toBeGreaterThan(0);
    bot.failpoint = () => {};
    await paces(20_000);
    Object.assign(bot.deps.waits, { vmAgent: 60_000 });
    await chat.clicks(say('button.go-on'));
    await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-mute' }));
    expect(await blobsOf('vm-app-01')).toEqual([]);
  });

  test('a point from before templates existed: by calls, with the restored disks and no others', async () => {
    const puts = async (path: RegExp) => (await bot.azure.requests('PUT', path)).map(({ status }) => status);
    const { items } = await bot.azure.state('items');
    const item = items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))!;
    const data = item.machine!.vm.disks.find(({ role }) => role === 'data')!;
    Object.assign(data, { lun: 5, caching: 'ReadOnly' });
    await bot.azure.change({ items });
    const old = item.points.find(({ time }) => time < '2017-04-26')!;
    const chat = await choosesVm(bot, 'vm-app-01', old.id);
    expect((await chat.card()).text).toContain(say('restore.vm-note-calls'));
    await chat.clicks('Continue', { name: 'vm-app-01-old', subnet: restoreSubnet, size: 'Standard_D8s_v5' });
    const asked = await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    expect(asked.text).toContain('there is no template for so old a recovery point');
    expect(asked.text).toMatch(
      /az network nic create .*rg-restore.* && az vm create .*--name vm-app-01-old --size Standard_D8s_v5/,
    );
    const error = { code: 'OperationNotAllowed', message: 'The quota of cores is used up.' };
    await bot.azure.fault({
      match: { method: 'PUT', path: 'virtualMachines/vm-app-01-old' },
      status: 409,
      body: { error },
    });
    await approvesRestore(chat);
    const failed = await chat.untilTitle(/^❌/u);
    expect(failed.text).toContain('The quota of cores is used up.');
    const what = /already created: (vm-app-01-old-[0-9a-f]{8}-nic)\./.exec(failed.text)![1]!;
    await bot.azure.mend();
    const { blobs, disks } = await bot.azure.state('blobs', 'disks');
    const restored = disks.filter(({ name }) => name.startsWith('vm-app-01-')).at(-1)!;
    const other = (text: string) => text.replaceAll(restored.name, 'disk-of-somebody');
    const changed = blobs.map((blob) =>
      'text' in blob && blob.name.startsWith('config-vm-app-01') ? { ...blob, text: other(blob.text) } : blob,
    );
    // Whatever the file names by now; nor what was there before, or belongs to another VM by now.
    await bot.azure.change({ blobs: changed });
    for (const strange of [{ created: '2026-01-01T00:00:00Z' }, { managedBy: `${restoreTarget.group}/vm-x` }]) {
      const has = disks.map((disk) => (disk.name === restored.name ? { ...disk, ...strange } : disk));
      await bot.azure.change({ disks: has });
      await goesOn(chat);
      const refused = await chat.untilTitle(new RegExp(say('trouble.disks-not-free')));
      expect(refused.text).toContain(say('created.half', { what }));
    }
    await bot.azure.change({ disks });
    await chat.untilButton(say('button.go-on'));
    await chat.clicks(say('button.go-on'));
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-old' }));
    expect(closing.text).toContain(say('created.left', { what }));
    expect(await puts(/\/virtualMachines\/vm-app-01-old\?/i)).toEqual([409, 201]);
    expect(await puts(/\/networkInterfaces\/vm-app-01-old/i)).toEqual([201, 201]);
    const made = (await bot.azure.state('vms')).vms.find(({ name }) => name === 'vm-app-01-old')!;
    expect(made).toMatchObject({ power: 'running', agent: 'ready', size: 'Standard_D8s_v5' });
    expect(made.disks.map(({ role, lun, caching }) => [role, lun, caching])).toEqual([
      ['os', 0, 'ReadWrite'],
      ['data', 5, 'ReadOnly'],
    ]);
  });

  test('a full vCPU quota is shown before approval and blocks nothing; raised later, it continues; unread is unknown', async () => {
    const quotas = (cores: Record<string, number>) => bot.azure.change({ settings: { pageSize: 100, quotas: cores } });
    await quotas({ standardDSv5Family: 1 });
    const chat = await choosesVm(bot, 'vm-app-01');
    const { size } = (await chat.card()).inputs;
    const titleOf = (value: string) => size!.choices.find((one) => one.value === value)!.title;
    expect(titleOf('as-backed-up')).toContain(say('size.over-quota'));
    expect(titleOf('Standard_E4s_v5')).not.toContain(say('size.over-quota'));
    await chat.clicks('Continue', { name: 'vm-app-01-over', subnet: restoreSubnet });
    const short = { size: 'Standard_D4s_v5', needs: 4, of: 'DSv5', left: 0, region: 'West Europe' };
    const sure = await chat.untilTitle(say('restore.short', { vm: 'vm-app-01' }));
    expect(sure.titles.slice(0, 2)).toEqual([say('button.change-target'), say('button.ask-approval')]);
    expect(sure.text).toContain(say('cores.short', short));
    await requestsRestore(chat);
    expect((await chat.as('ben').card()).text).toContain(say('cores.short', short).replace(/\.$/, ''));
    await chat.as('ben').clicks(say('button.approve'));
    const failed = await chat.untilTitle(/^❌/u);
    expect(failed.text).toContain('exceeding approved standardDSv5Family Cores quota');
    await quotas({});
    await chat.clicks(say('button.go-on'));
    await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-over' }));
    // The whole region.
    await quotas({ cores: 1 });
    const region = await choosesVm(bot, 'vm-app-01');
    await region.clicks('Continue', { name: 'vm-x', subnet: restoreSubnet });
    const whole = await region.untilTitle(say('restore.short', { vm: 'vm-app-01' }));
    expect(whole.text).toContain(say('cores.short', { ...short, of: 'cores' }));
    const error = { code: 'AuthorizationFailed', message: 'no' };
    await bot.azure.fault({ match: { method: 'GET', path: 'usages' }, status: 403, body: { error } });
    const unread = await choosesNewVm(bot, 'vm-app-01', 'vm-x');
    expect((await unread.card()).text).toContain(say('cores.unknown', { region: 'West Europe' }));
    expect((await unread.card()).titles[0]).toBe(say('button.ask-approval'));
    await bot.azure.mend();
    await quotas({});
    const enough = await choosesNewVm(bot, 'vm-app-01', 'vm-x');
    expect((await enough.card()).text).not.toMatch(/vCPU quota|vCPUs, and/);
  });

  const pushesTo = async (vm: string) =>
    (await bot.azure.requests('PUT', new RegExp(`/${vm}/extensions/AzureDiskEncryption`))).map(({ status }) => status);

  test('more on its disks than Azure puts the settings back for: requester and approvers are told, and it is pushed', async () => {
    const { disks, items } = await bot.azure.state('disks', 'items');
    const large = <T extends { readonly name: string }>(all: readonly T[]) =>
      all.map((disk) => (/^vm-app-01[_-]/.test(disk.name) ? { ...disk, sizeGiB: 2100 } : disk));
    const machines = items.map((item) =>
      item.machine ? { ...item, machine: { ...item.machine, disks: large(item.machine.disks) } } : item,
    );
    await bot.azure.change({ disks: large(disks), items: machines });
    const sum = { disks: 2, gib: 4200 };
    const alone = await choosesRestore(bot, 'vm-app-01');
    expect((await alone.card()).text).toContain(say('beyond-ade.disks', sum));
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-large');
    const told = say('beyond-ade.vm', { ...sum, vm: 'vm-app-01-large' });
    expect((await chat.card()).text).toContain(told);
    await requestsRestore(chat);
    expect((await chat.as('ben').card()).text).toContain(told.replace(/\.$/, ''));
    await chat.as('ben').clicks(say('button.approve'));
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-large' }));
    expect(closing.text).toContain(say('pushed.done'));
    expect(await pushesTo('vm-app-01-large')).toEqual([201]);
    const { disks: now } = await bot.azure.state('disks');
    await bot.azure.change({ disks: now.map((disk) => disks.find(({ name }) => name === disk.name) ?? disk) });
    await bot.azure.change({ items });
    const usual = await choosesRestore(bot, 'vm-app-01');
    expect((await usual.card()).text).not.toContain('Beyond 16 disks');
  });

  test('on Linux the extension puts the encryption settings back, once; a failed push continues', async () => {
    await makeLinux(bot.azure, 'vm-app-01');
    const pushes = () => pushesTo('vm-app-01-linux');
    const error = { code: 'OperationNotAllowed', message: 'Another extension is at work.' };
    await bot.azure.fault({ match: { method: 'PUT', path: 'extensions' }, status: 409, body: { error } });
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-linux');
    const { text } = await chat.card();
    expect(text).toContain(say('plan.push-ade', { vm: 'vm-app-01-linux' }));
    expect(text).toContain(say('ade.ends').replace(/\.$/, ''));
    expect(text).toMatch(/az vm encryption enable --resource-group rg-restore --name vm-app-01-linux.* ALL/);
    await approvesRestore(chat);
    const failed = await chat.untilTitle(/^❌/u);
    expect(failed.text).toContain('Another extension is at work.');
    expect(failed.text).toContain('Continue here, or run: az vm encryption enable');
    await bot.azure.mend();
    await chat.clicks(say('button.go-on'));
    const closing = await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-linux' }));
    expect(closing.text).toContain(say('pushed.done'));
    expect(closing.text).toContain(say('ade.ends'));
    expect(await pushes()).toEqual([409, 201]);
    const { vms, disks } = await bot.azure.state('vms', 'disks');
    const made = vms.find(({ name }) => name === 'vm-app-01-linux')!;
    const { ade } = disks.find(({ managedBy, os }) => os && managedBy?.endsWith('/vm-app-01-linux'))!;
    expect(made.adeState).toBe('encrypted');
    const operation = (await bot.operationsIn(chat)).at(-1);
    expect(made.extensions).toMatchObject([
      {
        name: 'AzureDiskEncryptionForLinux',
        forceUpdateTag: operation!.id,
        settings: { KeyVaultURL: 'https://kv-prod-weu.vault.azure.net/', KeyEncryptionKeyURL: ade!.keyUrl },
      },
    ]);
  });
});

/** A VM as the simulator keeps it. */
async function vmLike(bot: TestBot, resourceGroup: string, name: string) {
  const { vms } = await bot.azure.state('vms');
  return { ...vms[0]!, resourceGroup, name, disks: [] };
}
