/** The blocks of a card's body and of its details: one function for each kind. */
import type { Block, Cell, Step } from '../src/message/card-data.ts';
import { command, markdown, shows, type Markdown } from '../src/message/escape.ts';
import type { Limits } from '../src/message/limits.ts';
import { actionsOf } from './actions.ts';
import { textBlock, type Column, type Element, type TableCell, type TextBlock } from './elements.ts';

/** The blocks of a body, escaped and shortened, in order, each in a container of its own. */
export function blocksOf(blocks: readonly Block[] = [], limits: Limits): readonly Element[] {
  return oneTable(blocks.filter(says))
    .slice(0, limits.blocks)
    .map((block) => ({ type: 'Container', spacing: 'Medium', items: [...elementsOf(block, limits)] }));
}

/** A block that would show nothing is omitted: Teams renders an empty TextBlock as a gap. */
function says(block: Block): boolean {
  switch (block.kind) {
    case 'text':
      return shows(block.text);
    case 'facts':
      return block.facts.some(({ title }) => shows(title));
    case 'list':
      return block.items.some(({ text }) => shows(text));
    case 'rows':
      return block.rows.length > 0;
    case 'steps':
      return block.steps.some(({ text }) => shows(text));
    case 'table':
      return block.rows.some((row) => block.head.some((_, at) => shows(row[at]?.text)));
    case 'code':
      return block.lines.some(shows);
  }
}

/** Consecutive facts share the same two columns. */
function oneTable(blocks: readonly Block[]): readonly Block[] {
  return blocks.reduce<readonly Block[]>((before, block) => {
    const last = before.at(-1);
    if (block.kind !== 'facts' || last?.kind !== 'facts') return [...before, block];
    return [...before.slice(0, -1), { ...block, facts: [...last.facts, ...block.facts] }];
  }, []);
}

function elementsOf(block: Block, limits: Limits): readonly Element[] {
  switch (block.kind) {
    case 'text':
      return [paragraph(block, limits)];
    case 'facts':
      return [facts(block, limits)];
    case 'list':
      return [...heading(block.heading, limits), list(block, limits)];
    case 'rows':
      return [...heading(block.heading, limits), ...rows(block, limits)];
    case 'steps':
      return steps(block, limits);
    case 'table':
      return [table(block, limits)];
    case 'code':
      return code(block, limits);
  }
}

type Draw<K extends Block['kind'], E = Element> = (block: Extract<Block, { kind: K }>, limits: Limits) => E;

const paragraph: Draw<'text'> = ({ text, tone }, limits) =>
  textBlock(markdown(text, limits.text), {
    weight: tone === 'strong' ? 'Bolder' : 'Default',
    isSubtle: tone === 'quiet',
    size: tone === 'quiet' ? 'Small' : 'Default',
  });

const facts: Draw<'facts'> = (block, limits) => ({
  type: 'FactSet',
  facts: block.facts
    .filter(({ title }) => shows(title))
    .slice(0, limits.items)
    .map(({ title, value }) => ({ title: markdown(title, limits.label), value: markdown(value, limits.text) })),
});

function heading(text: string | undefined, limits: Limits): readonly TextBlock[] {
  return shows(text) ? [textBlock(markdown(text ?? '', limits.title), { weight: 'Bolder' })] : [];
}

const list: Draw<'list'> = ({ ordered, items }, limits) => {
  const lines = items
    .filter(({ text }) => shows(text))
    .slice(0, limits.items)
    .map(({ text, note }, index) => {
      const sign = ordered ? `${index + 1}.` : '-';
      const body = markdown(text, limits.text);
      return shows(note) ? `${sign} **${body}** · ${markdown(note ?? '', limits.text)}` : `${sign} ${body}`;
    });
  return textBlock(lines.join('\n') as Markdown, { spacing: 'Small' });
};

const rows: Draw<'rows', readonly Element[]> = (block, limits) =>
  block.rows.slice(0, limits.items).map(({ text, note, button }) => ({
    type: 'ColumnSet',
    separator: true,
    spacing: 'Small',
    columns: [
      column('stretch', [
        textBlock(markdown(text, limits.title), { weight: 'Bolder' }),
        ...(shows(note) ? [textBlock(markdown(note ?? '', limits.text), { isSubtle: true, spacing: 'None' })] : []),
      ]),
      ...(button ? [column('auto', [{ type: 'ActionSet', actions: [...actionsOf([button], limits)] }])] : []),
    ],
  }));

const column = (width: 'stretch' | 'auto', items: Element[]): Column => ({
  type: 'Column',
  width,
  verticalContentAlignment: 'Center',
  items,
});

const stepSigns: Record<Step['state'], string> = {
  done: '✓',
  now: '●',
  next: '○',
  failed: '✗',
  skipped: '–',
  warn: '!',
  unknown: '?',
};

/** Steps that need attention: their names stand out, their notes don't. */
const standsOut: ReadonlySet<Step['state']> = new Set(['now', 'failed', 'warn', 'unknown']);

const steps: Draw<'steps', readonly Element[]> = (block, limits) =>
  block.steps
    .filter(({ text }) => shows(text))
    .slice(0, limits.items)
    .map((step) => textBlock(stepText(step, limits), { spacing: 'Small' }));

function stepText({ state, text, note }: Step, limits: Limits): Markdown {
  const named = markdown(`${stepSigns[state]} ${text}`, limits.text);
  const head = standsOut.has(state) ? `**${named}**` : named;
  return (shows(note) ? `${head} · ${markdown(note ?? '', limits.text)}` : head) as Markdown;
}

/** What a cell without text shows: Teams requires something in each. */
const blank = '·';

const table: Draw<'table'> = ({ head, rows: lines }, limits) => {
  const shown = [head.map((text): Cell => ({ text })), ...lines.slice(0, limits.items)];
  return {
    type: 'Table',
    firstRowAsHeader: true,
    showGridLines: false,
    columns: head.map(() => ({ width: 1 })),
    rows: shown.map((line) => ({
      type: 'TableRow',
      cells: head.map((_, at) => cell(line[at] ?? { text: '' }, limits)),
    })),
  };
};

const cell = ({ text, tone }: Cell, limits: Limits): TableCell => ({
  type: 'TableCell',
  style: tone ?? 'default',
  items: [textBlock(markdown(shows(text) ? text : blank, limits.label))],
});

const code: Draw<'code', readonly Element[]> = ({ caption, lines }, limits) => [
  ...(shows(caption) ? [textBlock(markdown(caption ?? '', limits.text))] : []),
  {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Small',
    items: lines
      .filter(shows)
      .slice(0, limits.items)
      .map((line) => ({
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text: command(line, limits.line), fontType: 'Monospace' }],
      })),
  },
];
