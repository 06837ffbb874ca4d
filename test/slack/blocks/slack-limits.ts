/**
 * Where a translated message exceeds Slack's limits: the documented ones, or those checked against live Slack if they
 * are smaller. An empty list means that Slack accepts it.
 */
import { openForm } from '../../../src/slack/blocks/action-value.ts';
import type { Translated } from '../../../src/slack/blocks/translation.ts';

const text = 3000;
const limits = {
  options: 100,
  optionText: 75,
  optionValue: 75,
  optionDescription: 75,
  menuValue: 150,
  menu: 5,
  boxes: 10,
  button: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  accessibility: 75,
  id: 255,
  header: 150,
  fields: 10,
  field: 2000,
  context: 10,
  actions: 25,
  label: 2000,
  placeholder: 150,
  typed: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  containerTitle: 150,
  container: 10,
  viewBlocks: 100,
  viewTitle: 24,
  metadata: 3000,
  callback: 255,
};

type Node = { readonly [key: string]: unknown };
type Note = (isWell: boolean, problem: string) => void;
export type Where = 'message' | 'modal' | 'home';

const size = (value: unknown) => Array.from(String(value)).length;
const nodes = (value: unknown) => (Array.isArray(value) ? value : []) as readonly Node[];
const node = (value: unknown) => (value ?? {}) as Node;

function textProblems(value: unknown, max: number, note: Note): void {
  const { type, text: said, verbatim, emoji } = node(value);
  note(type === 'mrkdwn' || type === 'plain_text', `text of type ${String(type)}`);
  note(size(said) > 0 && String(said).trim() !== '', 'text without anything to see');
  note(size(said) <= max, `text of ${size(said)}, at most ${max}`);
  if (type === 'mrkdwn') note(verbatim === true, 'mrkdwn that makes links and mentions of plain characters');
  else note(emoji === false, 'plain text that makes pictures of names');
}

function optionProblems(value: Node, note: Note, max = limits.optionValue): void {
  textProblems(value['text'], limits.optionText, note);
  note(node(value['text'])['type'] === 'plain_text', 'option with markup');
  note(size(value['value']) >= 1 && size(value['value']) <= max, 'value of an option');
  if (value['description']) textProblems(value['description'], limits.optionDescription, note);
}

function choiceProblems(element: Node, note: Note): void {
  const options = nodes(element['options']);
  const { type } = element;
  const isBoxes = type === 'radio_buttons' || type === 'checkboxes';
  const isMenu = type === 'overflow';
  const max = isMenu ? limits.menu : isBoxes ? limits.boxes : limits.options;
  note(options.length >= 1 && options.length <= max, `${options.length} options`);
  for (const each of options) optionProblems(each, note, isMenu ? limits.menuValue : limits.optionValue);
  const values = options.map(({ value }) => value);
  note(new Set(values).size === values.length, 'two options of one value');
  const first = [element['initial_option'], ...nodes(element['initial_options'])].filter(Boolean);
  for (const each of first) {
    note(
      options.some((one) => JSON.stringify(one) === JSON.stringify(each)),
      'a preset that is no option',
    );
  }
}

function elementProblems(element: Node, note: Note): void {
  const { type } = element;
  note(size(element['action_id']) >= 1 && size(element['action_id']) <= limits.id, 'action_id');
  if (element['placeholder']) textProblems(element['placeholder'], limits.placeholder, note);
  if (type === 'button') buttonProblems(element, note);
  else if (/^(multi_)?external_select$/.test(String(type))) {
    for (const each of [element['initial_option'], ...nodes(element['initial_options'])].filter(Boolean)) {
      optionProblems(node(each), note);
    }
  } else if (/select|radio|checkboxes|overflow/.test(String(type))) choiceProblems(element, note);
  else if (type === 'plain_text_input') {
    note(Number(element['max_length']) <= limits.typed, 'max_length');
    note(size(element['initial_value'] ?? '') <= Number(element['max_length']), 'more typed than may be');
  } else
    note(
      /^(number_input|email_text_input|url_text_input|datepicker|timepicker)$/.test(String(type)),
      `${String(type)}?`,
    );
}

function buttonProblems(button: Node, note: Note): void {
  textProblems(button['text'], limits.button, note);
  if (button['value'] !== undefined) note(size(button['value']) <= limits.buttonValue, 'value of a button');
  if (button['url'] !== undefined) note(size(button['url']) <= limits.buttonUrl, 'address of a button');
  note(size(button['accessibility_label'] ?? '') <= limits.accessibility, 'accessibility_label');
  const isForm = String(button['action_id']).endsWith(`:${openForm}`); // its window asks
  note(button['style'] !== 'danger' || isForm || button['confirm'] !== undefined, 'danger that nobody is asked about');
  if (!button['confirm']) return;
  const confirm = node(button['confirm']);
  textProblems(confirm['title'], limits.confirmTitle, note);
  textProblems(confirm['text'], limits.confirmText, note);
  textProblems(confirm['confirm'], limits.confirmButton, note);
  textProblems(confirm['deny'], limits.confirmButton, note);
}

