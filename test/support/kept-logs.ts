/** Every line that any bot under test logs, in any process of the run, and what must be in none of them. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
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

/** Keeps a line until the end of the run. */
export function keepLine(line: object): void {
  const folder = folderOfRun();
  if (folder !== undefined) appendFileSync(join(folder, `${process.pid}.log`), `${JSON.stringify(line)}\n`);
}

/** The lines of the whole run that contain a secret. */
export function leakingLines(): { readonly read: number; readonly leaks: readonly string[] } {
  const folder = folderOfRun();
  const files = folder === undefined ? [] : readdirSync(folder);
  const lines = files.flatMap((file) => readFileSync(join(folder as string, file), 'utf8').split('\n'));
  const leaks = lines.filter((line) => secretsIn(line).length > 0);
  return { read: lines.length, leaks };
}

function folderOfRun(): string | undefined {
  const run = process.env['KLUIS_TEST_FOLDER'];
  if (run === undefined) return undefined;
  mkdirSync(join(run, 'logs'), { recursive: true });
  return join(run, 'logs');
}
