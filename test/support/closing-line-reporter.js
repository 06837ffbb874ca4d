import { writeFileSync } from 'node:fs';

/**
 * Tells how many tests passed, failed and were skipped, as the one line that CI reads: into the file that
 * `KLUIS_CLOSING_LINE` names, for `run-tests.ts` to print last; else at the end of jest's own output.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const file = process.env.KLUIS_CLOSING_LINE;
    if (file) writeFileSync(file, JSON.stringify({ passed: results.numPassedTests, failed, skipped }));
    else process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  }
}