function richProblems(block: Node, note: Note): void {
  note(nodes(block['elements']).length > 0, 'rich text without parts');
  for (const part of nodes(block['elements'])) {
    note(/^rich_text_(section|preformatted)$/.test(String(part['type'])), `rich text of ${String(part['type'])}`);
    note(nodes(part['elements']).length > 0, 'a part of rich text with nothing in it');
    const said = nodes(part['elements']).map((each) =>
      String(each['text'] ?? each['user_id'] ?? each['fallback'] ?? ''),
    );
    note(said.every((each) => each !== '') && said.join('').trim() !== '', 'rich text without anything to see');
    note(size(said.join('')) <= text, 'rich text that is too long');
  }
}

function sectionProblems(block: Node, note: Note): void {
  note(block['text'] !== undefined || nodes(block['fields']).length > 0, 'an empty section');
  if (block['text']) textProblems(block['text'], text, note);
  note(nodes(block['fields']).length <= limits.fields, 'too many fields');
  for (const each of nodes(block['fields'])) textProblems(each, limits.field, note);
  if (block['accessory']) elementProblems(node(block['accessory']), note);
}

/** What live Slack accepts inside a container; its documentation allows more. */
const contained = ['section', 'context', 'divider', 'header', 'image', 'actions', 'table'];

function containerProblems(block: Node, where: Where, note: Note): void {
  const children = nodes(block['child_blocks']);
  note(where === 'message', `a container in a ${where}`);
  textProblems(block['title'], limits.containerTitle, note);
  note(children.length >= 1 && children.length <= limits.container, `a container of ${children.length}`);
  for (const each of children) {
    note(contained.includes(String(each['type'])), `${String(each['type'])} inside of a container`);
    blockProblems(each, where, note);
  }
}

function blockProblems(block: Node, where: Where, note: Note): void {
  if (block['block_id'] !== undefined)
    note(size(block['block_id']) >= 1 && size(block['block_id']) <= limits.id, 'block_id');
  const elements = nodes(block['elements']);
  switch (block['type']) {
    case 'divider':
      return;
    case 'header':
      note(node(block['text'])['type'] === 'plain_text', 'a heading with markup');
      return textProblems(block['text'], limits.header, note);
    case 'section':
      return sectionProblems(block, note);
    case 'context':
      note(elements.length >= 1 && elements.length <= limits.context, 'small print');
      return elements.forEach((each) => textProblems(each, text, note));
    case 'actions':
      note(elements.length >= 1 && elements.length <= limits.actions, `${elements.length} buttons in a row`);
      return elements.forEach((each) => elementProblems(each, note));
    case 'input':
      textProblems(block['label'], limits.label, note);
      return elementProblems(node(block['element']), note);
    case 'rich_text':
      return richProblems(block, note);
    case 'container':
      return containerProblems(block, where, note);
    default:
      note(false, `a block of type ${String(block['type'])}`);
  }
}

function idProblems(blocks: readonly Node[], note: Note): void {
  const ids = blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]));
  note(new Set(ids).size === ids.length, 'two blocks of one id');
  const actions = [...JSON.stringify(blocks).matchAll(/"action_id":"((?:[^"\\]|\\.)*)"/g)].map(([, id]) => id);
  note(new Set(actions).size === actions.length, 'two elements of one id');
}

/** What Slack would refuse of one list of blocks. */
export function blockListProblems(blocks: readonly unknown[], where: Where = 'message'): string[] {
  const found: string[] = [];
  const max = where === 'message' ? 50 : limits.viewBlocks;
  blocks.forEach((block, index) => {
    blockProblems(node(block), where, (isWell, problem) => isWell || found.push(`block ${index}: ${problem}`));
  });
  const note: Note = (isWell, problem) => isWell || found.push(problem);
  const inside = nodes(blocks).flatMap(({ child_blocks }) => nodes(child_blocks));
  note(blocks.length >= 1 && blocks.length + inside.length <= max, `${blocks.length} + ${inside.length} blocks`);
  idProblems([...nodes(blocks), ...inside], note);
  return found;
}

/** Everything that Slack would refuse of a translated message. */
export function slackProblems({ text: said, messages, modal }: Translated, where: Where = 'message'): string[] {
  const found = messages.flatMap((blocks) => blockListProblems(blocks, where));
  if (said.trim() === '' || size(said) > 4000) found.push(`a notification of ${size(said)}`);
  if (!modal) return found;
  const note: Note = (isWell, problem) => isWell || found.push(`modal: ${problem}`);
  for (const each of [modal.title, modal.submit, modal.close]) textProblems(each, limits.viewTitle, note);
  note(size(modal.private_metadata ?? '') <= limits.metadata, 'private_metadata');
  note(size(modal.callback_id ?? '') <= limits.callback, 'callback_id');
  note(Buffer.byteLength(JSON.stringify(modal)) < 250_000, 'larger than a view may be');
  return [...found, ...blockListProblems(modal.blocks, 'modal').map((each) => `modal: ${each}`)];
}
