/** Another release of this project, in its own folder, with the packages that it needs. */
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A tree that can be run. */
export type Release = { readonly name: string; readonly root: string };

const own = join(import.meta.dirname, '..', '..', '..');

/** The release that this program belongs to. */
export const thisRelease: Release = { name: 'new', root: own };

/** Checks out a revision below `folder`. Throws if git doesn't know it, or its packages aren't available. */
export function checkOut(revision: string, folder: string): Release & { remove(): void } {
  const root = join(folder, 'old');
  git('worktree', 'add', '--quiet', '--detach', root, revision);
  const lock = (of: string) => readFileSync(join(of, 'package-lock.json'), 'utf8');
  if (lock(root) === lock(own)) symlinkSync(join(own, 'node_modules'), join(root, 'node_modules'));
  else execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  return { name: 'old', root, remove: () => git('worktree', 'remove', '--force', root) };
}

function git(...args: readonly string[]): void {
  execFileSync('git', ['-C', own, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}
