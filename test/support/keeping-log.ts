import type { Log, LogFields } from '../../src/core/log.ts';

/** One line of the log. */
export type LogLine = { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly text: string } & LogFields;

/** A log that keeps every line, debug lines too. */
export function keepingLog(lines: LogLine[]): Log {
  const at = (level: LogLine['level']) => (fields: LogFields, text: string) =>
    void lines.push({ ...fields, level, text });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
