import type { Mark } from '../card-data.ts';

const signs: Record<Mark, string> = {
  ok: '✅',
  warn: '⚠️',
  block: '⛔',
  key: '🔑',
  busy: '⏳',
  failed: '❌',
  stopped: '⏹️',
  info: 'ℹ️',
  ask: '❓',
  unknown: '🔎',
};

/** The first line of a card: its icon and its verdict. */
export function headline({ mark, title }: { readonly mark: Mark; readonly title: string }): string {
  return `${signs[mark]} ${title}`;
}
