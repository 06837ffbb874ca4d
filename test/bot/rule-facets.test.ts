import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { scheduledDrills } from '../../src/bot/estate/drill-books.ts';
import { shapeOf } from '../../src/operations/parts/drill-setup.ts';
import { insertDrillApproval } from '../../src/store/drills.ts';
import { insertKekException } from '../../src/store/kek-exceptions.ts';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { randomUUID } from 'node:crypto';
import { words } from '../../src/message/words.ts';
import { facets, type Facet } from '../../src/people/match.ts';
import { operationNames, operationTraits, type OperationName } from '../../src/people/operations.ts';
import { actionOf, SlackChat, textOf } from '../slack/support/slack-client.ts';
import { fillsInPolicy } from '../support/fills-in-policy.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { drillEntry, scheduledEntry } from '../support/drill-talk.ts';
import { choosesNewVm, choosesReplacement, choosesRestore } from '../support/restore-talk.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const said = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const config = `${drillEntry}${scheduledEntry}
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, name: Ana de Vries }
roles:
  operator: [everyone]
  admin: ['user:00000000-0000-0000-0000-0000000000a1']
  approver: ['group:22222222-2222-2222-2222-222222222222', 'user:00000000-0000-0000-0000-0000000000a1']
rules:
  - { operation: grant-key-vault-access, approval: operator }
  - { operation: recover-key-vault, approval: operator }
  - { operation: restore-disks, approval: operator }
  - { operation: restore-key-and-secret, approval: operator }
  - { operation: point-disks-to-keys, approval: operator }
  - { operation: create-vm, approval: operator }
  - { operation: push-ade-extension, approval: operator }
  - { operation: restore-vm, approval: operator }
  - { operation: allow-vm-without-kek, approval: operator }
  - { operation: replace-disks, approvals: 2 }
  - { operation: drill, approval: operator }
  - { operation: allow-drills, approval: operator }
