import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runTool } from '../cli/run-tool.ts';
import { previousRelease } from '../support/previous-release.ts';

/** From the previous release to this one and back: people carry on while the processes of both come and go. */
const { release } = previousRelease();

/** A download of the tree has no history, and so no previous release to run. */
function isInHistory(): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${release}^{commit}`], { cwd: join(import.meta.dirname), stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

(isInHistory() ? test : test.skip)('there and back under load: nothing is lost, nothing is done twice', async () => {
  const { code, out, err } = await runTool('upgrade', ['--from', release, '--minutes', '0.05', '--people', '3'], {});
  expect({ code, err, out }).toEqual({ code: 0, err: '', out: expect.stringMatching(/Every invariant holds\.\s*$/) });
  const middles = [...out.matchAll(/^ {2}.*: (\d+) operations running, (\d+) requests waiting, (\d+) cards open$/gm)];
  expect(middles).toHaveLength(6);
  for (const [step, ...counts] of middles) expect([step, Math.min(...counts.map(Number))]).not.toEqual([step, 0]);
});
