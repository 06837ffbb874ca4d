import { writeFileSync } from 'node:fs';

/**
 * Reports how many tests passed, failed and were skipped, as the one line that CI reads: into the file named by
 * `KLUIS_CLOSING_LINE`, for `run-tests.ts` to print last; otherwise at the end of jest's own output.
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
