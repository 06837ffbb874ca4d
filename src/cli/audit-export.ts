/**
 * `npm run --silent audit:export`: writes the audit log to stdout, one JSON object a line, oldest first, with each
 * entry's number and hashes, so that a whole export can be proven elsewhere. Exit code 2: it could not be looked at.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { OpenToRead } from '../store/open-to-read.ts';
import { auditPages } from './audit/audit-pages.ts';
import { isWithin, readWindow, type TimeWindow } from './audit/time-window.ts';
import { couldNotLook, withDatabase } from './with-database.ts';

const usage = 'Usage: npm run --silent audit:export [-- --from DAY-OR-MOMENT] [--to DAY-OR-MOMENT]';

async function exportAudit({ db }: OpenToRead, window: TimeWindow): Promise<number> {
  for await (const page of auditPages(db)) {
    const lines = page.filter(({ at }) => isWithin(window, at)).map((entry) => `${JSON.stringify(entry)}\n`);
    // A reader that is slower than the database must not make the whole log pile up here.
    if (lines.length > 0 && !process.stdout.write(lines.join(''))) await once(process.stdout, 'drain');
  }
  return 0;
}

function readOptions(): TimeWindow | { readonly problem: string } {
  try {
    return readWindow(parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } }).values);
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

// Whoever reads may stop early (`| head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : couldNotLook));
const window = readOptions();
if ('problem' in window) {
  console.error(`${window.problem}\n${usage}`);
  process.exitCode = couldNotLook;
} else {
  process.exitCode = await withDatabase(process.env, (database) => exportAudit(database, window));
}
