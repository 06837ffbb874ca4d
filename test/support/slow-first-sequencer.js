import Sequencer from '@jest/test-sequencer';

const slow = /[\\/]test[\\/](crash|scenarios|cli|trouble|start|http[\\/]proxy)/;

/**
 * Begins with the files that start whole processes, and between them with the longest of the others: the former wait,
 * while the latter compute. In a fresh clone nobody knows yet how long a file takes, and Jest begins with the longest
 * files; one of the slow ones would then come last and leave the other cores idle.
 */
export default class SlowFirstSequencer extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const first = sorted.filter(({ path }) => slow.test(path));
    const others = sorted.filter(({ path }) => !slow.test(path));
    return [...first.flatMap((each, i) => [each, ...others.slice(i, i + 1)]), ...others.slice(first.length)];
  }
}
