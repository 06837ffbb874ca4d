import Sequencer from '@jest/test-sequencer';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files that take half a minute and more, those that compute among those that wait. In a fresh clone nobody knows
 * how long a file takes, and Jest begins with the largest ones: one of these would begin last, and a core be idle.
 */
const longest = [
  'scenarios/both-platforms',
  'crash/way-back',
  'crash/every-operation',
  'crash/killed',
  'http/proxy',
  'bot/restore-vm',
  'crash/paused',
  'bot/drills',
  'cli/bench',
  'http/mutated-input',
  'bot/vault-looks',
  'trouble/azure',
  'bot/lost-answers',
  'trouble/refused-notes',
  'crash/restored-database',
  'trouble/chat',
  'cli/audit',
  'http/azure-trouble',
  'start/same-folder',
  'slack/together',
  'bot/restore-approved',
  'slack/trouble',
  'bot/many-failures',
  'crash/two-processes',
  'crash/handed-on',
].map((name) => join(import.meta.dirname, '..', `${name}.test.ts`));

const gone = longest.filter((path) => !existsSync(path));
if (gone.length > 0) throw new Error(`${import.meta.filename} names files that don't exist: ${gone.join(', ')}`);

/** These begin first, in this order; the others as Jest has them. */
export default class LongestFirstSequencer extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const place = ({ path }) => longest.indexOf(path);
    const first = sorted.filter((test) => place(test) >= 0).toSorted((one, other) => place(one) - place(other));
    return [...first, ...sorted.filter((test) => place(test) < 0)];
  }
}
