/**
 * A card as plain text: what a person reads on it, from top to bottom, and what its details say once they are opened.
 */

/** One part of what a person reads, on either platform. Parts of one group are close together. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [title: string, value: string])[] }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'input'; readonly label: string; readonly holds: string }
  /** Side by side: buttons that send something, links, and folds. */
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'beside'; readonly parts: readonly Part[] }
  /** Text that is read after opening it. */
  | { readonly kind: 'details'; readonly parts: readonly Part[] };

/** Something to press. `goes`: to the bot, to a page, or nowhere: it opens a fold. */
export type Button = { readonly title: string; readonly goes: 'bot' | 'page' | 'fold' };

/** Parts that belong together, such as a title and the line below it. */
export type Group = readonly Part[];

/**
 * A card in lines. `title` is the verdict, in one line however long it is; `buttons` are those that send something to
 * the bot.
 */
export type CardText = {
  readonly title: string;
  readonly lines: readonly string[];
  readonly details: readonly string[];
  readonly buttons: readonly string[];
};

const width = 92;
const maxTitle = 24;

/** Formats what was read; `leaveOut` is a text that every card contains. */
export function cardText(groups: readonly Group[], leaveOut: string): CardText {
  const parts = groups.flat();
  const blocks = groups.map((group) => group.flatMap(linesOf));
  const lines = blocks.flatMap((block, at) => [...(needsSpace(blocks, at) ? [''] : []), ...block]);
  const told = lines.filter((line) => line !== leaveOut);
  return {
    title: parts.find((part) => part.kind === 'text')?.text ?? '',
    lines: told.join('\n').trimEnd().split('\n'),
    details: parts.flatMap((part) => (part.kind === 'details' ? part.parts.flatMap(linesOf) : [])),
    buttons: parts.flatMap(buttonsOf),
  };
}

function buttonsOf(part: Part): string[] {
  if (part.kind === 'beside') return part.parts.flatMap(buttonsOf);
  return part.kind === 'buttons' ? part.buttons.filter(({ goes }) => goes === 'bot').map(({ title }) => title) : [];
}

/** Buttons, folds and the last line are close together; the text above them has space around it. */
function needsSpace(blocks: readonly (readonly string[])[], at: number): boolean {
  const [before, here] = [blocks[at - 1], blocks[at]];
  if (!before || !here || before.length === 0 || here.length === 0) return false;
  return !(isRow(before) && isRow(here));
}

function isRow(lines: readonly string[]): boolean {
  return lines.every((line) => /^\[|▸$|^[^:[]+: {2}\[|^[^.]*↗/u.test(line));
}

function linesOf(part: Part): string[] {
  switch (part.kind) {
    case 'text':
      return part.text.split('\n').flatMap((line) => wrapped(line));
    case 'facts':
      return factLines(part.facts);
    case 'command':
      return [`  $ ${part.text}`];
    case 'input':
      return [`${part.label}:  [${part.holds} ▾]`];
    case 'buttons':
      return packed(part.buttons.map(({ title, goes }) => (goes === 'fold' ? title : `[${title}]`)));
    case 'details':
      return [];
    case 'beside':
      return wrapped(part.parts.flatMap(linesOf).join('   '));
  }
}

function factLines(facts: readonly (readonly [string, string])[]): string[] {
  const column = Math.min(maxTitle, Math.max(...facts.map(([title]) => title.length)));
  return facts.flatMap(([title, value]) => {
    const [first = '', ...more] = wrapped(value, width - column - 2);
    return [`${title.padEnd(column)}  ${first}`, ...more.map((line) => `${' '.repeat(column)}  ${line}`)];
  });
}

/** Buttons side by side; none is split over two lines. */
function packed(buttons: readonly string[]): string[] {
  const lines: string[] = [];
  for (const button of buttons) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 2 + button.length <= width) lines[lines.length - 1] = `${last}  ${button}`;
    else lines.push(button);
  }
  return lines;
}

/** Lines of at most `maxLength` characters; text after a number or a bullet is indented to its words. */
function wrapped(text: string, maxLength = width): string[] {
  const indent = ' '.repeat(/^(\d+\. |[-•] )?/u.exec(text)?.[0].length ?? 0);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > maxLength) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
