import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { unlocks } from '../../src/sim/keyvault/encryption-info.ts';
import type { SettingsShape } from '../../src/sim/state/state-settings.ts';
import type { DiskSpec } from '../../src/sim/state/state-compute.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { drillRoles, requestsDrill, requestsOrRepeatsDrill } from '../support/drill-talk.ts';
import { approvesRestore, choosesRestore } from '../support/restore-talk.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** Every form of the settings file that is public or possible; the values of a record, so that none is left out. */
const shapes = Object.keys({
  pasted: 1,
  capitals: 1,
  small: 1,
  nested: 1,
  'nested-capitals': 1,
  'managed-ids': 1,
  'nested-managed-ids': 1,
  'without-name': 1,
  'original-names': 1,
  'original-disks': 1,
  'os-disk-only': 1,
  'no-data-disks': 1,
  'no-disks': 1,
  wrapped: 1,
  utf8: 1,
  'padded-utf8': 1,
  empty: 1,
  'not-json': 1,
  absent: 1,
} satisfies Record<SettingsShape, 1>) as SettingsShape[];

describe('what a restore made is found whatever its settings file says', () => {
  let bot: TestBot;
  let untouched: SimState;
  beforeAll(async () => {
    const config = `${drillRoles}encryption: { requireKek: 'off' }\n`;
    bot = await startBot({ database: 'postgres', config, speed: 20_000, leases: { sweep: 300 } });
    untouched = await bot.azure.state();
  });
  // Each test has an estate of its own, and a day of its own: Azure restores a VM only so often within 24 hours.
  afterEach(async () => {
    bot.failpoint = () => {};
    await bot.azure.mend();
    const { keyVaults, deletedKeyVaults, disks, blobs, jobs, vms, networkInterfaces, settings } = untouched;
    await bot.azure.change({ keyVaults, deletedKeyVaults, disks, blobs, jobs, vms, networkInterfaces, settings });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const set = (more: Partial<SimState['settings']>) => bot.azure.change({ settings: { pageSize: 100, ...more } });
  const disksIn = async (group: string) =>
    (await bot.azure.state('disks')).disks.filter(({ resourceGroup }) => resourceGroup === group);
  const writes = async () =>
    (await bot.azure.writes(/^\/(keys|secrets|deleted)|\/disks\/|\/virtualMachines\/|deployments/i)).length;
  const leftovers = async () => {
    const chat = await bot.asks('ana', 'backup leftovers');
    await chat.until('leftovers', async () => !(await chat.card()).text.includes(say('view.looking')));
    return chat.card();
  };
  /** A restore of vm-hr-02, whose keys are gone, up to its approval. */
  const restores = async (reason: string) => {
    const chat = await choosesRestore(bot, 'vm-hr-02', reason);
    await approvesRestore(chat);
    return chat;
  };
  const drills = async (vm: string) => {
    const chat = await requestsDrill(bot, vm);
    await chat.as('ben').clicks(say('button.approve'));
    return chat;
  };
  /** Changes the estate once, as soon as Azure has accepted the restore. */
  const afterRestore = (change: (state: SimState) => Partial<SimState>) => {
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'write:after-send') return;
      bot.failpoint = () => {};
      // Once the disks are there, since the change replaces the whole list; Kluis is held here until then.
      await eventually('the end of the restore', async () => {
        const { jobs } = await bot.azure.state('jobs');
        return jobs.at(-1)?.status !== 'InProgress';
      });
      await bot.azure.change(change((await bot.azure.state()) as SimState));
    };
  };
  const unlocked = async (disks: readonly DiskSpec[]) => {
    const state = (await bot.azure.state()) as SimState;
    return disks.map((disk) => unlocks(state, disk));
  };

  test.each(shapes)('lost keys are put back, and the disks point to them: %s', async (settingsFile) => {
    await set({ settingsFile });
    const chat = await restores(`form ${settingsFile}`);
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-hr-02' }));
    const made = await disksIn('rg-restore');
    expect(made).toHaveLength(2);
    expect(await unlocked(made)).toEqual([true, true]);
    for (const { name } of made) expect(closing.text).toContain(name);
    expect(closing.text).toContain(say('restored.way', { way: 'tag' }));
    expect(closing.text).toContain(say('restored.way', { way: 'difference' }));
  });

  test.each(shapes)('a drill finds its disks, tags them, and leaves nothing behind: %s', async (settingsFile) => {
    await set({ settingsFile });
    const tagged = (await bot.azure.requests('PATCH', /disks\/.*tags\/default/i)).length;
    const chat = await drills('vm-app-01');
    await chat.untilTitle(say('closing.drill', { vm: 'vm-app-01' }));
    expect(await disksIn('rg-drills')).toEqual([]);
    expect((await bot.azure.requests('PATCH', /disks\/.*tags\/default/i)).length - tagged).toBe(2);
    expect((await leftovers()).text).toContain(say('leftovers.none'));
  });

  /** A disk like one of the restored VM's, in the group, made now by somebody else. */
  const foreignIn = (group: string, over: Partial<DiskSpec>) => (state: SimState) => {
    const { managedBy: _, ade: __, tags: ___, ...like } = state.disks[0]!;
    const created = new Date().toISOString();
    return { disks: [...state.disks, { ...like, resourceGroup: group, name: 'mine', created, ...over }] };
  };
  const withTagOfJob = (group: string) => (state: SimState) =>
    foreignIn(group, { tags: { RSVaultBackup: state.jobs.at(-1)!.id } })(state);

  test.each(['pasted', 'absent'] as const)('a policy takes their tags away: %s', async (settingsFile) => {
    await set({ settingsFile, removesRestoreTags: true });
    const chat = await restores(`no tags ${settingsFile}`);
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-hr-02' }));
    expect(closing.text).not.toContain(say('restored.way', { way: 'tag' }));
    expect(closing.text).toContain(say('restored.way', { way: 'origin' }));
    expect(await unlocked(await disksIn('rg-restore'))).toEqual([true, true]);
  });

  test.each(['pasted', 'absent'] as const)(
    'a policy takes their tags away, and meanwhile somebody restores the same VM there: nobody guesses (%s)',
    async (settingsFile) => {
      await set({ settingsFile, removesRestoreTags: true });
      const name = 'vm-hr-02-osdisk-20260101-101010';
      afterRestore((state) => {
        const mine = state.disks.find((disk) => disk.resourceGroup === 'rg-restore' && disk.name.includes('-osdisk-'))!;
        return { disks: [...state.disks, { ...mine, name }] };
      });
      const before = await writes();
      const chat = await restores(`two at once ${settingsFile}`);
      const failed = await chat.untilTitle(new RegExp(say('trouble.restored-disagree')));
      expect(failed.text).toContain(name);
      expect(await writes()).toBe(before);
    },
  );

  test('somebody’s new disk in the group is nobody’s business: it is neither written nor deleted', async () => {
    afterRestore(foreignIn('rg-drills', { tags: { owner: 'tester' } }));
    const chat = await drills('vm-app-01');
    await chat.untilTitle(say('closing.drill', { vm: 'vm-app-01' }));
    expect(await disksIn('rg-drills')).toMatchObject([{ name: 'mine', tags: { owner: 'tester' } }]);
    expect(await bot.azure.writes(/disks\/mine/)).toEqual([]);
  });

  test('a copy that somebody made of a restored disk, with its tags: nobody guesses, and a drill deletes none', async () => {
    afterRestore((state) => {
      const like = state.disks.find((disk) => disk.resourceGroup === 'rg-drills' && disk.name.includes('-osdisk-'))!;
      return { disks: [...state.disks, { ...like, name: 'vm-app-01-osdisk-20260101-101010' }] };
    });
    const chat = await drills('vm-app-01');
    const failed = await chat.untilTitle(new RegExp(say('trouble.restored-disagree')));
    await chat.until('the end', async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running'));
    expect(failed.text).toContain('vm-app-01-osdisk-20260101-101010');
    expect(await disksIn('rg-drills')).toHaveLength(3);
    expect(await bot.azure.writes(/disks\/vm-app-01-osdisk-20260101-101010/)).toEqual([]);
  });

  test('a drill that couldn’t tag its disks: they are listed, and no button deletes them', async () => {
    const error = { code: 'RequestDisallowedByPolicy', message: 'No tags here.' };
    const match = { method: 'PATCH', path: 'disks/.*tags/default' };
    await bot.azure.fault({ match, status: 403, body: { error }, times: 50 });
    const { disks: before } = await bot.azure.state('disks');
    const chat = await requestsOrRepeatsDrill(bot, 'vm-app-01');
    await chat.untilTitle(/❌/u);
    const isOver = async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running');
    await chat.until('the end', isOver);
    await bot.azure.mend();
    const untagged = (await disksIn('rg-drills')).filter(({ name }) => name.startsWith('vm-app-01-'));
    expect(untagged).toHaveLength(2);
    const { jobs } = await bot.azure.state('jobs');
    const job = jobs.findLast(({ operation }) => operation === 'Restore')!.id;
    // Somebody else's disk of a restore that was no drill isn't one that a drill left.
    const other = { ...untagged[0]!, name: 'other', tags: { RSVaultBackup: '00000000-0000-4000-8000-000000000000' } };
    await bot.azure.change({ disks: [...before, ...untagged, other] });
    const card = await leftovers();
    expect(card.title).toContain(say('leftovers.title', { count: 2 }));
    const [first, second] = untagged.map(({ name }) => name).toSorted();
    expect(card.text).toContain(first);
    expect(card.text).toContain(second);
    expect(card.text).not.toContain('other');
    expect(card.text).toMatch(/Restored by the drill of vm-app-01 and never tagged/);
    expect(card.text).toContain(`--query "[?tags.RSVaultBackup=='${job}'].name"`);
    expect(card.titles).not.toContain(say('button.delete-left'));
    expect(await bot.azure.requests('DELETE', new RegExp(`${first}|${second}`))).toEqual([]);
    // Once a person has deleted them, nothing is left.
    await bot.azure.change({ disks: before });
    expect((await leftovers()).text).toContain(say('leftovers.none'));
  });

  test('another disk carries the tag of the job: that is told, and no key, no disk and no VM is written', async () => {
    afterRestore(withTagOfJob('rg-restore'));
    const before = await writes();
    const chat = await restores('a tag on a foreign disk');
    const failed = await chat.untilTitle(new RegExp(say('trouble.restored-disagree')));
    expect(failed.text).toContain(say('restored.unsure', { why: 'disagree', group: 'rg-restore' }));
    expect(failed.text).toContain(say('trouble-why.restored-disagree'));
    expect(failed.text).toMatch(/the job's tag on them: .*mine/);
    expect(await writes()).toBe(before);
    // A person takes the tag away, and it goes on.
    const { disks } = await bot.azure.state('disks');
    await bot.azure.change({ disks: disks.filter(({ name }) => name !== 'mine') });
    await chat.clicks(say('button.go-on'));
    await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-hr-02' }));
  });
});
