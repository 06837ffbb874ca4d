import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { SlackChat, textOf } from '../slack/support/slack-client.ts';
import { requestsRestore } from '../support/restore-talk.ts';
import { proveReport, type DrillFile } from '../../src/audit/drill-file.ts';
import { drillPage } from '../../src/cli/audit/drill-page.ts';
import { words } from '../../src/message/words.ts';
import { drillTag } from '../../src/core/drill-tag.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import type { SubnetSpec } from '../../src/sim/state/state-network.ts';
import { whatIsDue } from '../../src/store/what-is-due.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { drillGroup, drillRoles, requestsDrill, requestsOrRepeatsDrill } from '../support/drill-talk.ts';
import { makeLinux } from '../support/make-linux.ts';
import { viewOf } from '../support/card-view.ts';
import { lookedAt } from '../support/looked-at.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

describe('restore drills', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: drillRoles, speed: 20_000, leases: { sweep: 300 } });
  });
  afterEach(() => {
    bot.failpoint = () => {};
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const drillParts = ['vms', 'disks', 'networkInterfaces', 'publicAddresses'] as const;
  const inDrills = ({ vms, disks, networkInterfaces, publicAddresses }: Pick<SimState, (typeof drillParts)[number]>) =>
    [...vms, ...disks, ...networkInterfaces, ...publicAddresses].filter(
      ({ resourceGroup }) => resourceGroup === 'rg-drills',
    );
  const deletions = async () =>
    (await bot.azure.requests('DELETE', /Microsoft\.(Compute|Network)/i)).map(({ path }) => path.split('?')[0]!);
  const restores = async () => (await bot.azure.writes(/\/restore\?/)).length;

  /** The signed reports of a VM's drills in the audit log. */
  const reportsOf = async (vm: string) =>
    (await bot.rows('audit'))
      .map(({ entry }) => entry as { what: string; file?: DrillFile })
      .flatMap(({ what, file }) => (what === 'drill-report' && file ? [file] : []))
      .filter(({ report }) => String(report['vm']).endsWith(`/${vm}`));

  /** A card says what failed as soon as that is certain; parts that always run, and the report, follow. */
  const over = (chat: BotChat) =>
    chat.until('the end', async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running'));

  /** Changes the simulated Azure once, as soon as it has accepted the first write: the restore. */
  function afterRestore(change: (state: SimState) => Partial<SimState>): void {
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'write:after-send') return;
      bot.failpoint = () => {};
      await bot.azure.change(change(await bot.azure.state()));
    };
  }

  test('requested, approved, restored, booted, checked, and nothing is left of it', async () => {
    const before = await bot.azure.state();
    const chat = await requestsDrill(bot, 'vm-app-01');
    expect(await restores()).toBe(0);
    await chat.as('ben').clicks(say('button.approve'));
    const closing = await chat.untilTitle(say('closing.drill', { vm: 'vm-app-01' }));
    const after = await bot.azure.state();
    expect(inDrills(after)).toEqual([]);
    expect(after.vms.map(({ name }) => name)).toEqual(before.vms.map(({ name }) => name));
    expect(after.disks).toEqual(before.disks);
    expect(after.blobs).toEqual(before.blobs);
    expect(closing.text).toContain(say('checked.answers', { version: '2.7.41491.1176' }).split(',')[0]);
    expect(closing.text).not.toMatch(/billed until someone deletes/);
    expect(closing.titles).not.toContain(say('button.protect-new', { vm: 'vm-app-01-drill' }));
    const [vm, nic, ...disks] = await deletions();
    expect(vm).toMatch(/virtualMachines\/vm-app-01-drill$/);
    expect(nic).toMatch(/networkInterfaces\/vm-app-01-drill-[0-9a-f]{8}-nic$/);
    expect(disks.length).toBeGreaterThan(0);
    for (const path of [vm, nic, ...disks]) expect(path!.toLowerCase()).toContain(drillGroup.toLowerCase());
    const reports = await reportsOf('vm-app-01');
    expect(reports).toHaveLength(1);
    const [file] = reports;
    expect(file!.report).toMatchObject({ result: 'succeeded', startedBy: 'Ana de Vries', left: [] });
    const disk = expect.objectContaining({ encrypted: true });
    const checks = { running: true, agent: expect.any(String), disks: expect.arrayContaining([disk]) };
    expect(file!.report).toMatchObject({ checks, restoredInto: drillGroup, recoveryPoint: expect.any(String) });
    expect(file!.report).toMatchObject({ minutes: expect.any(Number), subnet: expect.stringContaining('snet-drills') });
    for (const time of ['began', 'ended']) expect(file!.report[time]).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(await bot.azure.writes(/Microsoft\.KeyVault|^\/(keys|secrets)\//i)).toEqual([]);
    expect((file!.report['deleted'] as string[]).length).toBe(2 + disks.length);
    expect(proveReport(JSON.stringify(file))).toMatchObject({ proven: true });
    // Printed, each field and step is in the reader's words.
    const [page, dutch] = [drillPage(file!, 'en'), drillPage(file!, 'nl')];
    expect(page).toMatch(
      /Restore drill of vm-app-01: succeeded[^]*Check that it runs, .*: done · \d+ \w+ \d{4} .* UTC/,
    );
    expect(page).toMatch(/<th>Encryption<\/th><td>\S+: encrypted/);
    expect(dutch).toMatch(/Hersteltest van vm-app-01: geslaagd[^]*<th>Versleuteling<\/th><td>\S+: versleuteld/);
    const steps = file!.report['steps'] as readonly { does: string }[];
    const names = [...Object.keys(file!.report).map((name) => `<th>${name}<`), ...steps.map(({ does }) => `>${does}:`)];
    for (const name of names) expect(`${page}${dutch}`).not.toContain(name);
    for (const changed of [{ result: 'failed' }, { vm: 'another' }]) {
      const forged = { ...file!, report: { ...file!.report, ...changed } };
      expect(proveReport(JSON.stringify(forged))).toEqual({ proven: false, why: 'changed' });
    }
  });

  test('in Slack as well: requested in a thread and approved there; no extension is pushed, which would need outbound access', async () => {
    const { vms, disks, items } = await bot.azure.state('vms', 'disks', 'items');
    await makeLinux(bot.azure, 'vm-app-02');
    const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    const thread = general.in((await general.says('@Kluis backup drill vm-app-02')).ts as string);
    await thread.until(say('drill.sure', { vm: 'vm-app-02' }));
    await thread.presses(say('button.ask-approval'));
    await thread.until('0 of 1 · until');
    await thread.as('ben').presses(say('button.approve'));
    const closing = textOf(await thread.until(say('closing.drill', { vm: 'vm-app-02' })));
    expect(closing).toContain('vm-app-02-drill');
    expect(inDrills(await bot.azure.state(...drillParts))).toEqual([]);
    expect(await reportsOf('vm-app-02')).toHaveLength(1);
    expect(await bot.azure.writes(/\/extensions\//i)).toEqual([]);
    await bot.azure.change({ vms, disks, items });
  });

  test('a network with outbound access is refused, and what opens it is named', async () => {
    const { virtualNetworks } = await bot.azure.state('virtualNetworks');
    const remoteId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/prod';
    const peered = virtualNetworks.map((one) =>
      one.name === 'vnet-drills-weu' ? { ...one, peerings: [{ name: 'to-prod', remoteId }] } : one,
    );
    await bot.azure.change({ virtualNetworks: peered });
    const chat = await bot.asks('ana', 'backup drill vm-app-02');
    const card = await chat.untilTitle(say('drill.not-possible-because', { vm: 'vm-app-02', why: '' }));
    expect(card.text).toContain(say('drill.open-peering', { name: 'to-prod' }));
    expect(card.titles).toEqual([say('button.check-again'), 'Close']);
    const subnetWith = (more: object) =>
      bot.azure.change({
        virtualNetworks: virtualNetworks.map((one) => ({
          ...one,
          subnets: one.subnets.map((subnet) => (subnet.name === 'snet-drills' ? { ...subnet, ...more } : subnet)),
        })),
      });
    const inNetwork = (kind: string, name: string) =>
      `/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-network/providers/Microsoft.Network/${kind}/${name}`;
    const subnetIs = async (more: object, said: string) => {
      await subnetWith(more);
      await chat.clicks(say('button.check-again'));
      await chat.until(said, async () => (await chat.card()).text.includes(said));
    };
    const { routeTables } = await bot.azure.state('routeTables');
    const table = { resourceGroup: 'rg-network', name: 'rt-drills', location: 'westeurope', tags: {} };
    const routes = [{ name: 'to-firewall', prefix: '0.0.0.0/0', nextHop: 'VirtualAppliance' }];
    const subscription = '00000000-0000-0000-0000-00000000c0de';
    await bot.azure.change({ routeTables: [...routeTables, { ...table, subscription, routes }] });
    await subnetIs(
      { natGatewayId: inNetwork('natGateways', 'nat-1') },
      say('drill.open-nat-gateway', { name: 'nat-1' }),
    );
    await subnetIs(
      { routeTableId: inNetwork('routeTables', 'rt-drills') },
      say('drill.open-route', { name: 'to-firewall' }),
    );
    await subnetIs(
      { serviceEndpoints: ['Microsoft.Storage'] },
      say('drill.open-service-endpoint', { name: 'Microsoft.Storage' }),
    );
    const besideIt = async (subnet: Partial<SubnetSpec>, said: string) => {
      const beside = { name: 'snet-beside', prefix: '10.30.9.0/24', ...subnet };
      const withIt = virtualNetworks.map((one) => ({ ...one, subnets: [...one.subnets, beside] }));
      await bot.azure.change({ virtualNetworks: withIt });
      await chat.clicks(say('button.check-again'));
      await chat.until(said, async () => (await chat.card()).text.includes(said));
    };
    await besideIt({ name: 'GatewaySubnet' }, say('drill.open-gateway', { name: 'GatewaySubnet' }));
    const privateEndpointIds = [inNetwork('privateEndpoints', 'pe-sql-prod')];
    const leads = say('drill.open-private-endpoint', { name: 'pe-sql-prod' });
    await besideIt({ privateEndpointIds }, leads);
    await subnetIs({ privateEndpointIds, defaultOutbound: false }, leads);
    const ipConfigurationIds = [`${inNetwork('azureFirewalls', 'fw-1')}/azureFirewallIpConfigurations/one`];
    await besideIt({ ipConfigurationIds }, say('drill.open-service', { name: 'fw-1' }));
    const serviceLinks = [{ name: 'AppServiceLink', service: 'Microsoft.Web/serverFarms' }];
    await besideIt({ serviceLinks }, say('drill.open-service', { name: 'AppServiceLink' }));
    // What can't be read is neither a network without outbound access nor a permission.
    await subnetIs({ routeTableId: inNetwork('routeTables', 'rt-of-nobody') }, say('drill.why-network-unread'));
    const body = { error: { code: 'AuthorizationFailed', message: 'no' } };
    await bot.azure.fault({
      match: { method: 'GET', path: 'rg-drills/providers/Microsoft.Authorization/permissions' },
      status: 403,
      body,
    });
    await subnetIs({}, say('drill.why-rights-unread'));
    await bot.azure.mend();
    await bot.azure.change({ virtualNetworks, routeTables });
    await chat.clicks(say('button.check-again'));
    await chat.untilTitle(say('drill.sure', { vm: 'vm-app-02' }));
    // Opened between the request and its approval: nothing is restored.
    const restored = await restores();
    await requestsRestore(chat);
    await subnetWith({ natGatewayId: inNetwork('natGateways', 'nat-1') });
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilTitle(say('drill.not-possible-because', { vm: 'vm-app-02', why: '' }));
    expect((await bot.rows('approval_request')).at(-1)).toMatchObject({ state: 'superseded' });
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect(await restores()).toBe(restored);
    await bot.azure.change({ virtualNetworks });
    // What couldn't be deleted again is never created.
    const { roles, roleAssignments } = await bot.azure.state('roles', 'roleAssignments');
    const { id } = roles.find(({ name }) => name === 'kluis-drill')!;
    await bot.azure.change({ roleAssignments: roleAssignments.filter(({ roleId }) => roleId !== id) });
    const lacking = await bot.asks('ana', 'backup drill vm-app-02');
    const refused = await lacking.untilTitle(say('drill.not-possible-because', { vm: 'vm-app-02', why: '' }));
    expect(refused.text).toContain('Microsoft.Compute/virtualMachines/delete');
    await bot.azure.change({ roleAssignments });
    const uncovered = await bot.asks('ana', 'backup drill vm-sql-01');
    await uncovered.untilTitle(/vm-sql-01/);
    expect((await uncovered.card()).titles).not.toContain(say('button.ask-approval'));
  });

  test('opened after the disks were restored: nothing is started in it, and the disks are deleted again', async () => {
    const deployments = async () => (await bot.azure.requests('PUT', /deployments\/kluis-/i)).length;
    const [deployed, { securityGroups }] = [await deployments(), await bot.azure.state()];
    afterRestore(() => ({ securityGroups: securityGroups.map((one) => ({ ...one, rules: [] })) }));
    const chat = await requestsDrill(bot, 'vm-app-01');
    await chat.as('ben').clicks(say('button.approve'));
    const failed = await chat.untilTitle(new RegExp(say('trouble.network-open')));
    await over(chat);
    expect(failed.text).toContain(say('drill.open-rule', { name: 'AllowInternetOutBound' }));
    expect(failed.titles).not.toContain(say('button.go-on'));
    expect(await deployments()).toBe(deployed);
    expect(inDrills(await bot.azure.state(...drillParts))).toEqual([]);
    await bot.azure.change({ securityGroups });
  });

  test('what Azure doesn’t delete is named with everything that it holds, on the card and in the report', async () => {
    await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
    const body = { error: { code: 'AuthorizationFailed', message: 'no' } };
    await bot.azure.fault({ match: { method: 'DELETE', path: 'virtualMachines/vm-app-01-drill' }, status: 403, body });
    const before = (await reportsOf('vm-app-01')).length;
    // The approval of the same plan, which failed in the previous test, still covers it.
    const chat = await bot.asks('ana', 'backup drill vm-app-01');
    await chat.untilTitle(say('drill.sure', { vm: 'vm-app-01' }));
    await chat.clicks(say('button.ask-approval'));
    const failed = await chat.untilTitle(/^❌.*vm-app-01/u);
    await over(chat);
    await bot.azure.mend();
    const state = await bot.azure.state();
    const there = inDrills(state).map(({ name }) => name);
    expect(there).toEqual(expect.arrayContaining(['vm-app-01-drill', expect.stringMatching(/-nic$/)]));
    for (const name of there) expect(failed.text).toContain(name);
    expect(failed.text).toContain('billed until someone deletes');
    expect(failed.text).not.toContain(say('deleted.none', { group: 'rg-drills' }));
    const left = (await reportsOf('vm-app-01')).slice(before).at(-1)!.report['left'] as string[];
    expect(left.map((id) => id.split('/').pop()).toSorted()).toEqual(there.toSorted());
    // Soon after it is an alert, which leads to what deletes it; a resource that no drill created is named
    // separately.
    const alert = async (title: string) =>
      (await bot.lab.messages('19:general@thread.tacv2', 'ana'))
        .flatMap(({ card }) => (card ? [viewOf(card)] : []))
        .find((card) => card.title.includes(title));
    const told = await chat.until('the alert', () => alert(say('sighted.drill-left.one', { name: 'rg-drills' })));
    expect(told.titles).toContain(say('button.see-left'));
    // The check runs once a day, not with each sweep: once put off for a day, it isn't due before.
    await lookedAt(bot, 'drill-left');
    expect((await whatIsDue(bot.database.db, 10)).looksDue).not.toContain('drill-left');
    for (const name of there) expect(told.text).toContain(name);
    const spare = state.disks.find(({ resourceGroup }) => resourceGroup === 'rg-drills')!;
    const stray = { ...spare, name: 'disk-of-nobody', tags: { [drillTag]: 'a drill of another installation' } };
    await bot.azure.change({ disks: [...state.disks, stray] });
    const taken = await bot.asks('ana', 'backup drill vm-app-01');
    await taken.untilButton(say('button.see-left'));
    expect((await taken.card()).text).toContain(say('drill.why-taken'));
    expect((await (await bot.asks('ana', 'backup drills')).card()).text).toContain('vm-app-01-drill');
    const sweeping = await bot.asks('ana', 'backup leftovers');
    await sweeping.untilButton(say('button.delete-left'));
    const card = await sweeping.card();
    for (const name of there) expect(card.text).toContain(name);
    expect(card.text).toContain(say('leftovers.unknown', { what: 'disk-of-nobody' }));
    expect(card.text).toContain('az resource list --tag kluis-drill --subscription 00000000');
    await sweeping.clicks(say('button.delete-left'));
    await sweeping.untilTitle(say('closing.delete-left', { group: 'rg-drills' }));
    expect(inDrills(await bot.azure.state(...drillParts)).map(({ name }) => name)).toEqual(['disk-of-nobody']);
    await bot.azure.change({
      disks: (await bot.azure.state('disks')).disks.filter(({ name }) => name !== 'disk-of-nobody'),
    });
    await lookedAt(bot, 'drill-left');
    const closed = await chat.until('the end of it', () =>
      alert('Resolved: restore drills left something in rg-drills'),
    );
    expect(closed.titles).toEqual([]);
    expect((await (await bot.asks('ana', 'backup leftovers')).card()).title).toContain(say('leftovers.none'));
  });

  test('a VM with its name but without the tag, or with another drill’s, and other people’s disks are never deleted', async () => {
    const strange = { [drillTag]: '00000000-0000-0000-0000-000000000000' };
    for (const { vm, tags } of [
      { vm: 'vm-app-02', tags: {} },
      { vm: 'rg-app/vm-dup-01', tags: strange },
    ]) {
      const name = `${vm.split('/').pop()}-drill`;
      afterRestore(({ vms }) => {
        const like = vms.find((one) => one.name === 'vm-plain-01');
        const made = {
          ...like!,
          resourceGroup: 'rg-drills',
          name,
          tags,
          disks: [],
          interfaceIds: [],
        };
        return { vms: [...vms, made] };
      });
      const before = (await deletions()).length;
      const chat = await requestsDrill(bot, vm);
      await chat.as('ben').clicks(say('button.approve'));
      const failed = await chat.untilTitle(new RegExp(say('trouble.vm-name-taken')));
      await over(chat);
      const now = await bot.azure.state();
      expect(inDrills(now).map(({ name }) => name)).toEqual([name]);
      const sent = (await deletions()).slice(before);
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.filter((path) => !/\/disks\//.test(path))).toEqual([]);
      expect(failed.text).toContain(say('deleted.spared', { what: name, group: 'rg-drills' }));
      const file = (await reportsOf(vm.split('/').pop() ?? '')).at(-1);
      expect(file!.report).toMatchObject({
        result: 'failed',
        left: [`${drillGroup}/providers/Microsoft.Compute/virtualMachines/${name}`],
      });
      await bot.azure.change({ vms: now.vms.filter(({ resourceGroup }) => resourceGroup !== 'rg-drills') });
    }
  });

  const startsDrill = (vm: string) => requestsOrRepeatsDrill(bot, vm);

  /** Rewrites the template that a restore has left, as anyone who can write to the staging account could. */
  function rewritesTemplate(change: (template: Template) => void): void {
    bot.failpoint = async (failpoint) => {
      const { blobs } = await bot.azure.state('blobs');
      const staged = blobs.find(({ name }) => name.startsWith('azuredeploy'));
      if (failpoint !== 'write:after-send' || !staged || !('text' in staged)) return;
      bot.failpoint = () => {};
      const template = JSON.parse(staged.text) as Template;
      change(template);
      const text = JSON.stringify(template);
      await bot.azure.change({ blobs: blobs.map((one) => (one === staged ? { ...staged, text } : one)) });
    };
  }
  type Template = { parameters: object; resources: { type: string; properties: Record<string, never> }[] };
  const deployments = () => bot.azure.requests('PUT', /deployments\/kluis-/i);

  test('the public address in Azure Backup’s template is not deployed', async () => {
    const before = (await deployments()).length;
    rewritesTemplate((template) => {
      const [nic] = template.resources;
      const { ipConfigurations } = nic!.properties as unknown as { ipConfigurations: { properties: object }[] };
      const id = "[resourceId('Microsoft.Network/publicIPAddresses', parameters('publicIpAddressName'))]";
      Object.assign(ipConfigurations[0]!.properties, { publicIPAddress: { id } });
      Object.assign(template.parameters, { publicIpAddressName: { type: 'string' } });
      const type = 'Microsoft.Network/publicIPAddresses';
      const address = {
        type,
        apiVersion: '2020-06-01',
        name: "[parameters('publicIpAddressName')]",
        location: 'westeurope',
      };
      template.resources.unshift({ ...address, properties: {} });
    });
    const chat = await startsDrill('rg-app/vm-dup-01');
    await chat.untilTitle(say('closing.drill', { vm: 'vm-dup-01' }));
    const [sent] = (await deployments()).slice(before);
    expect(JSON.stringify(sent!.body)).toMatch(/networkInterfaces/);
    expect(JSON.stringify(sent!.body)).not.toMatch(/publicIPAddresses/i);
    expect(inDrills(await bot.azure.state(...drillParts))).toEqual([]);
  });

  test('a drill whose VM is kept for an hour: it is, and is deleted after that', async () => {
    const entry = (bot.deps.drills as unknown as { keepMs: number }[])[1]!;
    entry.keepMs = 3_600_000;
    const before = (await deletions()).length;
    const chat = await startsDrill('rg-app/vm-dup-01');
    await chat.untilTitle(say('progress.now-keep-drill', { vm: 'vm-dup-01-drill' }));
    expect(inDrills(await bot.azure.state(...drillParts)).map(({ name }) => name)).toContain('vm-dup-01-drill');
    expect(await deletions()).toHaveLength(before);
    const past = new Date(Date.now() - 61 * 60_000).toISOString();
    const [operation] = await bot.operationsIn(chat);
    await sql`update operation set due_at = now(), parts = jsonb_set(parts, '{delete}', parts -> 'delete' ||
      ${JSON.stringify({ began: past, dueAt: past })}::jsonb) where id = ${operation!.id}`.execute(bot.database.db);
    await chat.untilTitle(say('closing.drill', { vm: 'vm-dup-01' }));
    entry.keepMs = 0;
    expect(inDrills(await bot.azure.state(...drillParts))).toEqual([]);
  });

  test('a template with an interface of its own in the VM is not deployed, and the disks are deleted', async () => {
    const before = (await deployments()).length;
    rewritesTemplate(({ resources }) => {
      const { networkProfile } = resources.at(-1)!.properties as unknown as { networkProfile: object };
      Object.assign(networkProfile, { networkInterfaceConfigurations: [{ name: 'out', properties: {} }] });
    });
    const chat = await startsDrill('vm-app-02');
    await chat.untilTitle(new RegExp(say('trouble.template-not-closed')));
    await over(chat);
    expect(await deployments()).toHaveLength(before);
    expect(inDrills(await bot.azure.state(...drillParts))).toEqual([]);
  });

  test('a disk in the settings file that the drill didn’t create is neither tagged nor deleted', async () => {
    const { vms, disks } = await bot.azure.state('vms', 'disks');
    const vm = vms.find(({ name }) => name === 'vm-app-02')!;
    const { managedBy: _, ...like } = disks.find(({ managedBy }) => managedBy?.endsWith('/vm-app-02'))!;
    const foreign = { ...like, resourceGroup: 'rg-drills', name: 'disk-of-others' };
    await bot.azure.change({ disks: [...disks, foreign] });
    const id = `${drillGroup}/providers/Microsoft.Compute/disks/disk-of-others`;
    const osDisk = { osType: vm.os, managedDisk: { id } };
    const body = { name: vm.name, 'properties.storageProfile': { osDisk, dataDisks: [] } };
    await bot.azure.fault({ match: { method: 'GET', path: 'config-vm-app-02-' }, status: 200, body });
    const chat = await startsDrill('vm-app-02');
    // It was there before: the file says nothing about what this drill restored.
    await chat.untilTitle(say('closing.drill', { vm: 'vm-app-02' }));
    await over(chat);
    await bot.azure.mend();
    expect(await bot.azure.writes(/disk-of-others/)).toEqual([]);
    const after = await bot.azure.state();
    expect(inDrills(after)).toEqual([foreign]);
    await bot.azure.change({ disks: after.disks.filter(({ resourceGroup }) => resourceGroup !== 'rg-drills') });
  });

  test('what a drill created is deleted, whatever has happened to roles, rules and approval since', async () => {
    const roles = [...bot.roles];
    const rules = bot.rules.length;
    let isMade = false;
    bot.failpoint = async () => {
      if (isMade || !(await bot.azure.state('vms')).vms.some(({ name }) => name === 'vm-app-01-drill')) return;
      isMade = true;
      bot.roles.splice(0, bot.roles.length);
      bot.rules.push({ operation: null, match: {}, verdict: { deny: true } });
      await sql`update approval_request set started_at = started_at - interval '30 hours'`.execute(bot.database.db);
    };
    const chat = await startsDrill('vm-app-01');
    await over(chat);
    bot.roles.splice(0, bot.roles.length, ...roles);
    bot.rules.splice(rules);
    expect(isMade).toBe(true);
    await chat.untilTitle(say('closing.drill', { vm: 'vm-app-01' }));
    const { blobs, ...after } = await bot.azure.state('blobs', ...drillParts);
    expect(inDrills(after)).toEqual([]);
    expect(blobs).toEqual([]);
  });

  test('read-only since it began: it deletes nothing, and says what is left and why', async () => {
    await bot.azure.fault({
      match: { method: 'DELETE', path: 'virtualMachines/vm-app-01-drill' },
      status: 429,
      body: {},
    });
    const before = (await deletions()).length;
    const chat = await startsDrill('vm-app-01');
    await chat.until('a deletion that is put off', async () => (await deletions()).length > before);
    bot.readOnly = true;
    await bot.restart();
    await bot.azure.mend();
    const failed = await chat.untilTitle(/^❌.*vm-app-01/u);
    await over(chat);
    bot.readOnly = false;
    await bot.restart();
    expect(failed.text).toContain(say('trouble.read-only-now'));
    const state = await bot.azure.state();
    const there = inDrills(state).map(({ name }) => name);
    expect(there).toContain('vm-app-01-drill');
    for (const name of there) expect(failed.text).toContain(name);
    const others = <T extends { resourceGroup: string }>(all: T[]) =>
      all.filter(({ resourceGroup }) => resourceGroup !== 'rg-drills');
    const { vms, disks, networkInterfaces } = state;
    await bot.azure.change({ vms: others(vms), disks: others(disks), networkInterfaces: others(networkInterfaces) });
  });

  test('while a recorded disk of an earlier drill exists, that VM gets no other drill', async () => {
    const body = { error: { code: 'AuthorizationFailed', message: 'no' } };
    const path = 'rg-drills/providers/Microsoft.Compute/disks';
    await bot.azure.fault({ match: { method: 'DELETE', path }, status: 403, body });
    const chat = await startsDrill('rg-app/vm-dup-01');
    await chat.untilTitle(/^❌.*vm-dup-01/u);
    await over(chat);
    await bot.azure.mend();
    const { vms, disks } = await bot.azure.state('vms', 'disks');
    expect(vms.filter(({ resourceGroup }) => resourceGroup === 'rg-drills')).toEqual([]);
    const again = await bot.asks('ana', 'backup drill rg-app/vm-dup-01');
    const refused = await again.untilTitle(say('drill.not-possible-because', { vm: 'rg-app/vm-dup-01', why: '' }));
    expect(refused.text).toContain(say('drill.why-taken'));
    await bot.azure.change({ disks: disks.filter(({ resourceGroup }) => resourceGroup !== 'rg-drills') });
    await again.clicks(say('button.check-again'));
    await again.untilTitle(say('drill.sure', { vm: 'rg-app/vm-dup-01' }));
  });
});
