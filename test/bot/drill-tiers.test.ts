import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DrillFile } from '../../src/audit/drill-file.ts';
import { drillPage } from '../../src/cli/audit/drill-page.ts';
import { words } from '../../src/message/words.ts';
import { drillsFromVault, requestsDrill } from '../support/drill-talk.ts';
import { makeLinux } from '../support/make-linux.ts';
import { restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** What a drill tests and what it doesn't: the snapshot or the vault, and data disks that nothing opens. */
describe('what a drill tests', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({
      database: 'postgres',
      config: `${restoreRoles}${drillsFromVault('vm-app-01')}`,
      speed: 20_000,
    });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const drilled = async (vm: string) => {
    const chat = await requestsDrill(bot, vm);
    await chat.as('ben').clicks(say('button.approve'));
    const closing = await chat.untilTitle(say('closing.drill', { vm }));
    const files = (await bot.rows('audit'))
      .map(({ entry }) => entry as { what: string; file?: DrillFile })
      .flatMap(({ what, file }) => (what === 'drill-report' && file ? [file] : []));
    return { closing, file: files.findLast(({ report }) => String(report['vm']).endsWith(`/${vm}`))! };
  };
  const pointsOf = async (vm: string) => {
    const { items } = await bot.azure.state('items');
    const points = items.find(({ vmId }) => vmId.endsWith(`/${vm}`))!.points;
    return points.toSorted((a, b) => b.time.localeCompare(a.time));
  };

  test('from the vault: the newest point without a snapshot, as card and report say; its copies are deleted', async () => {
    const points = await pointsOf('vm-app-01');
    const newest = points.find(({ snapshotOver }) => snapshotOver)!;
    expect(newest).not.toBe(points[0]);
    const chat = await bot.asks('ana', 'backup drill vm-app-01');
    const card = await chat.untilTitle(say('drill.sure', { vm: 'vm-app-01' }));
    expect(card.text).toContain('newest recovery point that is only in the Recovery Services vault');
    expect(card.text).toContain(`, ${say('tier.vault')}`);
    const before = await bot.azure.state('blobs');
    const { closing, file } = await drilled('vm-app-01');
    const [sent] = await bot.azure.writes(/vm-app-01.*\/restore\?/);
    expect(sent!.path).toContain(`/recoveryPoints/${newest.id}/restore`);
    expect(closing.text).toContain(say('tier.vault'));
    expect(file.report).toMatchObject({ recoveryPointTier: 'vault', result: 'succeeded' });
    expect(drillPage(file, 'en')).toContain(`<th>${say('drill-report.tier')}</th><td>${say('tier.vault')}<`);
    expect((await bot.azure.requests('DELETE', /\.vhd/)).length).toBeGreaterThan(0);
    expect((await bot.azure.state('blobs')).blobs).toEqual(before.blobs);
  });

  test('from the vault, while each point has a snapshot: no drill, and the card says why', async () => {
    const { items } = await bot.azure.state('items');
    const withSnapshots = items.map((item) => ({
      ...item,
      points: item.points.map(({ snapshotOver: _, ...point }) => point),
    }));
    await bot.azure.change({ items: withSnapshots });
    const chat = await bot.asks('ana', 'backup drill vm-app-01');
    const card = await chat.untilTitle(
      say('drill.not-possible-because', { vm: 'vm-app-01', why: say('drill.short-not-in-vault') }),
    );
    expect(card.text).toContain(say('drill.why-not-in-vault'));
    expect(card.titles).not.toContain(say('button.ask-approval'));
    await bot.azure.change({ items });
  });

  test('otherwise from the snapshot, which card and report say; data disks that aren’t encrypted are open', async () => {
    await makeLinux(bot.azure, 'vm-app-02');
    const { closing, file } = await drilled('vm-app-02');
    expect(closing.text).toContain(say('tier.snapshot'));
    expect(file.report).toMatchObject({ recoveryPointTier: 'snapshot', checks: { notTested: [] } });
    expect(closing.text).not.toContain(say('drill-report.not-tested'));
  });

  test('Linux with encrypted data disks: they weren’t opened, as card and report say', async () => {
    await bot.azure.change({
      jobs: (await bot.azure.state('jobs')).jobs.filter(({ operation }) => operation !== 'Restore'),
    });
    await makeLinux(bot.azure, 'vm-app-01');
    const { closing, file } = await drilled('vm-app-01');
    expect(closing.text).toContain(say('checked.closed', { count: 1 }));
    const { checks } = file.report as unknown as { checks: { notTested: string[]; disks: { name: string }[] } };
    expect(checks.notTested).toHaveLength(1);
    expect(checks.disks.map(({ name }) => name)).toContain(checks.notTested[0]);
    expect(drillPage(file, 'en')).toContain(checks.notTested[0]!);
  });
});
