/** What a person sees of blocks: every character in reading order, and what can be pressed and filled in. */
import type { Translated } from '../../../src/slack/blocks/translation.ts';

type Node = { readonly [key: string]: unknown };

const nodes = (value: unknown) => (Array.isArray(value) ? value : []) as readonly Node[];

/** Removes Slack's markup as Slack does: links become their titles; stars, fences and entities go. */
export function seen(mrkdwn: string): string {
  const fenced = /^```([^`]*)```$/.exec(mrkdwn)?.[1];
  const unmarked = fenced ?? mrkdwn.replace(/<(?:https?:[^|>]*)\|([^>]*)>/g, '$1').replace(/\*/g, '');
  return unmarked.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

function said(value: unknown): string {
  const { type, text } = (value ?? {}) as Node;
  return type === 'mrkdwn' ? seen(String(text)) : String(text ?? '');
}

function option(value: Node): string {
  return `${said(value['text'])} ${said(value['description'])}`;
}

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  if (node['type'] === 'mrkdwn' || node['type'] === 'plain_text') return [said(node)];
  if (node['type'] === 'text' || node['type'] === 'link') return [String(node['text'])];
  // The title of a fold stands between two parts of a text that continues in the next one.
  const called = node['type'] === 'container' ? ['title'] : [];
  const skipped = ['confirm', 'initial_option', 'initial_options', 'options', ...called];
  const inside = Object.entries(node).flatMap(([key, each]) => (skipped.includes(key) ? [] : texts(each)));
  const typed = typeof node['initial_value'] === 'string' ? [node['initial_value']] : [];
  return [...inside, ...typed, ...nodes(node['options']).map(option)];
}

/** All blocks of a message, including those of its modal and of its folds. */
export function allBlocks({ messages, modal }: Translated): readonly Node[] {
  const blocks = [...messages.flat(), ...(modal?.blocks ?? [])] as unknown as readonly Node[];
  return blocks.flatMap((block) => [block, ...nodes(block['child_blocks'])]);
}

/** The whole text without white space, so that it can be searched wherever it was broken. */
export function reading(translated: Translated): string {
  const folds = allBlocks(translated).filter(({ type }) => type === 'container');
  const { messages, modal } = translated;
  return [...texts([...messages, modal?.title, modal?.submit, modal?.blocks]), ...folds.map(({ title }) => said(title))]
    .join('')
    .replace(/\s/gu, '');
}

/** Every button, and every option of a menu of buttons, with what it sends. */
export function buttonsIn(translated: Translated): readonly Node[] {
  return allBlocks(translated).flatMap((block) => {
    const elements = block['type'] === 'actions' ? nodes(block['elements']) : [];
    const accessory = block['accessory'] ? [block['accessory'] as Node] : [];
    return [
      ...elements.flatMap((each) => (each['type'] === 'overflow' ? nodes(each['options']) : [each])),
      ...accessory,
    ];
  });
}

/** Every element that can be filled in, with the ID of its block. */
export function inputsIn(translated: Translated): readonly { readonly blockId: string; readonly element: Node }[] {
  return allBlocks(translated)
    .filter(({ type }) => type === 'input')
    .map((block) => ({ blockId: String(block['block_id']), element: block['element'] as Node }));
}

/** Every text that Slack reads as markup. */
export function markups(translated: Translated): readonly string[] {
  const found: string[] = [];
  JSON.stringify(translated, (_key, value: unknown) => {
    const node = value as Node | null;
    if (typeof value === 'object' && node?.['type'] === 'mrkdwn') found.push(String(node['text']));
    return value;
  });
  return found;
}
