import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserTest, chromiumPath, startChromium } from '../support/chromium.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { ChatPage } from './chat-page.ts';

let browser: Browser;
let bot: TestBot;
beforeAll(async () => {
  if (!chromiumPath()) return;
  [browser, bot] = await Promise.all([startChromium(), startBot({ database: 'postgres', speed: 400, editGapMs: 250 })]);
});
afterAll(async () => {
  await browser?.close();
  await bot?.[Symbol.asyncDispose]();
});

const starts = /^(Protect|Give access|Back up now|Try anyway)/;

/** Each VM that can't be backed up: its verdict, and a part of its own reason. */
const refused: readonly (readonly [vm: string, verdict: string, reason: string])[] = [
  ['vm-bek-01', ': blocked by your rule, not by Azure', 'What you can do, quickest first'],
  ['vm-classic-01', " can't be backed up: classic VM", 'Azure has retired classic VMs'],
  ['vm-agentless-01', " can't be backed up: VM agent not ready", 'sudo systemctl restart walinuxagent'],
  ['vm-us-01', ': no Recovery Services vault in this region', 'az backup vault create'],
  ['vm-big-01', ': disk vm-big-01-data-1 too large', 'is 8,192 GB'],
  ['vm-shut-01', ': firewall of kv-shut-weu', 'az keyvault update --name kv-shut-weu --bypass AzureServices'],
];

browserTest(
  'what can’t be backed up says why, who refuses and what helps, and has nothing to press by mistake',
  async () => {
    await using ana = await ChatPage.open(browser, bot.url);
    for (const [vm, verdict, reason] of refused) {
      await ana.says(`/backup ${vm}`);
      await ana.untilTitle(`${vm}${verdict}`);
      expect(await ana.text()).toContain(reason);
      expect((await ana.buttons()).filter((title) => starts.test(title))).toEqual([]);
    }
  },
);

browserTest('what can be backed up, and what is protected, each with its own answer', async () => {
  await using ben = await ChatPage.open(browser, bot.url, { as: 'ben' });
  const answers: readonly (readonly [string, string, string])[] = [
    ['vm-plain-01', 'vm-plain-01 is ready to back up', 'rg-web'],
    ['vm-lock-01', 'vm-lock-01 is ready to back up', 'rg-hr'],
    ['vm-off-01', 'is off: backup will be crash-consistent', 'as after a power cut'],
    ['vm-many-01', 'with 1 warning', 'beyond 16 disks'],
    ['vm-app-01', 'vm-app-01 is protected', 'Last good backup'],
    ['vm-app-02', 'backup will fail tonight', 'Give access and back up now'],
    ['vm-hr-01', 'Do NOT restart vm-hr-01', 'az keyvault recover --name kv-hr-weu'],
    ['rg-web/vm-dup-01', 'vm-dup-01 is ready to back up', 'rg-web'],
  ];
  for (const [asks, verdict, reason] of answers) {
    await ben.says(`/backup ${asks}`);
    await ben.untilTitle(verdict);
    expect(await ben.text()).toContain(reason);
  }
});

browserTest('a name that two VMs have, one that none has, and a command with a slip', async () => {
  await using chris = await ChatPage.open(browser, bot.url, { as: 'chris' });
  await chris.says('/backup VM-DUP-01');
  await chris.untilTitle('2 VMs are called vm-dup-01. Which one?');
  await chris.newest().getByRole('button', { name: 'Choose' }).nth(1).click();
  await chris.untilTitle('vm-dup-01 is ready to back up');
  expect(await chris.text()).toContain('rg-web');
  await chris.presses('Back');
  await chris.untilTitle('2 VMs are called vm-dup-01. Which one?');

  await chris.says('/backup vm-sqql-01');
  await chris.untilTitle('No VM called vm-sqql-01 was found');
  await chris.presses('vm-sql-01');
  await chris.untilTitle('vm-sql-01 is ready to back up');

  await chris.says('/backup stauts');
  await chris.untilTitle('Did you mean backup status?');
});

browserTest('in Dutch: page, cards, buttons and times', async () => {
  await using chris = await ChatPage.open(browser, bot.url, { as: 'chris' });
  await chris.page.getByRole('radio', { name: 'Nederlands' }).check({ force: true });
  await chris.page.getByPlaceholder('Bericht aan Kluis').waitFor();
  await chris.says('/backup vm-sql-01');
  await chris.untilTitle('vm-sql-01 is klaar voor een back-up');
  const said = await chris.text();
  expect(said).toContain('De eerste back-up wordt 30 dagen bewaard.');
  expect(said).toMatch(/elke dag (00:00 CET|01:00 CEST)/);
  expect(await chris.newest().getByLabel('Back-ups gaan naar').inputValue()).toMatch(/\/rsv-prod-weu$/);
  await chris.presses('Annuleren');
  await chris.newest().getByText('Gesloten door Chris Meier').waitFor();
});
