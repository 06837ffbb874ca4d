/** Another release of this project, in its own folder, with the packages that it needs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A tree that can be run. */
export type Release = { readonly name: string; readonly root: string };

const own = join(import.meta.dirname, '..', '..');

/** The release that this program belongs to. */
export const thisRelease: Release = { name: 'new', root: own };

/** Writes the tree of a revision below `folder`. Throws if git doesn't know it, or its packages aren't available. */
export function checkOut(revision: string, folder: string): Release {
  const root = join(folder, 'old');
  mkdirSync(root);
  const git = ['-C', own, 'archive', '--format=tar', `${revision}^{commit}`];
  const tree = execFileSync('git', git, { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'inherit'] });
  execFileSync('tar', ['-xf', '-', '-C', root], { input: tree });
  const others = notOurs(root);
  const isServed = others.every(([name]) => packagesOf(own)[name] === undefined);
  if (isServed) symlinkSync(join(own, 'node_modules'), join(root, 'node_modules'));
  // What this release no longer needs goes one folder up, where Node looks next.
  const missing = others.map(([name, version]) => `${name}@${version}`);
  if (!isServed) npm('ci', root);
  else if (missing.length > 0) npm('install', folder, ['--no-save', '--prefix', folder, ...missing]);
  return { name: 'old', root };
}

function npm(does: 'ci' | 'install', cwd: string, more: readonly string[] = []): void {
  const quiet = ['--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', [does, ...quiet, ...more], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The packages that it needs to run, and that aren't here in that very version. */
function notOurs(root: string): readonly (readonly [name: string, version: string])[] {
  const ours = packagesOf(own);
  return Object.entries(packagesOf(root)).filter(([name, version]) => ours[name] !== version);
}

function packagesOf(root: string): Readonly<Record<string, string>> {
  type Wanted = { readonly dependencies: Readonly<Record<string, string>> };
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Wanted).dependencies;
}
