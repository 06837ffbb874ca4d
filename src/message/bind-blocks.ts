import type { Block, Step } from './card-data.ts';
import { markdown, plain, type Markdown, type Plain } from './escape.ts';
import type { Limits } from './limits.ts';

type Spacing = 'Default' | 'Small' | 'Medium';

/** What `cards/*.json` draws for one block. A part without its `is…` is left out by the template. */
export type BlockView = { readonly spacing: Spacing } & (
  | {
      readonly isText: true;
      readonly text: Markdown;
      readonly weight: 'Bolder' | 'Default';
      readonly size: 'Small' | 'Default';
      readonly quiet: boolean;
    }
  | { readonly steps: readonly { readonly step: Markdown; readonly weight: 'Bolder' | 'Default' }[] }
  | { readonly isFacts: true; readonly facts: readonly { readonly title: Markdown; readonly value: Markdown }[] }
  | { readonly isHeading: boolean; readonly heading: Markdown; readonly isList: true; readonly list: Markdown }
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

type Bind<K extends Block['kind']> = (block: Extract<Block, { kind: K }>, limits: Limits) => BlockView;

const bindText: Bind<'text'> = ({ text, tone }, limits) => ({
  spacing: 'Medium',
  isText: true,
  text: markdown(text, limits.text),
  weight: tone === 'strong' ? 'Bolder' : 'Default',
  size: tone === 'quiet' ? 'Small' : 'Default',
  quiet: tone === 'quiet',
});

const bindFacts: Bind<'facts'> = ({ facts }, limits) => ({
  spacing: 'Medium',
  isFacts: true,
  facts: facts.slice(0, limits.items).map(({ title, value }) => ({
    title: markdown(title, limits.label),
    value: markdown(value, limits.text),
  })),
});

const bindSteps: Bind<'steps'> = ({ steps }, limits) => ({
  spacing: 'Medium',
  steps: steps.slice(0, limits.items).map(({ state, text, note }) => ({
    step: markdown([`${stepSigns[state]} ${text}`, note].filter(Boolean).join(' · '), limits.text),
    weight: state === 'now' || state === 'failed' ? 'Bolder' : 'Default',
  })),
});

const bindList: Bind<'list'> = ({ heading, ordered, items }, limits) => ({
  spacing: 'Medium',
  isHeading: Boolean(heading),
  heading: markdown(heading ?? '', limits.title),
  isList: true,
  list: items
    .slice(0, limits.items)
    .map(({ text, note }, index) => {
      const sign = ordered ? `${index + 1}.` : '-';
      const body = markdown(text, limits.text);
      return note ? `${sign} **${body}** · ${markdown(note, limits.text)}` : `${sign} ${body}`;
    })
    .join('\n') as Markdown,
});

const bindCode: Bind<'code'> = ({ caption, lines }, limits) => ({
  spacing: 'Medium',
  isCaption: Boolean(caption),
  caption: markdown(caption ?? '', limits.text),
  isCode: true,
  lines: lines.slice(0, limits.items).map((line) => ({ line: plain(line, limits.line) })),
});

function bindBlock(block: Block, limits: Limits): BlockView {
  switch (block.kind) {
    case 'text':
      return bindText(block, limits);
    case 'facts':
      return bindFacts(block, limits);
    case 'list':
      return bindList(block, limits);
    case 'steps':
      return bindSteps(block, limits);
    case 'code':
      return bindCode(block, limits);
  }
}

/** A block that would show nothing is left out: Teams draws an empty TextBlock as a gap. */
function says(block: Block): boolean {
  switch (block.kind) {
    case 'text':
      return block.text.trim() !== '';
    case 'facts':
      return block.facts.length > 0;
    case 'list':
      return block.items.length > 0;
    case 'steps':
      return block.steps.length > 0;
    case 'code':
      return block.lines.length > 0;
  }
}

/** The blocks of a body, escaped and shortened, in their order. */
export function bindBlocks(blocks: readonly Block[] | undefined, limits: Limits): readonly BlockView[] {
  return (blocks ?? [])
    .filter(says)
    .slice(0, limits.blocks)
    .map((block) => bindBlock(block, limits));
}
