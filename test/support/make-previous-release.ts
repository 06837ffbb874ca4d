/**
 * Makes test/fixtures/previous-release: a release in the middle of its work, as `pg_dump` finds it. Run it in a
 * worktree of that release (its README says how). Its arguments: the release, and the folder to write to.
 */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import type { Failpoint } from '../../src/core/failpoint.ts';
import { stateFile } from '../../src/lab/teams/state-file.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from './bot-chat.ts';
import { addMachines } from './more-machines.ts';

// Outside of Jest its globals don't exist, and nothing here uses any.
const globals = new URL('jest-globals.js', import.meta.url).href;
registerHooks({ resolve: (name, context, next) => next(name === '@jest/globals' ? globals : name, context) });
const { startBot } = await import('./start-bot.ts');
const { approvesRestore, choosesRestore, requestsRestore } = await import('./restore-talk.ts');

const [release, folder] = process.argv.slice(2) as [string, string];
const [data, serverUrl] = ['KLUIS_TEST_FOLDER', 'KLUIS_TEST_DATABASE_URL'].map((name) => process.env[name]!) as [
  string,
  string,
];
const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
/** How many VMs are added to the estate; whoever loads the fixture adds the same number. */
const machines = 8;
const protectOnly = say('button.protect');
type Parts = Record<string, { readonly stage: string }>;

const bot = await startBot({
  database: 'postgres',
  leases: { operation: 3000, renew: 500, sweep: 300 },
  env: { KLUIS_DATA_DIR: data },
});
const approval = { approvals: 1, withinMs: 4 * 3_600_000, startMs: 3_600_000 };
const verdict = { deny: false, approval };
bot.rules.push({ operation: 'protect', match: { vm: 'vm-more-01' }, verdict });
bot.rules.push({ operation: 'grant-key-vault-access', match: { vm: 'vm-web-01' }, verdict });
bot.roles.push({ role: 'approver', to: { kind: 'everyone' }, where: {} });
await bot.azure.failedLately();
const vms = await addMachines(bot.azure, machines);

/** Blocks whoever reaches the failpoint next, for good. */
function hold(failpoint: Failpoint): Promise<void> {
  return new Promise((held) => {
    bot.failpoint = (here) => {
      if (here !== failpoint) return;
      bot.failpoint = () => {};
      held();
      return new Promise<void>(() => {});
    };
  });
}

await (await bot.thread('ana', 'backup watch rsv-prod-weu')).untilTitle(say('watch.on'));
for (const vm of ['vm-more-04', 'vm-more-05']) {
  const chat = await bot.asks('ana', `backup ${vm}`);
  await chat.clicks(protectOnly);
  await chat.untilTitle(`${vm} is protected`);
}
for (const vm of ['vm-more-07', 'vm-more-08']) {
  const chat = await bot.asks('ana', `backup ${vm}`);
  await chat.clicks(say('button.protect+back-up-now'));
  await chat.untilTitle(`${vm} is backed up`);
}

/** A request for what the button does whose title ends so. */
async function requestOf(vm: string, button: string): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup ${vm}`);
  await chat.clicks((await chat.card()).titles.find((title) => title.endsWith(button))!);
  await chat.untilWaits('0 of 1');
  return chat;
}
const waiting = await requestOf('vm-more-01', protectOnly);
const granting = await requestOf('vm-web-01', say('button.grant-key-vault-access+protect+back-up-now'));
const requested = await choosesRestore(bot, 'vm-more-07');
await requestsRestore(requested);
const open = await bot.asks('ana', 'backup vm-more-02');

/** Protection followed by a backup, up to where its first write is about to be sent. */
async function unsentOf(vm: string): Promise<BotChat> {
  const chat = await bot.asks('ana', `backup ${vm}`);
  const stored = hold('write:after-attempt');
  await chat.clicks(say('button.protect+back-up-now'));
  await stored;
  return chat;
}
const [unsent, unwanted] = [await unsentOf('vm-more-03'), await unsentOf('vm-more-06')];

const lost = hold('write:after-send');
const sent = await bot.thread('ana', 'backup now vm-more-04');
await lost;

await bot.azure.control('POST', 'clock', { speed: 1 });
const running = await bot.thread('ana', 'backup now vm-more-05');
await running.until(
  'its job',
  async () => ((await bot.operationsIn(running))[0]?.parts as Parts | undefined)?.['back-up']?.stage === 'job',
);
const restoring = await choosesRestore(bot, 'vm-more-08');
await approvesRestore(restoring);
await restoring.until(
  'its job',
  async () => ((await bot.operationsIn(restoring))[0]?.parts as Parts | undefined)?.['restore']?.stage === 'job',
);
await bot.database.db
  .insertInto('person_link')
  .values({ team: 'T0LAB', platform_id: 'U0LINKED', entra: '00000000-0000-0000-0000-0000000000c1' })
  .execute();

const madeAt = new Date();
const { items, jobs, operations, pending, sequence } = await bot.azure.state(
  'items',
  'jobs',
  'operations',
  'pending',
  'sequence',
);
const isOurs = ({ vmId }: { readonly vmId: string }) => vms.some((vm) => vmId.endsWith(`/${vm}`));
const azure = { items: items.filter(isOurs), jobs: jobs.filter(isOurs), operations, pending, sequence };
const chats = { waiting, granting, requested, open, unsent, unwanted, sent, running, restoring };
const places = Object.entries(chats).map(([name, { place }]) => [name, place]);
const [{ schema }] = (await bot.database.db
  .selectNoFrom((eb) => eb.fn<string>('current_schema', []).as('schema'))
  .execute()) as [{ schema: string }];
const dump = execFileSync('pg_dump', [serverUrl, `--schema=${schema}`, '--inserts', '--no-owner'], {
  encoding: 'utf8',
  env: { ...process.env, PGTZ: 'UTC' },
  maxBuffer: 1 << 30,
});
const { host } = new URL(bot.url);
const neutral = (text: string) => text.replaceAll(schema, 'previous_release').replaceAll(host, '127.0.0.1:3978');
const forPsqlOnly = /^\\.*\n/gm;
const chat = stateFile(join(data, 'lab.json')).load();
await writeFile(join(folder, 'database.sql'), neutral(dump).replace(forPsqlOnly, ''));
await writeFile(join(folder, 'azure.json'), JSON.stringify(azure));
await writeFile(join(folder, 'chat.json'), neutral(JSON.stringify(chat)));
const stored = await bot.rows('approval_request');
const plans = Object.fromEntries(stored.map(({ digest, plan }) => [digest, plan]));
const about = { release, madeAt, chats: Object.fromEntries(places), plans };
await writeFile(join(folder, 'release.json'), `${JSON.stringify(about, null, 2)}\n`);
process.exit(0);
