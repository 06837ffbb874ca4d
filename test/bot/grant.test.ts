import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const subscription = '/subscriptions/00000000-0000-0000-0000-00000000c0de';
const keyVault = (name: string) =>
  `${subscription}/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults/${name}`;
const backupApp = '00000000-0000-0000-0000-0000000bac09';
const tenant = '00000000-0000-0000-0000-0000007e4a47';
const giveAll = say('button.grant-key-vault-access+protect+back-up-now');

/** The card is followed by one message that mentions the requester. */
async function untilTold(chat: BotChat): Promise<void> {
  await chat.until('the message that tells who asked', async () => (await chat.messages()).length > 1 || null);
  expect(await chat.messages()).toHaveLength(2);
}

describe('giving Azure Backup access to a key vault', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());
  afterEach(async () => {
    const doubled = /^[^?]*\/\//;
    expect([...(await bot.azure.requests('GET', doubled)), ...(await bot.azure.writes(doubled))]).toEqual([]);
  });

  test('access policies: one call with the union of permissions, by the grant identity, and the rest by itself', async () => {
    const before = await entriesOf('kv-web-weu');
    const chat = await bot.asks('ana', 'backup vm-web-01');
    await chat.clicks(giveAll);
    const closed = await chat.untilTitle(/vm-web-01 is backed up/);

    const writes = await bot.azure.writes();
    expect(writes.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)).toEqual([
      `PUT ${keyVault('kv-web-weu')}/accessPolicies/add`,
      expect.stringMatching(/^PUT .*\/protectedItems\/VM;iaasvmcontainerv2;rg-web;vm-web-01$/),
      expect.stringMatching(/^POST .*;vm-web-01\/backup$/),
    ]);
    const [grant, ...rest] = writes;
    expect(grant!.identity).toBe('kluis-grant');
    expect(rest.map(({ identity }) => identity)).toEqual(['kluis-operate', 'kluis-operate']);
    const { accessPolicies } = (grant!.body as { properties: { accessPolicies: object[] } }).properties;
    expect(accessPolicies).toEqual([
      {
        tenantId: tenant,
        objectId: backupApp,
        permissions: expect.objectContaining({ keys: ['get', 'list', 'backup'], secrets: ['get', 'list', 'backup'] }),
      },
    ]);
    expect(Object.keys(accessPolicies[0]!)).not.toContain('applicationId');

    const after = await entriesOf('kv-web-weu');
    expect(after.filter(({ objectId }) => objectId !== backupApp)).toEqual(
      before.filter(({ objectId }) => objectId !== backupApp),
    );
    expect(closed.shown).toContain('backup on keys and backup on secrets');
    expect(closed.text).toMatch(/kv-web-weu\/accessPolicies\/remove/);
    expect(closed.shown).toContain(say('access.add-to-code', { keyVault: 'kv-web-weu' }));
    await untilTold(chat);
  });

  test('a conflicting write by somebody else: it backs off, reads again, and grants what is still missing once', async () => {
    const conflict = { error: { code: 'ConflictError', message: 'The vault is being updated.' } };
    await bot.azure.fault({
      match: { method: 'PUT', path: 'accessPolicies/add' },
      status: 409,
      body: conflict,
      times: 1,
    });
    const chat = await bot.asks('ana', 'backup vm-web-01');
    await chat.clicks(giveAll);
    await chat.untilTitle(/vm-web-01 is backed up/);
    const grants = (await bot.azure.writes()).filter(({ path }) => path.includes('accessPolicies/add'));
    expect(grants.map(({ status }) => status)).toEqual([409, 200]);
  });

  test('one grant unblocks the other VMs of that key vault', async () => {
    const chat = await bot.asks('ana', 'backup vm-web-02');
    await chat.clicks(say('button.grant-key-vault-access'));
    const closed = await chat.untilTitle(/^✅ Access to kv-web-weu given; in effect by \d\d:\d\d/u);
    expect(closed.titles).toEqual([
      'Back up vm-web-02…',
      'Back up vm-app-02…',
      'Back up vm-web-01…',
      say('button.show-status'),
    ]);
    expect(closed.text).toContain(say('access.unblocked', { vms: 'vm-app-02 and vm-web-01' }));
    const [, ping] = await chat.until('the mention', async () =>
      (await chat.messages()).length > 1 ? chat.messages() : null,
    );
    expect(ping!.text).toContain('kv-web-weu');
    expect((await bot.azure.writes()).length).toBe(1);
    await bot.azure.pass(60);
    const [one, two] = await Promise.all([bot.asks('ana', 'backup vm-web-01'), bot.asks('ana', 'backup vm-app-02')]);
    expect((await one.card()).title).toBe('✅ vm-web-01 is ready to back up');
    expect((await two.card()).text).not.toContain('Give access');
    // The button opens the card of the unblocked VM, and starts nothing by itself.
    await chat.clicks('Back up vm-web-01…');
    await chat.untilTitle('✅ vm-web-01 is ready to back up');
    expect((await bot.azure.writes()).length).toBe(1);
  });

  test('another VM with the same name that a grant unblocks is named with its group, before and after', async () => {
    const { vms, disks } = await bot.azure.state('vms', 'disks');
    const vm = vms.find(({ name }) => name === 'vm-web-01')!;
    const of = (group: string) =>
      `${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/vm-web-01`;
    const disk = disks.find(({ managedBy }) => managedBy?.toLowerCase() === of('rg-web').toLowerCase())!;
    await bot.azure.change({
      vms: [...vms, { ...vm, resourceGroup: 'rg-app' }],
      disks: [...disks, { ...disk, resourceGroup: 'rg-app', managedBy: of('rg-app') }],
    });
    const chat = await bot.asks('ana', 'backup rg-web/vm-web-01');
    const names = ['rg-app/vm-web-01', 'vm-app-02', 'vm-web-02'];
    expect((await chat.card()).shown).toContain(
      say('effect.grant-policies', {
        keyVaults: 'kv-web-weu',
        rights: 'backup on keys and backup on secrets',
        vms: 'rg-app/vm-web-01, vm-app-02 and vm-web-02',
      }),
    );
    await chat.clicks(say('button.grant-key-vault-access'));
    const closed = await chat.untilTitle(/^✅ Access to kv-web-weu given/u);
    expect(closed.text).toContain(say('access.unblocked', { vms: 'rg-app/vm-web-01, vm-app-02 and vm-web-02' }));
    const next = closed.buttons.find(({ title }) => title === say('access.next-freed-many', { count: 3 }));
    expect(next?.data).toMatchObject({ command: `backup ${names.map((name) => `vm:${name}`).join(' ')}` });
    await bot.azure.change({ vms, disks });
  });

  test('a VM that is called like a command is a VM on the button that leads on to it', async () => {
    const { vms, disks, keyVaults } = await bot.azure.state('vms', 'disks', 'keyVaults');
    const vm = vms.find(({ name }) => name === 'vm-web-02')!;
    const of = `${subscription}/resourceGroups/rg-web/providers/Microsoft.Compute/virtualMachines/`;
    const disk = disks.find(({ managedBy }) => managedBy?.toLowerCase() === `${of}vm-web-02`.toLowerCase())!;
    await bot.azure.change({
      vms: [...vms, { ...vm, name: 'stop' }],
      disks: [...disks, { ...disk, name: 'stop-disk', managedBy: `${of}stop` }],
      keyVaults: keyVaults.map((one) => (one.name === 'kv-web-weu' ? { ...one, accessPolicies: [] } : one)),
    });
    const chat = await bot.asks('ana', 'backup vm-web-01');
    await chat.clicks(say('button.grant-key-vault-access'));
    await chat.untilTitle(/^✅ Access to kv-web-weu given/u);
    await chat.clicks(say('access.next-freed-many', { count: 3 }));
    const table = await chat.untilTitle(/^(?!⏳)(?!✅ Access)/u);
    expect(table.text).toContain('stop');
    expect(table.text).not.toMatch(/not found|vm:/);
    await bot.azure.change({ vms, disks, keyVaults });
  });

  test('roles: an assignment named after scope, principal and role, waited for and adopted if it exists', async () => {
    const chat = await bot.asks('ana', 'backup vm-rbac-01');
    const given = { role: 'backup-key-reader', keyVaults: 'kv-rbac-weu', vms: 'none' };
    expect((await chat.card()).shown).toContain(say('effect.grant-roles', given));
    await chat.clicks(giveAll);
    await chat.untilTitle(/vm-rbac-01 is backed up/);
    const [put] = await bot.azure.requests('PUT', /roleAssignments/i);
    expect(put!.identity).toBe('kluis-grant');
    const name =
      /\/kv-rbac-weu\/providers\/Microsoft\.Authorization\/roleAssignments\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\?/i;
    expect(put!.path).toMatch(name);
    expect(put!.body).toMatchObject({
      properties: {
        principalId: backupApp,
        principalType: 'ServicePrincipal',
        roleDefinitionId: expect.stringContaining('00000000-0000-0000-0000-0000000c0001'),
      },
    });
    // Once more from the start: the same name, so it is the same assignment.
    await bot.azure.reset();
    const again = await bot.asks('ben', 'backup vm-rbac-01');
    await again.clicks(giveAll);
    await again.untilTitle(/vm-rbac-01 is backed up/);
    const [second] = await bot.azure.requests('PUT', /roleAssignments/i);
    expect(second!.path).toBe(put!.path);
  });

  test('two key vaults: both are shown, the grant goes to the one that lacks it', async () => {
    const chat = await bot.asks('ana', 'backup vm-split-01');
    const card = await chat.card();
    expect(card.text).toContain('kv-prod-weu');
    expect(card.shown).toContain('kv-kek-weu');
    await chat.clicks(giveAll);
    await chat.untilTitle(/vm-split-01 is backed up/);
    const grants = await bot.azure.requests('PUT', /accessPolicies/);
    expect(grants.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
      `${keyVault('kv-kek-weu')}/accessPolicies/add`,
    ]);
  });

  test('a protected VM whose backups fail: access, the full wait, then the backup', async () => {
    const chat = await bot.asks('ana', 'backup vm-app-02');
    await chat.clicks(say('button.grant-key-vault-access+back-up-now'));
    const closed = await chat.untilTitle(/vm-app-02 is backed up/);
    expect(closed.shown).toContain(say('closing.keys-with-disks'));
    expect(await bot.azure.requests('PUT', /protectedItems/)).toEqual([]);
    expect(await bot.azure.requests('POST', /;vm-app-02\/backup\?/)).toHaveLength(1);
    const again = await bot.asks('ana', 'backup status vm-app-02');
    expect((await again.card()).text).toContain(say('value.tonight-yes'));
  });

  test('access given by hand meanwhile: the clicked card shows the present state, and nothing is written', async () => {
    const chat = await bot.asks('ana', 'backup vm-web-01');
    await givenByHand();
    await chat.clicks(giveAll);
    const now = await chat.untilTitle(/^✅/u);
    expect(now.title).toBe('✅ vm-web-01 is ready to back up');
    expect(await bot.azure.writes()).toEqual([]);
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('access that somebody else gives in that moment stays theirs: nothing to undo it is shown', async () => {
    await bot.azure.fault({
      match: { method: 'PUT', path: 'accessPolicies/add' },
      status: 409,
      body: { error: { code: 'ConflictError', message: 'The vault is being updated.' } },
      times: 1,
    });
    bot.failpoint = (failpoint) => (failpoint === 'write:after-attempt' ? givenByHand() : undefined);
    const chat = await bot.asks('ana', 'backup vm-web-01');
    await chat.clicks(giveAll);
    const closed = await chat.untilTitle(/vm-web-01 is backed up/);
    bot.failpoint = () => {};
    expect((await bot.azure.writes(/accessPolicies/)).map(({ status }) => status)).toEqual([409]);
    expect(closed.text).toContain(say('access.there'));
    expect(closed.text).not.toContain('accessPolicies/remove');
    expect(closed.text).not.toContain(say('access.added'));
  });

  test('the command that undoes it leaves the key vault as it was', async () => {
    const permissions = async () =>
      (await entriesOf('kv-web-weu')).map(({ objectId, permissions: own }) => [objectId, own]);
    const before = await permissions();
    const chat = await bot.asks('ana', 'backup vm-web-01');
    await chat.clicks(giveAll);
    const { text } = await chat.untilTitle(/vm-web-01 is backed up/);
    expect(await permissions()).not.toEqual(before);
    const [, path, body] = /--url 'https:\/\/[^/]+(\S+\/remove\?\S+)' --body '(.+?)'$/mu.exec(text)!;
    const headers = { authorization: 'Bearer owner', 'content-type': 'application/json' };
    const undone = await fetch(bot.azure.url + path!, { method: 'PUT', headers, body: body! });
    expect(undone.status).toBe(200);
    expect(await permissions()).toEqual(before);
  });

  test('a grant that Azure refuses closes the card with the reason; no later step begins', async () => {
    await bot.azure.fault({
      match: { method: 'PUT', path: 'accessPolicies' },
      status: 403,
      body: {
        error: {
          code: 'AuthorizationFailed',
          message:
            "The client 'x' does not have authorization to perform action 'Microsoft.KeyVault/vaults/accessPolicies/write'.",
        },
      },
    });
    const chat = await bot.asks('ana', 'backup vm-web-01');
    await chat.clicks(giveAll);
    const closed = await chat.untilTitle(/^❌/u);
    expect(closed.title).toContain('kv-web-weu');
    expect(closed.shown).toContain('AuthorizationFailed');
    expect(closed.shown).toContain('Microsoft.KeyVault/vaults/accessPolicies/write');
    expect(await bot.azure.requests('PUT', /protectedItems/)).toEqual([]);
    expect(await bot.azure.requests('POST', /\/backup\?/)).toEqual([]);
    expect((await bot.azure.requests('PUT', /accessPolicies/)).length).toBe(1);
  });

  test('access that shows but isn’t in effect yet: protection is retried quietly, and succeeds', async () => {
    const slow = { ...bot.waits };
    Object.assign(bot.waits, { policyProbe: 1, quietRepeat: 300 });
    const chat = await bot.asks('ana', 'backup vm-web-01');
    await bot.azure.fault({
      match: { method: 'GET', path: 'backupOperations|operationsStatus' },
      status: 200,
      times: 1,
      body: {
        id: 'x',
        name: 'x',
        status: 'Failed',
        startTime: '2026-11-24T00:00:00Z',
        endTime: '2026-11-24T00:00:00Z',
        error: { code: 'UserErrorKeyVaultPermissionsNotConfigured', message: 'not yet' },
      },
    });
    await chat.clicks(giveAll);
    await chat.untilTitle(/vm-web-01 is backed up/);
    expect((await bot.azure.requests('PUT', /protectedItems/)).length).toBe(2);
    await untilTold(chat);
    Object.assign(bot.waits, slow);
  });

  const givenByHand = async () => {
    const { keyVaults } = await bot.azure.state('keyVaults');
    const permissions = { keys: ['get', 'list', 'backup'], secrets: ['get', 'list', 'backup'] };
    const given = keyVaults.map((one) => {
      if (one.name !== 'kv-web-weu') return one;
      const entries = one.accessPolicies.map((own) => (own.objectId === backupApp ? { ...own, permissions } : own));
      return { ...one, accessPolicies: entries };
    });
    await bot.azure.change({ keyVaults: given });
  };
  const entriesOf = async (name: string) =>
    (await bot.azure.state('keyVaults')).keyVaults.find((one) => one.name === name)!.accessPolicies;
});

