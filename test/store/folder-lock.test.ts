import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { lockFolder } from '../../src/store/folder-lock.ts';

type Holder = { readonly child: ChildProcessWithoutNullStreams; readonly line: () => Promise<string> };

let folder: string;
let holders: Holder[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kluis-lock-'));
});
afterEach(async () => {
  await Promise.all(holders.map(({ child }) => kill(child)));
  holders = [];
  await rm(folder, { recursive: true, force: true });
});

/** Starts a real process that tries to take the folder. */
function startHolder(of: string): Holder {
  const program = join(import.meta.dirname, 'lock-folder-process.ts');
  const child = spawn(process.execPath, [program, of], { stdio: ['pipe', 'pipe', 'inherit'] }) as never;
  const lines = createInterface({ input: (child as ChildProcessWithoutNullStreams).stdout })[Symbol.asyncIterator]();
  const holder = { child, line: async () => String((await lines.next()).value) };
  holders.push(holder);
  return holder;
}

async function kill(child: Holder['child']): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('a second process learns who has the folder and since when', async () => {
  const first = startHolder(folder);
  expect(await first.line()).toBe('held');
  const told = await startHolder(folder).line();
  expect(told).toMatch(/^data-dir-locked: .* is in use by process \d+, since \d{4}-\d\d-\d\dT.*End that process first/);
  expect(told).toContain(`process ${first.child.pid},`);
});

test('a killed holder’s lock is released', async () => {
  const first = startHolder(folder);
  expect(await first.line()).toBe('held');
  await kill(first.child);
  const heir = startHolder(folder);
  expect(await heir.line()).toBe('held');
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'data-dir-locked' });
});

test('after a release the next one gets the lock, within one process too', async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'data-dir-locked' });
  await lock.release();
  const again = await lockFolder(folder);
  await again.release();
});

test('two folders don’t block each other', async () => {
  const locks = [await lockFolder(join(folder, 'a')), await lockFolder(join(folder, 'b'))];
  await Promise.all(locks.map((lock) => lock.release()));
});

test('a path too long for a socket can be locked as well', async () => {
  const deep = join(folder, ...Array.from({ length: 12 }, () => 'a-long-folder-name'));
  const first = startHolder(deep);
  expect(await first.line()).toBe('held');
  await expect(lockFolder(deep)).rejects.toMatchObject({ code: 'data-dir-locked' });
  // Its socket isn't in that folder: whoever takes the lock next removes it.
  await kill(first.child);
  await (await lockFolder(deep)).release();
});

test.each(['an empty folder', 'a folder whose holder was killed'])(
  'of many that try %s at once one gets it',
  async (which) => {
    if (which !== 'an empty folder') {
      const dead = startHolder(folder);
      expect(await dead.line()).toBe('held');
      await kill(dead.child);
    }
    const crowd = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const held = crowd.filter((one) => one.status === 'fulfilled');
    expect(held).toHaveLength(1);
    const told = crowd.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(told).toEqual(Array(7).fill('data-dir-locked'));
    await held[0]!.value.release();
  },
);
