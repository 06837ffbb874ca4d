import Sequencer from '@jest/test-sequencer';

/**
 * Files that wait most of their time, for leases of processes that have ended and the like; the longest first. In a
 * fresh clone nobody knows yet how long a file takes.
 */
const waiting = [
  'crash/every-operation',
  'crash/anywhere',
  'crash/paused',
  'scenarios/both-platforms',
  'bot/lost-answers',
  'cli/audit',
  'crash/way-back',
  'http/proxy',
  'crash/killed',
  'crash/handed-on',
  'bot/drills',
  'bot/cancel',
  'cli/bench',
  'trouble/chat',
  'crash/two-processes',
  'start/same-folder',
  'bot/vault-looks',
  'http/azure-trouble',
  'trouble/azure',
  'trouble/refused-notes',
  'slack/trouble',
  'crash/restored-database',
  'crash/abandoned',
];
const places = waiting.map((name) => `/test/${name}.test.ts`);
const placeOf = ({ path }) => places.findIndex((place) => path.replaceAll('\\', '/').endsWith(place));

/** How many of the workers wait at any time, so that the others have the cores. */
const atOnce = 2;
/** So many others are begun before the next one that waits: together they take about as long. */
const between = 10;

/** Spreads those that wait over the run: next to each other they leave the cores idle, and last the whole run waits. */
export default class SpreadingSequencer extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const slow = sorted.filter((test) => placeOf(test) >= 0).toSorted((one, other) => placeOf(one) - placeOf(other));
    const others = sorted.filter((test) => placeOf(test) < 0);
    const spread = slow.slice(atOnce).flatMap((test, at) => [...others.slice(at * between, (at + 1) * between), test]);
    return [...slow.slice(0, atOnce), ...spread, ...others.slice(Math.max(0, slow.length - atOnce) * between)];
  }
}