describe('a grant under a rule that needs an approval', () => {
  let bot: TestBot;
  beforeAll(async () => {
    const config = `
roles:
  operator: [everyone]
  approver: [everyone]
rules:
  - { operation: grant-key-vault-access, keyVault: kv-kek-weu, approval: operator }
`;
    bot = await startBot({ database: 'postgres', config });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('whoever approves it reads that it is for the whole key vault, and which other VMs it unblocks', async () => {
    const chat = await bot.asks('ana', 'backup vm-web-02');
    await chat.clicks(`${say('button.ask-approval')}: ${say('button.grant-key-vault-access')}`);
    await chat.untilWaits('0 of 1');
    const reach = /in kv-web-weu, for every key and secret: .*also unblocks vm-app-02 and vm-web-01/;
    expect((await chat.as('ben').card()).shown).toMatch(reach);
    await chat.clicks(say('button.withdraw'));
    await chat.untilTitle(/^⏹/u);
    expect(await bot.azure.writes(/accessPolicies/)).toEqual([]);
  });

  test('it is requested; or the commands, and Check again, which continues once somebody ran them', async () => {
    const chat = await bot.asks('ana', 'backup vm-web-01');
    const card = await chat.card();
    expect(card.titles[0]).toContain('Request approval');
    expect(card.titles).toContain(say('button.check-again'));
    expect(card.shown).toContain(say('request.asks', { approvals: 1 }));
    expect(card.shown).not.toContain(say('no-approval'));
    const command = /az rest --method put --url '([^']+)' --body '([^']+)'/.exec(card.text)!;
    const { pathname, search } = new URL(command[1]!);
    const run = await fetch(`${bot.azure.url}${pathname}${search}`, {
      method: 'PUT',
      headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
      body: command[2]!,
    });
    expect(run.status).toBeLessThan(300);
    await bot.azure.pass(60);
    await chat.clicks(say('button.check-again'));
    expect((await chat.untilTitle(/^✅/u)).title).toBe('✅ vm-web-01 is ready to back up');
    expect(await chat.cards()).toHaveLength(1);
  });

  test('a forged choice of the grant starts nothing', async () => {
    const chat = await bot.asks('ana', 'backup vm-rbac-01');
    const { data } = (await chat.card()).buttons[0]!;
    const answer = await chat.sends({ verb: 'submit', data: { ...data, go: 'grant-protect-and-back-up' } });
    expect(answer.text).toContain(say('refusal.not-offered'));
    expect(await bot.operationsIn(chat)).toEqual([]);
    expect(await bot.azure.writes(/Authorization|protectedItems/)).toEqual([]);
  });

  test('an operator alone can grant access to the key vault in the rule', async () => {
    const chat = await bot.asks('ana', 'backup vm-split-01');
    await chat.clicks(giveAll);
    await chat.untilTitle(/vm-split-01 is backed up/);
  });
});
