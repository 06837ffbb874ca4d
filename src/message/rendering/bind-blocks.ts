import { bindButtons, type ButtonView } from './bind-actions.ts';
import type { Block, Cell, Section, Step } from '../card-data.ts';
import { command, markdown, shows, type Markdown, type Plain } from '../escape.ts';
import type { Limits } from '../limits.ts';

type Spacing = 'Default' | 'Small' | 'Medium';

type StepView = { readonly step: Markdown };
type RowView = {
  readonly name: Markdown;
  readonly hasNote: boolean;
  readonly note: Markdown;
  readonly hasButton: boolean;
  readonly buttons: readonly ButtonView[];
};

type CellView = { readonly style: NonNullable<Cell['tone']> | 'default'; readonly text: Markdown };
type TableView = {
  readonly columns: readonly { readonly width: 1 }[];
  readonly lines: readonly { readonly cells: readonly CellView[] }[];
};

/**
 * What `cards/card.json` renders for one block. A part without its `is…` is left out by the template; lists are always
 * there.
 */
type BlockView = {
  readonly spacing: Spacing;
  readonly steps: readonly StepView[];
  readonly rows: readonly RowView[];
  readonly tables: readonly TableView[];
} & (
  | {
      readonly isText: true;
      readonly text: Markdown;
      readonly weight: 'Bolder' | 'Default';
      readonly size: 'Small' | 'Default';
      readonly quiet: boolean;
    }
  | { readonly isSteps: true }
  | { readonly isTable: true }
  | { readonly isFacts: true; readonly facts: readonly { readonly title: Markdown; readonly value: Markdown }[] }
  | { readonly isHeading: boolean; readonly heading: Markdown; readonly isList?: true; readonly list?: Markdown }
  | {
      readonly isCaption: boolean;
      readonly caption: Markdown;
      readonly isCode: true;
      readonly lines: readonly { readonly line: Plain }[];
    }
);

const stepSigns: Record<Step['state'], string> = {
  done: '✓',
  now: '●',
  next: '○',
  failed: '✗',
  skipped: '–',
  warn: '!',
  unknown: '?',
};

/** A template leaves a loop over a missing list unexpanded, so a list that a block doesn't have is empty. */
const bare = { spacing: 'Medium', steps: [], rows: [], tables: [] } as const;

type Bind<K extends Block['kind']> = (block: Extract<Block, { kind: K }>, limits: Limits) => BlockView;

const bindText: Bind<'text'> = ({ text, tone }, limits) => ({
  ...bare,
  isText: true,
  text: markdown(text, limits.text),
  weight: tone === 'strong' ? 'Bolder' : 'Default',
  size: tone === 'quiet' ? 'Small' : 'Default',
  quiet: tone === 'quiet',
});

const bindFacts: Bind<'facts'> = ({ facts }, limits) => ({
  ...bare,
  isFacts: true,
  facts: facts
    .filter(({ title }) => shows(title))
    .slice(0, limits.items)
    .map(({ title, value }) => ({
      title: markdown(title, limits.label),
      value: markdown(value, limits.text),
    })),
});

/** Steps that need attention: their names stand out, their notes don't. */
const standsOut: ReadonlySet<Step['state']> = new Set(['now', 'failed', 'warn', 'unknown']);

function stepText({ state, text, note }: Step, limits: Limits): Markdown {
  const named = markdown(`${stepSigns[state]} ${text}`, limits.text);
  const head = standsOut.has(state) ? `**${named}**` : named;
  return (shows(note) ? `${head} · ${markdown(note ?? '', limits.text)}` : head) as Markdown;
}

const bindSteps: Bind<'steps'> = ({ steps }, limits) => ({
  ...bare,
  isSteps: true,
  steps: steps
    .filter(({ text }) => shows(text))
    .slice(0, limits.items)
    .map(({ state, text, note }) => ({
      step: stepText({ state, text, note }, limits),
    })),
});

const bindList: Bind<'list'> = ({ heading, ordered, items }, limits) => ({
  ...bare,
  isHeading: shows(heading),
  heading: markdown(heading ?? '', limits.title),
  isList: true,
  list: items
    .filter(({ text }) => shows(text))
    .slice(0, limits.items)
    .map(({ text, note }, index) => {
      const sign = ordered ? `${index + 1}.` : '-';
      const body = markdown(text, limits.text);
      return shows(note) ? `${sign} **${body}** · ${markdown(note ?? '', limits.text)}` : `${sign} ${body}`;
    })
    .join('\n') as Markdown,
});

const bindRows: Bind<'rows'> = ({ heading, rows }, limits) => ({
  ...bare,
  isHeading: shows(heading),
  heading: markdown(heading ?? '', limits.title),
  rows: rows.slice(0, limits.items).map(({ text, note, button }) => ({
    name: markdown(text, limits.title),
    hasNote: shows(note),
    note: markdown(note ?? '', limits.text),
    hasButton: button !== undefined,
    buttons: bindButtons(button && [button], limits),
  })),
});

/** What a cell without text shows: Teams requires something in each. */
const blank = '·';

const bindTable: Bind<'table'> = ({ head, rows }, limits) => {
  const cellOf = ({ text, tone }: Cell): CellView => ({
    style: tone ?? 'default',
    text: markdown(shows(text) ? text : blank, limits.label),
  });
  const lines = [head.map((text): Cell => ({ text })), ...rows.slice(0, limits.items)];
  const cells = lines.map((line) => ({ cells: head.map((_, at) => cellOf(line[at] ?? { text: '' })) }));
  return { ...bare, isTable: true, tables: [{ columns: head.map(() => ({ width: 1 })), lines: cells }] };
};

const bindCode: Bind<'code'> = ({ caption, lines }, limits) => ({
  ...bare,
  isCaption: shows(caption),
  caption: markdown(caption ?? '', limits.text),
  isCode: true,
  lines: lines
    .filter(shows)
    .slice(0, limits.items)
    .map((line) => ({ line: command(line, limits.line) })),
});

function bindBlock(block: Block, limits: Limits): BlockView {
  switch (block.kind) {
    case 'text':
      return bindText(block, limits);
    case 'facts':
      return bindFacts(block, limits);
    case 'list':
      return bindList(block, limits);
    case 'rows':
      return bindRows(block, limits);
    case 'steps':
      return bindSteps(block, limits);
    case 'table':
      return bindTable(block, limits);
    case 'code':
      return bindCode(block, limits);
  }
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

/** The blocks of a body, escaped and shortened, in order. */
export function bindBlocks(blocks: readonly Block[] | undefined, limits: Limits): readonly BlockView[] {
  return oneTable((blocks ?? []).filter(says))
    .slice(0, limits.blocks)
    .map((block) => bindBlock(block, limits));
}

/** Consecutive facts share the same two columns. */
function oneTable(blocks: readonly Block[]): readonly Block[] {
  return blocks.reduce<readonly Block[]>((before, block) => {
    const last = before.at(-1);
    if (block.kind !== 'facts' || last?.kind !== 'facts') return [...before, block];
    return [...before.slice(0, -1), { ...block, facts: [...last.facts, ...block.facts] }];
  }, []);
}

/** The non-empty sections of the details, each with its heading. */
export function bindDetails(details: readonly Section[] | undefined, limits: Limits) {
  return (details ?? [])
    .slice(0, limits.folds)
    .map(({ title, body }) => ({ heading: markdown(title, limits.title), body: bindBlocks(body, limits) }))
    .filter(({ body }) => body.length > 0);
}
