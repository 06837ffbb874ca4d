/**
 * `npm run --silent audit:export`: writes the audit log to stdout, one JSON object per line, oldest first, with each
 * entry's number and hashes, so that a complete export can be verified elsewhere. `--drills` lists the reports of
 * restore drills instead, `--drill` writes one of them, as JSON or with `--page` for printing, in the language of the
 * terminal unless `--language` says otherwise. Exit code 2: the log couldn't be read, or there is no such drill.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { DrillFile } from '../audit/drill-file.ts';
import type { Locale } from '../core/person.ts';
import type { OpenToRead } from '../store/open-to-read.ts';
import { auditPages } from './audit/audit-pages.ts';
import { drillPage } from './audit/drill-page.ts';
import { isWithin, readWindow, type TimeWindow } from './audit/time-window.ts';
import { couldNotLook, withDatabase } from './with-database.ts';

const usage =
  'Usage: npm run --silent audit:export [-- --from DAY-OR-MOMENT] [--to DAY-OR-MOMENT] [--drills | --drill OPERATION [--page [--language en|nl]]]';

async function exportAudit({ db }: OpenToRead, window: TimeWindow): Promise<number> {
  for await (const page of auditPages(db)) {
    const lines = page.filter(({ at }) => isWithin(window, at)).map((entry) => `${JSON.stringify(entry)}\n`);
    // A reader that is slower than the database mustn't make the whole log pile up here.
    if (lines.length > 0 && !process.stdout.write(lines.join(''))) await once(process.stdout, 'drain');
  }
  return 0;
}

type Options = TimeWindow & {
  readonly drills: boolean;
  readonly drill: string | undefined;
  readonly page: boolean;
  readonly locale: Locale;
};

function readOptions(): Options | { readonly problem: string } {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean', default: false }] as const;
  try {
    const options = { from: text, to: text, drills: flag, drill: text, page: flag, language: text };
    const { drills, drill, page, language, ...times } = parseArgs({ options }).values;
    const window = readWindow(times);
    if (language !== undefined && language !== 'en' && language !== 'nl')
      return { problem: `--language is en or nl, not ${language}.` };
    return 'problem' in window ? window : { ...window, drills, drill, page, locale: language ?? ownLanguage() };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function ownLanguage(): Locale {
  return new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('nl') ? 'nl' : 'en';
}

type DrillEntry = { readonly what?: unknown; readonly operation?: unknown; readonly file?: DrillFile };

/** The drill reports in the log, oldest first. */
async function* drillsIn({ db }: OpenToRead, window: TimeWindow): AsyncGenerator<DrillFile> {
  for await (const page of auditPages(db))
    for (const { at, entry } of page) {
      const { what, file } = entry as DrillEntry;
      if (what === 'drill-report' && file && isWithin(window, at)) yield file;
    }
}

async function listDrills(database: OpenToRead, window: TimeWindow): Promise<number> {
  for await (const { report } of drillsIn(database, window))
    console.log([report['operation'], report['ended'], report['result'], report['vm']].join('  '));
  return 0;
}

async function exportDrill(database: OpenToRead, { drill, page, locale, ...window }: Options): Promise<number> {
  for await (const file of drillsIn(database, window)) {
    if (file.report['operation'] !== drill) continue;
    console.log(page ? drillPage(file, locale) : JSON.stringify(file, null, 2));
    return 0;
  }
  console.error(`There is no report of a drill ${drill ?? ''}; --drills lists them.`);
  return couldNotLook;
}

function exportAs(database: OpenToRead, options: Options): Promise<number> {
  if (options.drills) return listDrills(database, options);
  return options.drill === undefined ? exportAudit(database, options) : exportDrill(database, options);
}

// The reader may stop early (`| head`): that is not our error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : couldNotLook));
const options = readOptions();
if ('problem' in options) {
  console.error(`${options.problem}\n${usage}`);
  process.exitCode = couldNotLook;
} else {
  process.exitCode = await withDatabase(process.env, (database) => exportAs(database, options));
}
