/** Every line that any bot under test logs, in any process of the run, and what must be in none of them. */
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What must be in no log: tokens, passwords, and the key material of the simulated recovery points. */
const forbidden: readonly RegExp[] = [
  /\b(?:Bearer|Basic)\s+(?!\[redacted)[\w.~+/=-]{6,}/i,
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/,
  /\bxox[abprs]-[\w-]{6,}/,
  /\bxapp-[\w-]{6,}/,
  /:\/\/[^/\s:@"]+:(?! \[redacted)[^@\s/"]+@/,
  /client_secret=(?! \[redacted)[^&\s"]+/i,
  /(?:secretData|keyBackupData)\\*"\s*:\s*\\*"(?! \[redacted)[^"\\]+/i,
  new RegExp(Buffer.from('SIMULATED-KEY-MATERIAL').toString('base64').slice(0, 24)),
  // A backed-up key or secret, which begins with the name of its format.
  new RegExp(Buffer.from('&AzureKeyVault').toString('base64').slice(0, 16)),
];

/** The parts of a text that look like a secret. */
export function secretsIn(text: string): string[] {
  return forbidden.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}

/** The file of this process, and of which run it is. */
let kept: { readonly run: string; readonly file: number } | null = null;

/** Keeps a line until the end of the run, at once: the process may be killed. */
export function keepLine(line: object): void {
  const run = process.env['KLUIS_TEST_FOLDER'];
  if (run === undefined) return;
  if (kept?.run !== run) {
    mkdirSync(logsOf(run), { recursive: true });
    kept = { run, file: openSync(join(logsOf(run), `${process.pid}.log`), 'a') };
  }
  writeSync(kept.file, `${JSON.stringify(line)}\n`);
}

/** The lines of the whole run that contain a secret. */
export function leakingLines(): { readonly read: number; readonly leaks: readonly string[] } {
  const run = process.env['KLUIS_TEST_FOLDER'];
  const folder = run === undefined ? undefined : logsOf(run);
  const files = folder === undefined || !existsSync(folder) ? [] : readdirSync(folder);
  const lines = files.flatMap((file) => readFileSync(join(folder as string, file), 'utf8').split('\n'));
  const leaks = lines.filter((line) => secretsIn(line).length > 0);
  return { read: lines.length, leaks };
}

function logsOf(run: string): string {
  return join(run, 'logs');
}
