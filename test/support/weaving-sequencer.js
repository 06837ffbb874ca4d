import Sequencer from '@jest/test-sequencer';

/** Files that start whole processes, or wait for faults to pass: they wait most of their time. */
const waiting = /[\\/]test[\\/](crash|scenarios|cli|trouble|start|http[\\/]proxy)/;

/** Where each of these files begins, as a part of the run: evenly from 0 to `until`. */
function spread(tests, until) {
  return tests.map((test, i) => ({ test, begins: (until * i) / tests.length }));
}

/**
 * Runs files that wait beside files that compute, through the whole run. In a fresh clone nobody knows yet how long a
 * file takes, and Jest begins with the longest files; most of these wait, so the cores would be idle at first and have
 * too much to do at the end. What waits takes longest, so the last of it begins after two thirds of the run.
 */
export default class WeavingSequencer extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const others = sorted.filter(({ path }) => !waiting.test(path));
    const half = Math.ceil(others.length / 2);
    const streams = [
      spread(
        sorted.filter(({ path }) => waiting.test(path)),
        0.65,
      ),
      spread(others.slice(0, half), 1),
      spread(others.slice(half), 1),
    ];
    return streams
      .flat()
      .toSorted((one, other) => one.begins - other.begins)
      .map(({ test }) => test);
  }
}
