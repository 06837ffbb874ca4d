import { bindButtons, bindInputs } from './bind-actions.ts';
import { bindBlocks, bindDetails } from './bind-blocks.ts';
import type { Mark, SheetData } from '../card-data.ts';
import { markdown, markdownLink, shows, type Markdown } from '../escape.ts';
import type { Limits } from '../limits.ts';

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

/** The colour behind the title: it repeats the icon. */
const tones: Record<Mark, 'good' | 'warning' | 'attention' | 'accent' | 'emphasis'> = {
  ok: 'good',
  warn: 'warning',
  block: 'attention',
  key: 'warning',
  busy: 'accent',
  failed: 'attention',
  stopped: 'emphasis',
  info: 'emphasis',
  ask: 'accent',
  unknown: 'warning',
};

/** The first line of a card: its icon and its verdict. */
export function headline({ mark, title }: { readonly mark: Mark; readonly title: string }): string {
  return `${signs[mark]} ${title}`;
}

/** The last line: the footer's text, then the links. */
function footerOf({ footer, links }: SheetData, limits: Limits): Markdown {
  const shown = (links ?? []).slice(0, limits.actions).map((link) => markdownLink(link, limits.label));
  const said = markdown(footer ?? '', limits.text);
  // A sentence already ends with a full stop.
  const parts = said.endsWith('.') ? [`${said} ${shown.join(' · ')}`.trim()] : [said, ...shown];
  return parts.filter((part) => part !== '').join(' · ') as Markdown;
}

/** Everything that the template shows of a card, escaped and within `limits`. */
export function bind(data: SheetData, limits: Limits): Readonly<Record<string, unknown>> {
  const buttons = bindButtons(data.buttons, limits);
  const asking = buttons.find(({ question }) => question !== '');
  const details = bindDetails(data.details, limits);
  const footer = footerOf(data, limits);
  return {
    tone: tones[data.mark],
    title: markdown(headline(data), limits.title),
    hasSubtitle: shows(data.subtitle),
    subtitle: markdown(data.subtitle ?? '', limits.text),
    hasWhy: shows(data.why),
    why: markdown(data.why ?? '', limits.text),
    body: bindBlocks(data.body, limits),
    fields: bindInputs(data.inputs, limits),
    hasButtons: buttons.length > 0,
    buttons: buttons.filter((button) => button !== asking),
    asking: asking ? [asking] : [],
    hasNote: shows(data.note),
    note: markdown(data.note ?? '', limits.text),
    hasLine: shows(data.line),
    line: markdown(data.line ?? '', limits.text),
    hasDetails: details.length > 0,
    details,
    hasFooter: footer !== '',
    footer,
  };
}
