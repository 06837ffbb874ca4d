import Sequencer from '@jest/test-sequencer';

const slow = /[\\/]test[\\/](crash|scenarios|cli)[\\/]/;

/**
 * Begins with the files that start whole processes. In a fresh clone nobody knows yet how long a file takes, and Jest
 * begins with the longest files; one of these would then come last and leave the other cores idle.
 */
export default class SlowFirstSequencer extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => slow.test(path)), ...sorted.filter(({ path }) => !slow.test(path))];
  }
}
