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
  if (isServedByOurs(root)) symlinkSync(join(own, 'node_modules'), join(root, 'node_modules'));
  else
    execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
    });
  return { name: 'old', root };
}

/** Whether every package that it needs to run is here in that very version. */
function isServedByOurs(root: string): boolean {
  const [theirs, ours] = [packagesOf(root), packagesOf(own)];
  return Object.entries(theirs).every(([name, version]) => ours[name] === version);
}

function packagesOf(root: string): Readonly<Record<string, string>> {
  type Wanted = { readonly dependencies: Readonly<Record<string, string>> };
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Wanted).dependencies;
}
