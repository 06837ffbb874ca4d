/** What a card shows of its blocks, for every platform. Pure. */
import type { Block, Cell, Step } from '../card-data.ts';
import { shows } from '../escape.ts';
import type { Limits } from '../limits.ts';

/** The blocks that show something, of each at most as many items as fit; consecutive facts are one block. */
export function shownBlocks(blocks: readonly Block[] = [], limits: Limits): readonly Block[] {
  return oneTable(blocks.filter(says))
    .slice(0, limits.blocks)
    .map((block) => shortened(block, limits));
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

function shortened(block: Block, { items }: Limits): Block {
  switch (block.kind) {
    case 'text':
      return block;
    case 'facts':
      return { ...block, facts: block.facts.filter(({ title }) => shows(title)).slice(0, items) };
    case 'list':
      return { ...block, items: block.items.filter(({ text }) => shows(text)).slice(0, items) };
    case 'rows':
      return { ...block, rows: block.rows.slice(0, items) };
    case 'steps':
      return { ...block, steps: block.steps.filter(({ text }) => shows(text)).slice(0, items) };
    case 'table':
      return { ...block, rows: block.rows.slice(0, items) };
    case 'code':
      return { ...block, lines: block.lines.filter(shows).slice(0, items) };
  }
}

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

/** A step's name with the sign of its state, and whether it stands out. */
export function stepName({ state, text }: Step): { readonly text: string; readonly bold: boolean } {
  return { text: `${stepSigns[state]} ${text}`, bold: standsOut.has(state) };
}

/** What a cell without text shows: Teams requires something in each. */
const blank = '·';

/** The lines of a table, the headings first, each with a cell for every heading. */
export function tableLines({ head, rows }: Extract<Block, { kind: 'table' }>): readonly (readonly Cell[])[] {
  const lines = [head.map((text): Cell => ({ text })), ...rows];
  return lines.map((line) =>
    head.map((_, at) => {
      const { text = '', ...tone } = line[at] ?? {};
      return { ...tone, text: shows(text) ? text : blank };
    }),
  );
}