`;
/** The number of rules that apply throughout. */
const usualRules = 12;
type FacetValues = Readonly<Partial<Record<Facet, string>>>;

const rsv = { vault: 'RSV-prod-*', subscription: '00000000-0000-0000-0000-00000000c0de' };
/** What each operation in the table touches: a pattern for each of its facets. */
const touched = {
  'register-provider': { vm: 'vm-sql-*', resourceGroup: 'rg-sql', tag: 'env=prod', subscription: rsv.subscription },
  protect: { vm: 'vm-sql-01', keyVault: 'kv-prod-weu', resourceGroup: 'rg-sql', tag: 'env=prod', ...rsv },
  'back-up-now': { vm: 'VM-APP-?1', keyVault: 'kv-prod-weu', resourceGroup: 'rg-app', tag: 'env', ...rsv },
  'grant-key-vault-access': { vm: 'vm-web-*', keyVault: 'kv-web-weu', resourceGroup: 'rg-web', tag: '*=prod', ...rsv },
  'recover-key-vault': { vm: 'vm-hr-01', keyVault: 'kv-hr-weu', resourceGroup: 'rg-hr', tag: 'env=prod', ...rsv },
  'restore-disks': { vm: 'vm-app-01', keyVault: 'kv-prod-weu', resourceGroup: 'rg-restore', tag: 'env=prod', ...rsv },
  'restore-key-and-secret': { vm: 'vm-app-01', keyVault: 'kv-prod-weu', resourceGroup: 'rg-app', tag: 'env', ...rsv },
  'point-disks-to-keys': { vm: 'vm-app-*', keyVault: 'kv-*', resourceGroup: 'rg-restore', tag: 'env=prod', ...rsv },
  'create-vm': { vm: 'vm-app-01-back', keyVault: 'kv-*', resourceGroup: 'rg-network', tag: 'env=prod', ...rsv },
  'push-ade-extension': { vm: 'vm-app-01-back', keyVault: 'kv-*', resourceGroup: 'rg-restore', tag: 'env', ...rsv },
  'restore-vm': { vm: 'vm-dup-01-back', resourceGroup: 'rg-network', tag: 'env=prod', ...rsv },
  'replace-disks': { vm: 'vm-dup-*', resourceGroup: 'rg-staging', tag: 'env=prod', ...rsv },
  'check-vm': { vm: 'vm-app-01', keyVault: 'kv-*', resourceGroup: 'rg-app', tag: 'env=prod', ...rsv },
  'clean-up-staging': { vm: 'vm-app-01', keyVault: 'kv-*', resourceGroup: 'rg-staging', tag: 'env=prod', ...rsv },
  drill: { vm: 'vm-app-01-drill', keyVault: 'kv-*', resourceGroup: 'rg-network', tag: 'env=prod', ...rsv },
  'delete-drill': { vm: 'vm-app-01', keyVault: 'kv-*', resourceGroup: 'rg-drills', tag: 'env=prod', ...rsv },
  'stop-protection': { vm: 'vm-app-02', resourceGroup: 'rg-app', tag: 'env=prod', ...rsv },
  'resume-protection': { vm: 'vm-case-11', resourceGroup: 'rg-app', tag: 'env=prod', ...rsv },
  undelete: { vm: 'vm-case-10', resourceGroup: 'rg-app', tag: 'env=prod', ...rsv, vault: 'rsv-test-*' },
  'allow-vm-without-kek': { vm: 'vm-bek-*', resourceGroup: 'rg-*', tag: 'env=prod', subscription: rsv.subscription },
  'end-kek-exception': { vm: 'vm-bek-*', resourceGroup: 'rg-hr', tag: 'env=prod', subscription: rsv.subscription },
  'allow-drills': { resourceGroup: 'rg-drills', subscription: rsv.subscription },
  'end-drills': { resourceGroup: 'rg-drills', subscription: rsv.subscription },
  'create-policy': { resourceGroup: 'rg-backup', ...rsv },
  'change-policy': { resourceGroup: 'rg-backup', ...rsv },
  // The last one, since Azure is slow from there on, so that what is to be cancelled still runs.
  'cancel-job': { vm: 'vm-dup-01', resourceGroup: 'rg-app', tag: 'env=prod', ...rsv },
} satisfies Record<string, FacetValues>;
type Operation = keyof typeof touched;
const operations = Object.keys(touched) as Operation[];
const kinds = ['deny', 'approvals'] as const;
const form = { name: 'silver-30', kind: 'Enhanced', often: 'hourly-6', daily: '30', zone: 'Europe/Berlin' };

/** Tries something that a card drawn before the rule still offers; resolves with the resulting text. */
type Try = (awaited: string) => Promise<string>;

/** The provider that is not registered, and the card that offers it. */
async function unregistered(bot: TestBot): Promise<[typed: string, title: string]> {
  await bot.azure.change({ providers: { 'Microsoft.RecoveryServices': 'NotRegistered' } });
  return ['backup vm-sql-01', said.say('button.register-provider')];
}

/** An exception in effect, to be ended. */
async function excepted(bot: TestBot): Promise<void> {
  const { vms } = await bot.azure.state('vms');
  const { resourceGroup } = vms.find(({ name }) => name === 'vm-bek-01')!;
  const id = `/subscriptions/${rsv.subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/vm-bek-01`;
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const about = { reason: 'a test', askedBy: 'Ana', allowedBy: 'Ben', until };
  await insertKekException(bot.database.db, {
    operation: randomUUID(),
    vm: { id, name: 'vm-bek-01' },
    guid: null,
    ...about,
  });
}

/** Allowed drills, to be ended. */
async function allowed(bot: TestBot): Promise<void> {
  const [entry] = scheduledDrills(bot.deps);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const by = { askedBy: { id: 'ana', name: 'Ana', platformId: 'ana' }, allowedBy: 'Ben', request: null };
  const about = { entry: entry!.schedule.name, shape: shapeOf(entry!), until };
  await insertDrillApproval(bot.database.db, { operation: randomUUID(), ...about, ...by });
}

function teams(bot: TestBot): Record<Operation, () => Promise<Try>> {
  const press =
    (chat: BotChat, title: string, inputs = {}): Try =>
    async (awaited) =>
      (await chat.clicks(title, inputs)).text ?? shownIn(chat, awaited);
  const shownIn = async (chat: BotChat, awaited: string) => {
    const text = async () => (await chat.card()).text;
    return chat.until(awaited, async () => ((await text()).includes(awaited) ? text() : null));
  };
  const drawn = async (typed: string, title: string) => press(await bot.asks('ana', typed), title);
  const policy = async (typed: string, fields: Record<string, string>, title: string) => {
    const chat = await bot.asks('ana', typed);
    await fillsInPolicy(chat, fields);
    await chat.untilButton(title);
    return press(chat, title);
  };
  const restoring = async (vm: string) => press(await choosesRestore(bot, vm), 'Restore disks');
  const making = async (vm = 'vm-app-01', name = 'vm-app-01-back') =>
    press(await choosesNewVm(bot, vm, name), 'Restore and create the VM');
  return {
    'register-provider': async () => drawn(...(await unregistered(bot))),
    protect: () => drawn('backup vm-sql-01', 'Protect only'),
    'back-up-now': async () => async () =>
      (await bot.asks('ana', 'backup now vm-app-01')).card().then((card) => card.text),
    'grant-key-vault-access': () => drawn('backup vm-web-01', 'Give access only'),
    'cancel-job': async () => {
      await bot.azure.control('POST', 'clock', { speed: 1 }); // so that it runs for as long as the table takes
      const own = await bot.thread('ana', 'backup now rg-app/vm-dup-01');
      await own.untilButton('Cancel this backup');
      const named = await drawn('backup cancel rg-app/vm-dup-01', 'Cancel this backup');
      const [on, [operation]] = [await own.newest(), await bot.operationsIn(own)];
      // The running card and the dialog make the same request; the running card asks for approval on a card below it.
      const onRun = async (awaited: string) => {
        const press = { verb: 'cancel-backup', data: { operation: operation!.id }, on };
        const { text } = await own.sends(press);
        if (!awaited.startsWith('0 of')) return text ?? '';
        await own.untilButton('Request approval');
        await own.clicks('Request approval');
        const asked = await shownIn(own, awaited);
        await own.clicks('Withdraw');
        await own.untilTitle('request withdrawn');
        return asked;
      };
      return async (awaited) => {
        const [one, other] = [await onRun(awaited), await named(awaited)];
        return one.includes(awaited) ? other : one;
      };
    },
    'recover-key-vault': () => restoring('vm-hr-01'),
    'restore-disks': () => restoring('vm-app-01'),
    'restore-key-and-secret': () => restoring('vm-app-01'),
    'point-disks-to-keys': () => restoring('vm-app-01'),
    'create-vm': () => making(),
    'push-ade-extension': () => making(),
    'restore-vm': () => making('rg-app/vm-dup-01', 'vm-dup-01-back'),
    'replace-disks': async () =>
      press(await choosesReplacement(bot, 'rg-app/vm-dup-01'), said.say('button.ask-approval'), { typed: 'vm-dup-01' }),
    'check-vm': () => making(),
    'clean-up-staging': () => making(),
    drill: () => drawn('backup drill vm-app-01', said.say('button.drill')),
    'delete-drill': () => drawn('backup drill vm-app-01', said.say('button.drill')),
    'stop-protection': () => drawn('backup stop vm-app-02', 'Stop backups'),
    'resume-protection': () => drawn('backup resume vm-case-11', 'Resume backups'),
    undelete: () => drawn('backup undelete vm-case-10', 'Undelete backups'),
    'end-kek-exception': async () => {
      await excepted(bot);
      return drawn('backup exception vm-bek-01', said.say('button.end-exception'));
    },
    'allow-vm-without-kek': async () =>
      press(await bot.asks('ana', 'backup exception vm-bek-01'), 'Allow it without a KEK', { reason: 'soon' }),
    'allow-drills': () => drawn('backup drills', said.say('button.allow-drills')),
    'end-drills': async () => {
      await allowed(bot);
      return drawn('backup drills', said.say('button.end-drills'));
    },
    'create-policy': () => policy('backup policy new rsv-prod-weu', form, 'Create this policy'),
    'change-policy': () => policy('backup policy change rsv-prod-weu/gold', { daily: '120' }, 'Change this policy'),
  };
}

function slack(bot: TestBot): Record<Operation, () => Promise<Try>> {
  const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const says = async (text: string) => ana.in((await ana.says(`@Kluis ${text}`)).ts as string);
  const press =
    (thread: SlackChat, title: string, typed?: string): Try =>
    async (awaited) => {
      const before = (await thread.said()).length;
      const { blocks } = await thread.until(title);
      await thread.presses(title, typed === undefined ? {} : { inputs: { [actionOf(blocks, 'typed')]: typed } });
      if (awaited.startsWith('0 of')) return textOf(await thread.until(awaited));
      const message = await eventually(awaited, async () => (await thread.said())[before]);
      expect(message.onlyYou).toBe(true);
      return textOf(message);
    };
  const formOf = async (text: string, typed: Record<string, string>): Promise<Try> => {
    const thread = await says(text);
    await thread.until('Fill in the form');
    return async (awaited) => {
      await thread.opensForm();
      const { errors = {} } = await thread.submits(typed);
      return awaited.startsWith('0 of') ? textOf(await thread.until(awaited)) : Object.values(errors).join(' ');
    };
  };
  const drawn = async (text: string, title: string) => {
    const thread = await says(text);
    await thread.until(title);
    return press(thread, title);
  };
  const policy = async (typed: string, fields: Record<string, string>, title: string) => {
    const thread = await says(typed);
    const first = ['name', 'kind', 'often', 'zone'];
    const given = (isFirst: boolean) =>
      Object.fromEntries(Object.entries(fields).filter(([field]) => first.includes(field) === isFirst));
    // A new policy's name is in the first form; for an existing policy the first question is on the card.
    if (Object.hasOwn(fields, 'name')) {
      await thread.until('Fill in the form');
      await thread.opensForm();
      await thread.submits(given(true));
    } else {
      await thread.until('Continue');
      await thread.presses('Continue');
      await thread.until('Fill in the form');
      await thread.opensForm();
    }
    await thread.submits(given(false));
    await thread.until(title);
    return press(thread, title);
  };
  const restoring = async (vm: string) => {
    const thread = await says(`backup restore ${vm}`);
    await thread.until('Continue');
    await thread.presses('Continue');
    await thread.until('Fill in the form');
    await thread.opensForm();
    await thread.submits({ group: 'rg-restore', account: 'stkluisweu', reason: 'a table was dropped' });
    await thread.until('Restore disks');
    return press(thread, 'Restore disks');
  };
  const replacing = async () => {
    const thread = await says('backup restore rg-app/vm-dup-01 replace');
    await thread.until('Continue');
    await thread.presses('Continue');
    await thread.until(said.say('replace.staging', { vm: 'rg-app/vm-dup-01' }));
    await thread.opensForm();
    await thread.submits({ account: 'stkluisweu', reason: 'ransomware' });
    await thread.until(said.say('replace.sure', { vm: 'rg-app/vm-dup-01' }));
    return press(thread, said.say('button.ask-approval'), 'vm-dup-01');
  };
  const making = async (vm: string, way: 'restore.make-vm' | 'restore.make-vm-directly') => {
    const thread = await says(`backup restore ${vm}`);
    await thread.until('Continue');
    await thread.presses('Continue');
    await thread.until('Fill in the form');
    await thread.opensForm();
    const make = said.say(way);
    await thread.submits({ group: 'rg-restore', account: 'stkluisweu', reason: 'a table was dropped', make });
    await thread.until(said.say('restore.which-vm', { vm }));
    await thread.opensForm();
    const name = `${vm.split('/').pop()}-back`;
    await thread.submits({ name, subnet: 'vnet-prod-weu/snet-restore · 10.10.9.0/24' });
    await thread.until('Restore and create the VM');
    return press(thread, 'Restore and create the VM');
  };
  return {
    'register-provider': async () => drawn(...(await unregistered(bot))),
    protect: () => drawn('backup vm-sql-01', 'Protect only'),
    'back-up-now': async () => async (awaited) => {
      const before = (await ana.said()).length;
      const thread = await says('backup now vm-app-01');
      // A refusal is beside what was typed, unless it is a card.
      const shown = async () => [...(await thread.said()), ...(await ana.said()).slice(before)];
      const found = async () => (await shown()).find((one) => textOf(one).includes(awaited));
      return textOf(await eventually(awaited, found));
    },
    'grant-key-vault-access': () => drawn('backup vm-web-01', 'Give access only'),
    'cancel-job': () => drawn('backup cancel rg-app/vm-dup-01', 'Cancel this backup'),
    'recover-key-vault': () => restoring('vm-hr-01'),
    'restore-disks': () => restoring('vm-app-01'),
    'restore-key-and-secret': () => restoring('vm-app-01'),
    'point-disks-to-keys': () => restoring('vm-app-01'),
    'create-vm': () => making('vm-app-01', 'restore.make-vm'),
    'push-ade-extension': () => making('vm-app-01', 'restore.make-vm'),
    'restore-vm': () => making('rg-app/vm-dup-01', 'restore.make-vm-directly'),
    'replace-disks': replacing,
    'check-vm': () => making('vm-app-01', 'restore.make-vm'),
    'clean-up-staging': () => making('vm-app-01', 'restore.make-vm'),
    drill: () => drawn('backup drill vm-app-01', said.say('button.drill')),
    'delete-drill': () => drawn('backup drill vm-app-01', said.say('button.drill')),
    'stop-protection': () => drawn('backup stop vm-app-02', 'Stop backups'),
    'resume-protection': () => drawn('backup resume vm-case-11', 'Resume backups'),
    undelete: () => drawn('backup undelete vm-case-10', 'Undelete backups'),
    'end-kek-exception': async () => {
      await excepted(bot);
      return drawn('backup exception vm-bek-01', said.say('button.end-exception'));
    },
    'allow-drills': () => drawn('backup drills', said.say('button.allow-drills')),
    'end-drills': async () => {
      await allowed(bot);
      return drawn('backup drills', said.say('button.end-drills'));
    },
    'allow-vm-without-kek': async () => formOf('backup exception vm-bek-01', { reason: 'soon' }),
    'create-policy': () => policy('backup policy new rsv-prod-weu', form, 'Create this policy'),
    'change-policy': () => policy('backup policy change rsv-prod-weu/gold', { daily: '120' }, 'Change this policy'),
  };
}

let bot: TestBot;
const usual = () => bot.rules.slice(0, usualRules);
const writes = async () => (await bot.azure.writes()).length;

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, speed: 1000 });
  for (const name of ['protection-stopped', 'soft-deleted-item']) await bot.azure.scenario(name);
  const { vms } = await bot.azure.state('vms');
  await bot.azure.change({ vms: vms.map((vm) => ({ ...vm, tags: { env: 'prod' } })) });
  await refreshInventory(bot.deps);
});
afterAll(() => bot?.[Symbol.asyncDispose]());
afterEach(() => {
  bot.rules.splice(usualRules);
  bot.channels.splice(0);
});

/** Allows these to be started from every channel used so far, and nothing else. */
async function startable(...names: OperationName[]): Promise<void> {
  const seen = new Set((await bot.rows('conversation')).flatMap(({ channel }) => channel ?? []));
  const rest = { locale: null, timeZone: null, approvers: false, operations: names, digest: null };
  bot.channels.splice(0, bot.channels.length, ...[...seen].map((id) => ({ id, ...rest })));
}

const quoted = (facets: readonly string[]) => facets.map((each) => each.replace(/: (.*)$/, ": '$1'")).join(', ');

function put(...rules: string[]): void {
  const read = parseKluisYaml(`${config}${rules.map((rule) => `  - ${rule}\n`).join('')}`, 'kluis.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  bot.rules.splice(0, bot.rules.length, ...usual(), ...read.config.rules.slice(usualRules));
}

describe.each(operations)('a rule applies by whatever the operation touches: %s', (operation) => {
  describe.each([
    ['Teams', teams],
    ['Slack', slack],
  ] as const)('in %s', (_, of) => {
    let tries: Try;
    beforeAll(async () => {
      bot.rules.splice(usualRules);
      tries = await of(bot)[operation]();
    });
    afterAll(() => bot.azure.change({ providers: {} }));
    // With all facets at once: a rule applies only if each of them matches; each facet alone is tested in test/people.
    const everything = operationTraits[operation].facets.map(
      (facet) => `${facet}: ${(touched[operation] as FacetValues)[facet]}`,
    );
    const under = (verdict: string) => put(`{ operation: ${operation}, ${quoted(everything)}, ${verdict} }`);
    test('by the channel, which allows everything else', async () => {
      await startable(...operationNames.filter((name) => name !== operation));
      const before = await writes();
      const awaited = said.say('ruled.elsewhere');
      expect(await tries(awaited)).toContain(awaited);
      expect(await writes()).toBe(before);
    });

    test('by everything that it touches: denied', async () => {
      under('deny: true');
      const before = await writes();
      const awaited = said.say('ruled.denied-by', { rule: everything.join(', ') });
      expect(await tries(awaited)).toContain(awaited);
      expect(await writes()).toBe(before);
    });

    test('by everything that it touches: left to others', async () => {
      under('approvals: 4');
      const before = await writes();
      const awaited = '0 of 4 · until';
      expect(await tries(awaited)).toContain(awaited);
      expect(await writes()).toBe(before);
    });
  });
});

test('the table has every operation, and every facet that a rule on it can have', () => {
  expect(operations.toSorted()).toEqual(operationNames.toSorted());
  for (const operation of operations)
    expect(facets.filter((facet) => facet in touched[operation])).toEqual(operationTraits[operation].facets);
});

test.each(kinds)(
  'a card drawn under the rule says so before any click, and has no button that starts it: %s',
  async (kind) => {
    const verdict = kind === 'deny' ? 'deny: true' : 'approvals: 2';
    put(`{ vault: rsv-prod-weu, ${verdict} }`);
    const card = await (await bot.asks('ana', 'backup vm-sql-01')).card();
    expect(card.text).not.toContain('No approval needed');
    // What needs others can be done by hand, and the card has the commands; for what is denied there is nothing to run.
    expect(card.text.includes('az backup protection enable-for-vm')).toBe(kind === 'approvals');
    if (kind === 'deny') {
      expect(card.title).toBe('⛔ Backup of vm-sql-01 is blocked by your rules');
      expect(card.titles).toEqual(['Check again', 'Close']);
    } else {
      expect(card.titles.slice(0, 2)).toEqual([
        'Request approval: Protect and back up now',
        'Request approval: Protect only',
      ]);
      expect(card.text).toContain('2 other people have to approve this first.');
    }
  },
);

test('unreadable tags may be those of a rule: it applies, and says what wasn’t read', async () => {
  const { vms } = await bot.azure.state('vms');
  await bot.azure.change({
    vms: vms.filter(({ name, resourceGroup }) => name !== 'vm-dup-01' || resourceGroup !== 'rg-app'),
  });
  await refreshInventory(bot.deps);
  put(`{ operation: cancel-job, tag: 'env=test', deny: true }`);
  const chat = await bot.asks('ana', 'backup cancel rg-app/vm-dup-01');
  const card = await chat.card();
  expect(card.text).toContain(said.say('ruled.unread', { unread: 'tag' }));
  expect(card.titles).not.toContain('Cancel this backup');
  put(`{ operation: cancel-job, vm: 'vm-dup-01', approvals: 2 }`);
  expect((await (await bot.asks('ana', 'backup cancel rg-app/vm-dup-01')).card()).text).toContain('az backup job stop');
  bot.rules.splice(usualRules);
  await chat.clicks('Check again');
  await chat.untilButton('Cancel this backup');
});

test('an unreadable disk’s keys may be in a rule’s key vault', async () => {
  const { vms } = await bot.azure.state('vms');
  await bot.azure.change({
    vms: vms.map((vm) => (vm.name === 'vm-sql-01' ? { ...vm, power: 'deallocated' as const } : vm)),
  });
  const body = { error: { code: 'AuthorizationFailed', message: 'no' } };
  await bot.azure.fault({ match: { method: 'GET', path: 'disks/vm-sql-01-data-1' }, status: 403, body });
  put(`{ operation: protect, keyVault: kv-secret, deny: true }`);
  const card = await (await bot.asks('ana', 'backup vm-sql-01')).card();
  await bot.azure.mend();
  await bot.azure.change({ vms });
  expect(card.text).toContain(said.say('ruled.unread', { unread: 'keyVault' }));
  expect(card.titles.join()).not.toMatch(/Protect|Try/);
});

test('if only a grant is left, the card promises no backup', async () => {
  put(`{ operation: protect, vm: 'vm-web-01', deny: true }`);
  const card = await (await bot.asks('ana', 'backup vm-web-01')).card();
  expect(card.titles[0]).toBe('Give access only');
  expect(card.text).not.toContain('The backup will be kept');
  expect(card.text).not.toContain('backup-now');
});

test('help offers what can be requested, and nothing that is denied everywhere', async () => {
  put(`{ operation: back-up-now, approvals: 2 }`);
  expect((await (await bot.asks('ana', 'help')).card()).text).toContain(said.say('help.can-back-up'));
  put(`{ operation: back-up-now, deny: true }`);
  expect((await (await bot.asks('ana', 'help')).card()).text).not.toContain(said.say('help.can-back-up'));
});

test('help lists each command according to the gate’s answer for its operation', async () => {
  const words = ['stop', 'resume', 'leftovers', 'policy', 'access'];
  const listed = async (who: 'ana' | 'ben') => {
    const { text } = await (await bot.asks(who, 'help')).card();
    return words.filter((word) => text.includes(`/backup ${word} `));
  };
  put();
  expect(await listed('ana')).toEqual(words);
  // Ben is an operator and an approver, but no administrator.
  expect(await listed('ben')).toEqual(['stop', 'resume', 'leftovers', 'access']);
  put(`{ operation: stop-protection, deny: true }`, `{ operation: delete-drill, deny: true }`);
  // What was left can still be seen.
  expect(await listed('ana')).toEqual(['resume', 'leftovers', 'policy', 'access']);
});

test('rules that match something else change nothing', async () => {
  await bot.azure.control('POST', 'clock', { speed: 1000 });
  const other = (facet: Facet) => (facet === 'subscription' ? '00000000-0000-0000-0000-0000000000ff' : 'other-*');
  put(...facets.map((facet) => `{ operation: protect, ${facet}: '${other(facet)}', deny: true }`));
  const chat = await bot.asks('ana', 'backup vm-sql-01');
  await chat.clicks('Protect only');
  await chat.untilTitle(/vm-sql-01 is protected/);
});
