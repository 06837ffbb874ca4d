import type { Log } from '../../src/core/log.ts';
import { keepLine } from './kept-logs.ts';

/** One line of the log. */
export type LogLine = { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly text: string } & Parameters<
  Log['info']
>[0];

/** A log that keeps every line, also debug lines. At the end of the run all of them are searched for secrets. */
export function keepingLog(lines: LogLine[]): Log {
  const at = (level: LogLine['level']) => (fields: Parameters<Log['info']>[0], text: string) => {
    // A field named `text`, such as an error's, would be overwritten by the line's.
    keepLine({ level, fields, text });
    lines.push({ ...fields, level, text });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
