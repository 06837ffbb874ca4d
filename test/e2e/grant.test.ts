import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserTest, chromiumPath, startChromium } from '../support/chromium.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { ChatPage } from './chat-page.ts';

let browser: Browser;
let bot: TestBot;
beforeAll(async () => {
  if (!chromiumPath()) return;
  // A grant takes long enough for a person to see it.
  const waits = { policyProbe: 5_000, roleProbe: 5_000 };
  [browser, bot] = await Promise.all([
    startChromium(),
    startBot({ database: 'postgres', speed: 1000, editGapMs: 250, waits }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await bot?.[Symbol.asyncDispose]();
});

browserTest(
  'access policies: the permissions are shown, granted with one click, the wait is visible, and two VMs are unblocked',
  async () => {
    await using ana = await ChatPage.open(browser, bot.url);
    await ana.says('/backup vm-web-01');
    await ana.untilTitle("vm-web-01: Azure Backup can't copy its disk keys");
    const said = await ana.text();
    expect(said).toContain("but can't copy them");
    expect(said).toContain(
      'in kv-web-weu, for every key and secret: backup on keys and backup on secrets; reversible; also unblocks vm-app-02',
    );
    expect(said).toContain('No approval needed.');
    await ana.presses('Give access, protect and back up');
    await ana.newest().getByText('● Access taking effect').waitFor();
    await ana.untilTitle('vm-web-01 is backed up');
    await ana.presses('Details');
    await ana.newest().getByText('✓ Access given in kv-web-weu').waitFor();
    await ana.newest().getByText('accessPolicies/remove').waitFor();
    const grants = await bot.azure.writes(/accessPolicies/);
    expect(grants.map(({ path }) => path)).toEqual([expect.stringMatching(/\/kv-web-weu\/accessPolicies\/add\?/)]);

    await ana.says('/backup vm-web-02');
    await ana.untilTitle('vm-web-02 is ready to back up');
    await ana.says('/backup vm-app-02');
    await ana.untilTitle('vm-app-02 is protected');
    expect(await ana.buttons()).toContain('Back up now');
  },
);

browserTest('roles: the role by name, and the rest goes on by itself', async () => {
  await using ben = await ChatPage.open(browser, bot.url, { as: 'ben' });
  await ben.says('/backup vm-rbac-01');
  await ben.untilTitle('vm-rbac-01: Azure Backup needs access to kv-rbac-weu');
  expect(await ben.text()).toContain('the role backup-key-reader on kv-rbac-weu');
  await ben.presses('Give access, protect and back up');
  await ben.newest().getByText('● Access taking effect').waitFor();
  await ben.untilTitle('vm-rbac-01 is backed up');
  expect(await bot.azure.writes(/roleAssignments/)).toHaveLength(1);
});

browserTest('two key vaults: only the one without access is touched', async () => {
  await using chris = await ChatPage.open(browser, bot.url, { as: 'chris' });
  await chris.says('/backup vm-split-01');
  await chris.untilTitle('vm-split-01: Azure Backup needs access to kv-kek-weu');
  expect(await chris.text()).toContain('has no access to key vault kv-kek-weu');
  await chris.presses('Give access only');
  await chris.untilTitle('Access to kv-kek-weu given');
  await chris.presses('Show the status');
  await chris.untilTitle('vm-split-01 is ready to back up');
  await chris.presses('Details');
  await chris
    .newest()
    .getByText('Azure Backup can read and copy the disk keys in key vault kv-kek-weu')
    .first()
    .waitFor();
  expect(await bot.azure.writes(/kv-prod-weu/)).toEqual([]);
});
