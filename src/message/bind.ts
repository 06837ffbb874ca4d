import { bindButtons, bindFolds, bindInputs, type ButtonView, type InputView } from './bind-actions.ts';
import { bindBlocks } from './bind-blocks.ts';
import type { CardMessage, ChooseData, Link, Mark, NoticeData, SheetData } from './card-data.ts';
import { joined, rowChoices } from './choices.ts';
import { markdown, markdownLink, shows, type Markdown } from './escape.ts';
import type { Limits } from './limits.ts';

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
  unknown: '❔',
};

/** The colour behind the title: what the sign says already. */
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

/** Rows with a button each up to here, a pick-list beyond. */
const rowsShown = 5;

/** The first line of a card: its sign and its verdict. */
export function headline({ mark, title }: { readonly mark: Mark; readonly title: string }): string {
  return `${signs[mark]} ${title}`;
}

type Head = {
  readonly mark: Mark;
  readonly title: string;
  readonly subtitle?: string;
  readonly footer?: string;
  readonly links?: readonly Link[];
};

/** Title and subtitle, and the last line: the footer's text, then the links. */
function bindHead(data: Head, limits: Limits) {
  const links = (data.links ?? []).slice(0, limits.actions).map((link) => markdownLink(link, limits.label));
  const last = [markdown(data.footer ?? '', limits.text), ...links].filter((part) => part !== '');
  return {
    tone: tones[data.mark],
    title: markdown(headline(data), limits.title),
    hasSubtitle: shows(data.subtitle),
    subtitle: markdown(data.subtitle ?? '', limits.text),
    hasFooter: last.length > 0,
    footer: last.join(' · ') as Markdown,
  };
}

function bindSheet(data: SheetData, limits: Limits) {
  const buttons = bindButtons(data.buttons, limits);
  const folds = bindFolds(data.folds, limits);
  return {
    ...bindHead({ ...data, subtitle: joined([data.corner, data.subtitle]) }, limits),
    body: bindBlocks(data.body, limits),
    fields: bindInputs(data.inputs, limits),
    hasButtons: buttons.length > 0,
    buttons,
    after: bindBlocks(data.after, limits),
    hasFolds: folds.length > 0,
    folds,
  };
}

type RowView = { name: string; hasDescription: boolean; description: string; rowButtons: readonly ButtonView[] };

function bindRows(data: ChooseData, limits: Limits): readonly RowView[] {
  if (data.rows.length > rowsShown) return [];
  return data.rows.map(({ value, name, description }) => ({
    name: markdown(name, limits.title),
    hasDescription: shows(description),
    description: markdown(description ?? '', limits.text),
    rowButtons: bindButtons(
      [{ title: data.button, verb: data.verb, data: { ...data.data, [data.id]: value }, withInputs: false }],
      limits,
    ),
  }));
}

function bindPickList(data: ChooseData, limits: Limits): readonly InputView[] {
  if (data.rows.length <= rowsShown) return [];
  const { id, label, required, search } = data;
  return bindInputs(
    [{ kind: 'pick', id, label, required, style: 'filtered', choices: rowChoices(data), search }],
    limits,
  );
}

function bindChoose(data: ChooseData, limits: Limits) {
  const fields = bindPickList(data, limits);
  const send = { title: data.button, verb: data.verb, data: data.data, style: 'positive' as const };
  const buttons = bindButtons([...(fields.length > 0 ? [send] : []), ...(data.more ?? [])], limits);
  return {
    ...bindHead({ ...data, subtitle: data.text }, limits),
    rows: bindRows(data, limits),
    fields,
    hasButtons: buttons.length > 0,
    buttons,
  };
}

function bindNotice(data: NoticeData, limits: Limits) {
  const buttons = bindButtons(data.buttons, limits);
  return {
    ...bindHead(data, limits),
    paragraphs: bindBlocks(
      (data.text ?? []).map((text) => ({ kind: 'text', text })),
      limits,
    ),
    hasButtons: buttons.length > 0,
    buttons,
  };
}

/** Everything a template shows of a message, escaped and within `limits`. */
export function bind(message: CardMessage, limits: Limits): Readonly<Record<string, unknown>> {
  switch (message.template) {
    case 'sheet':
      return bindSheet(message.data, limits);
    case 'choose':
      return bindChoose(message.data, limits);
    case 'notice':
      return bindNotice(message.data, limits);
  }
}
