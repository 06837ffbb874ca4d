/**
 * A process that locks a data folder, prints `held` or why it can't, and then holds the lock until its input ends or it
 * dies.
 */
import { lockFolder } from '../../src/store/folder-lock.ts';

const [folder] = process.argv.slice(2) as [string];
try {
  await lockFolder(folder);
  process.stdout.write('held\n');
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code}: ${(error as Error).message}\n`);
}
