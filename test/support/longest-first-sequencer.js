import Sequencer from '@jest/test-sequencer';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files that take half a minute and more, longest first. In a fresh clone nobody knows how long a file takes, and
 * Jest begins with the largest ones: one of these would begin last, and a core be idle.
 */
const longest = [
  'scenarios/both-platforms',
  'crash/every-operation',
  'http/proxy',
  'crash/paused',
  'crash/way-back',
  'bot/drills',
  'crash/killed',
  'trouble/azure',
  'trouble/refused-notes',
  'bot/restore-vm',
  'trouble/chat',
  'bot/vault-looks',
  'http/mutated-input',
  'cli/bench',
  'bot/lost-answers',
  'http/azure-trouble',
  'slack/trouble',
  'bot/restore-approved',
  'bot/many-failures',
  'cli/audit',
  'crash/two-processes',
  'crash/handed-on',
  'start/same-folder',
  'crash/restored-database',
].map((name) => join(import.meta.dirname, '..', `${name}.test.ts`));

const gone = longest.filter((path) => !existsSync(path));
if (gone.length > 0) throw new Error(`${import.meta.filename} names files that don't exist: ${gone.join(', ')}`);

/** So many of them begin at once: most of them wait most of their time, and with more a core would be idle. */
const atOnce = 8;

/** The longest first, the rest of those among the others until half of these have begun. */
export default class LongestFirstSequencer extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const place = ({ path }) => longest.indexOf(path);
    const first = sorted.filter((test) => place(test) >= 0).toSorted((one, other) => place(one) - place(other));
    const others = sorted.filter((test) => place(test) < 0);
    const begins = [
      ...first.map((test, i) => ({ test, at: Math.max(0, i + 1 - atOnce) / (2 * Math.max(1, first.length - atOnce)) })),
      ...others.map((test, i) => ({ test, at: i / others.length })),
    ];
    return begins.toSorted((one, other) => one.at - other.at).map(({ test }) => test);
  }
}
