/** The blocks of a card's body and of its details: one function for each kind. */
import type { Block, Cell, Step } from '../src/message/card-data.ts';
import { command, markdown, shows, type Markdown } from '../src/message/escape.ts';
import type { Limits } from '../src/message/limits.ts';
import { shownBlocks, stepName, tableLines } from '../src/message/rendering/shown-blocks.ts';
import { shownButtons } from '../src/message/rendering/shown-buttons.ts';
import { actionOf } from './actions.ts';
import { textBlock, type Column, type Element, type TableCell, type TextBlock } from './elements.ts';

/** The blocks of a body, escaped and shortened, in order, each in a container of its own. */
export function blocksOf(blocks: readonly Block[] | undefined, limits: Limits): readonly Element[] {
  return shownBlocks(blocks, limits).map((block) => ({
    type: 'Container',
    spacing: 'Medium',
    items: [...elementsOf(block, limits)],
  }));
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
  facts: block.facts.map(({ title, value }) => ({
    title: markdown(title, limits.label),
    value: markdown(value, limits.text),
  })),
});

function heading(text: string | undefined, limits: Limits): readonly TextBlock[] {
  return shows(text) ? [textBlock(markdown(text ?? '', limits.title), { weight: 'Bolder' })] : [];
}

const list: Draw<'list'> = ({ ordered, items }, limits) => {
  const lines = items.map(({ text, note }, index) => {
    const sign = ordered ? `${index + 1}.` : '-';
    const body = markdown(text, limits.text);
    return shows(note) ? `${sign} **${body}** · ${markdown(note ?? '', limits.text)}` : `${sign} ${body}`;
  });
  return textBlock(lines.join('\n') as Markdown, { spacing: 'Small' });
};

const rows: Draw<'rows', readonly Element[]> = (block, limits) =>
  block.rows.map(({ text, note, button }) => ({
    type: 'ColumnSet',
    separator: true,
    spacing: 'Small',
    columns: [
      column('stretch', [
        textBlock(markdown(text, limits.title), { weight: 'Bolder' }),
        ...(shows(note) ? [textBlock(markdown(note ?? '', limits.text), { isSubtle: true, spacing: 'None' })] : []),
      ]),
      ...(button
        ? [column('auto', [{ type: 'ActionSet', actions: [...shownButtons([button], limits).map(actionOf)] }])]
        : []),
    ],
  }));

const column = (width: 'stretch' | 'auto', items: Element[]): Column => ({
  type: 'Column',
  width,
  verticalContentAlignment: 'Center',
  items,
});

const steps: Draw<'steps', readonly Element[]> = (block, limits) =>
  block.steps.map((step) => textBlock(stepText(step, limits), { spacing: 'Small' }));

function stepText(step: Step, limits: Limits): Markdown {
  const { text, bold } = stepName(step);
  const named = markdown(text, limits.text);
  const head = bold ? `**${named}**` : named;
  return (shows(step.note) ? `${head} · ${markdown(step.note ?? '', limits.text)}` : head) as Markdown;
}

const table: Draw<'table'> = (block, limits) => ({
  type: 'Table',
  firstRowAsHeader: true,
  showGridLines: false,
  columns: block.head.map(() => ({ width: 1 })),
  rows: tableLines(block).map((line) => ({ type: 'TableRow', cells: line.map((each) => cell(each, limits)) })),
});

const cell = ({ text, tone }: Cell, limits: Limits): TableCell => ({
  type: 'TableCell',
  style: tone ?? 'default',
  items: [textBlock(markdown(text, limits.label))],
});

const code: Draw<'code', readonly Element[]> = ({ caption, lines }, limits) => [
  ...(shows(caption) ? [textBlock(markdown(caption ?? '', limits.text))] : []),
  {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Small',
    items: lines.map((line) => ({
      type: 'RichTextBlock',
      inlines: [{ type: 'TextRun', text: command(line, limits.line), fontType: 'Monospace' }],
    })),
  },
];
