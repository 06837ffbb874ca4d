/** The fields a log line has in addition to its text: ids of dialog, operation and job, never a secret. */
type LogFields = Readonly<Record<string, unknown>>;

/** Where the product writes what an operator should know. One line each, structured. */
export type Log = {
  debug(fields: LogFields, text: string): void;
  info(fields: LogFields, text: string): void;
  warn(fields: LogFields, text: string): void;
  error(fields: LogFields, text: string): void;
};

/** A log that keeps nothing, for kernels under test. */
export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * What can be logged of an unknown error: its name, code and first line, redacted; not its stack's arguments or
 * `cause`.
 */
export function loggable(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: redact(String(error)).slice(0, 300) };
  const code = (error as { code?: unknown }).code;
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    text: redact(error.message).slice(0, 300),
    at: error.stack?.split('\n')[1]?.trim(),
  };
}

/** Each looks only so far from where it begins: a long text, whoever wrote it, takes no longer than its length. */
const secrets = [
  /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi,
  /\beyJ[\w-]{1,4096}\.[\w-]+\.[\w-]*/g,
  /\bxox[abprs]-[\w-]+/g,
  /\bxapp-[\w-]+/g,
  /([?&](?:sig|s|c|h|code|token|key)=)[^&\s"']{8,}/gi,
  /("[^"]{0,80}(?:secret|password|token|keyBackupData|secretData)[^"]{0,80}"\s*:\s*")[^"]+/gi,
  /(\/\/[^/\s:@]+:)[^@\s/]+(?=@)/g,
  /\b((?:account|access|shared|secret|storage)[_ -]?(?:access[_ -]?)?(?:key|signature)|password|passwd|passphrase|pwd)(\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s;,"'&]+)/gi,
  // The key of a storage account, wherever it occurs.
  /(?<![\w+/])[\w+/]{86}==/g,
];

/** A text without anything that looks like a token, a signature, a password or key material. */
export function redact(text: string): string {
  return secrets.reduce((clean, pattern) => clean.replace(pattern, keepsName), text);
}

function keepsName(_match: string, name: unknown): string {
  return typeof name === 'string' ? `${name} [redacted]` : '[redacted]';
}
