import { LogLevel, type Logger } from '@slack/bolt';
import { redact, type Log } from '../core/log.ts';

/** Bolt's log in the product's log, in one line each and without secrets. Its debug output may contain bodies. */
export function boltLog(log: Log): Logger {
  const line = (parts: readonly unknown[]) => ({ bolt: redact(parts.map(String).join(' ')).slice(0, 300) });
  return {
    debug: () => {},
    info: (...parts) => log.debug(line(parts), 'Bolt says'),
    warn: (...parts) => log.warn(line(parts), 'Bolt warns'),
    error: (...parts) => log.error(line(parts), 'Bolt reports an error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
