/** What a person reads in the blocks of a Slack message, as Slack renders them. */
import type { Button, Group, Part } from '../card-text.ts';

/** A block, or a part of one. */
export type BlockNode = { readonly [key: string]: unknown };

/** What a mention of a user shows. */
export type NameOf = (user: string) => string;

/** The groups of a message: one for each block, small print together with its title, and all folds as one. */
export function readBlocks(blocks: readonly unknown[], nameOf: NameOf): readonly Group[] {
  const groups: Part[][] = [];
  let before = '';
  for (const block of blocks as readonly BlockNode[]) {
    const type = String(block['type']);
    const parts = partsOf(block, nameOf);
    const last = groups.at(-1)?.at(-1);
    const [first] = parts;
    if (type === 'container' && last?.kind === 'buttons' && first?.kind === 'buttons' && before === 'container')
      groups.at(-1)?.splice(-1, 1, { kind: 'buttons', buttons: [...last.buttons, ...first.buttons] });
    else if (before === 'header' && type === 'context') groups.at(-1)?.push(...parts);
    else groups.push([...parts]);
    before = type;
  }
  return groups;
}

/** What Slack shows for a mrkdwn text: links by their titles, people by their names, characters for their entities. */
export function readMrkdwn(mrkdwn: string, nameOf: NameOf): string {
  return mrkdwn
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<@(\w+)>/g, (_whole, user: string) => `@${nameOf(user)}`)
    .replace(/<https?:[^|>\s]*\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^|>\s]*)>/g, '$1')
    .replace(/(?<![\p{L}\p{N}*])\*([^*\n]+)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function partsOf(block: BlockNode, nameOf: NameOf): readonly Part[] {
  const textOf = (object: unknown) => textObject(object, nameOf);
  switch (block['type']) {
    case 'header':
      return [{ kind: 'text', text: textOf(block['text']) }];
    case 'context':
      return nodes(block, 'elements').map((each) => ({ kind: 'text', text: textOf(each) }));
    case 'section':
      return sectionParts(block, textOf);
    case 'rich_text':
      return nodes(block, 'elements').map((each) => richPart(each, nameOf));
    case 'actions':
      return [{ kind: 'buttons', buttons: nodes(block, 'elements').flatMap((each) => buttonsOf(each, textOf)) }];
    case 'input':
      return [{ kind: 'input', label: textOf(block['label']), holds: held(block['element'] as BlockNode, textOf) }];
    case 'container':
      return containerParts(block, nameOf);
    default:
      return [];
  }
}

function containerParts(block: BlockNode, nameOf: NameOf): readonly Part[] {
  const parts = nodes(block, 'child_blocks').flatMap((each) => partsOf(each, nameOf));
  if (block['default_collapsed'] !== true) return parts;
  const title = `${textObject(block['title'], nameOf)} ▸`;
  return [
    { kind: 'buttons', buttons: [{ title, goes: 'fold' }] },
    { kind: 'details', parts },
  ];
}

function sectionParts(block: BlockNode, textOf: (object: unknown) => string): readonly Part[] {
  const pairs = nodes(block, 'fields').map((field) => factIn(textOf(field)));
  const text: Part[] = block['text']
    ? [command(textOf(block['text'])) ?? { kind: 'text', text: textOf(block['text']) }]
    : [];
  const facts: Part[] = pairs.length > 0 ? [{ kind: 'facts', facts: pairs }] : [];
  const accessory = block['accessory'] as BlockNode | undefined;
  if (accessory?.['type'] !== 'button') return [...text, ...facts];
  return [{ kind: 'beside', parts: [...text, { kind: 'buttons', buttons: [buttonOf(accessory, textOf)] }] }];
}

/** A title and its value are in one field. */
function factIn(field: string): readonly [string, string] {
  const at = field.indexOf(': ');
  return at < 0 ? ['', field] : [field.slice(0, at), field.slice(at + 2)];
}

function command(text: string): Part | null {
  const fenced = /^```([^`]*)```$/.exec(text)?.[1];
  return fenced === undefined ? null : { kind: 'command', text: fenced };
}

function richPart(section: BlockNode, nameOf: NameOf): Part {
  const text = nodes(section, 'elements')
    .map((each) =>
      each['type'] === 'user' ? `@${nameOf(String(each['user_id']))}` : String(each['text'] ?? each['fallback']),
    )
    .join('');
  // A command is one line; several lines are a table.
  const isCommand = section['type'] === 'rich_text_preformatted' && !text.includes('\n');
  return { kind: isCommand ? 'command' : 'text', text };
}

/** A button; of a menu behind the three dots each of its options. */
function buttonsOf(element: BlockNode, textOf: (object: unknown) => string): Button[] {
  if (element['type'] !== 'overflow') return [buttonOf(element, textOf)];
  return nodes(element, 'options').map((each) => buttonOf(each, textOf));
}

function buttonOf(element: BlockNode, textOf: (object: unknown) => string): Button {
  return { title: textOf(element['text']), goes: element['url'] === undefined ? 'bot' : 'page' };
}

function held(element: BlockNode, textOf: (object: unknown) => string): string {
  const option = element['initial_option'] as BlockNode | undefined;
  const empty = textOf(element['placeholder']);
  return option ? textOf(option['text']) : String(element['initial_value'] ?? element['initial_date'] ?? empty);
}

function textObject(object: unknown, nameOf: NameOf): string {
  const { type, text } = (object ?? {}) as BlockNode;
  const said = String(text ?? '');
  return type === 'mrkdwn' ? readMrkdwn(said, nameOf) : said;
}

function nodes(block: BlockNode, key: string): readonly BlockNode[] {
  const list = block[key];
  return Array.isArray(list) ? (list as BlockNode[]) : [];
}
