/** Where the packages of the peer `bench-dialogs` are installed: fetched when it is measured. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const version = '4.23.3';
const wanted = [`botbuilder@${version}`, `botbuilder-dialogs@${version}`];

type Packages = { readonly folder: string; end(): Promise<void> };

/** Installs them without running their scripts; null if they can't be fetched, and then the peer isn't measured. */
export async function dialogsPackages(): Promise<Packages | null> {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-bench-dialogs-'));
  const end = () => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted];
    await promisify(execFile)('npm', args, { cwd: folder, timeout: 300_000 });
    return { folder, end };
  } catch {
    await end();
    return null;
  }
}
