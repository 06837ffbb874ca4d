/** Presses in Slack: a message's button with the values of its inputs, or a form that opens in a modal. */
import { ownWords } from '../../../src/slack/blocks/wording.ts';
import { CallRefused } from '../call.ts';
import type { BlockNode } from './read-blocks.ts';
import type { Filled, Press } from '../seat.ts';
import type { Member, SlackMessage, SlackView } from './slack-workspace.ts';

/** Whether there was something to press, and what Slack's own form told this person. */
type Pressed = { readonly done: boolean; readonly told: readonly string[] };

type Submitted = {
  readonly shown: 'closed' | 'errors' | 'view' | 'trouble';
  readonly errors?: Readonly<Record<string, string>>;
  readonly problems?: unknown;
};

const notThere: Pressed = { done: false, told: [] };
const done: Pressed = { done: true, told: [] };
const opensForm = [ownWords('en').fillIn, ownWords('nl').fillIn];

/**
 * Presses the button with this name on a message; a form's button is in the modal, which is opened first if it isn't
 * open.
 */
export async function pressInSlack(member: Member, message: SlackMessage | undefined, press: Press): Promise<Pressed> {
  const open = await member.modal();
  if (open && sends(open, press.title)) return submit(member, open, press);
  if (open) await member.does('close', { clear: true });
  if (!message) return notThere;
  const titles = buttonsOf(message.blocks);
  const at = { channel: message.channel, ts: message.ts };
  if (titles.includes(press.title)) {
    // Two consecutive cards may have the same button: the one with these inputs is still to come.
    if (!Object.keys(press.filled).every((label) => inputCalled(message.blocks, label))) return notThere;
    const inputs = await filledIn(member, { blocks: message.blocks, surface: at, filled: press.filled });
    const action = { ...at, action: press.title, inputs, ...(press.nth && { nth: press.nth }) };
    return (await isPressed(member, action)) ? done : notThere;
  }
  const form = titles.find((title) => opensForm.includes(title));
  if (form === undefined) return notThere;
  return (await isPressed(member, { ...at, action: form })) ? pressInModal(member, press) : notThere;
}

/** False if the message was redrawn between the look and the press and no longer has this button. */
async function isPressed(member: Member, action: object): Promise<boolean> {
  try {
    await member.does('press', action);
    return true;
  } catch (error) {
    if (error instanceof CallRefused && error.is('NoSuchAction')) return false;
    throw error;
  }
}

/** A form comes by a separate call, a moment after the press: until then there is nothing to press. */
async function pressInModal(member: Member, press: Press): Promise<Pressed> {
  const view = await member.modal();
  return view && sends(view, press.title) ? submit(member, view, press) : notThere;
}

function sends(view: SlackView, title: string): boolean {
  return view.submit?.text === title || choiceOf(view, title) !== null;
}

/** If a form can be sent in several ways, one of them is chosen in it. */
function choiceOf({ blocks }: SlackView, title: string): Filled | null {
  const found = blocks.find((block) => optionsOf(block).some((option) => wordsOf(option['text']) === title));
  return found ? { [wordsOf(found['label'])]: title } : null;
}

async function submit(member: Member, view: SlackView, { title, filled }: Press): Promise<Pressed> {
  const all = { ...filled, ...(view.submit?.text === title ? {} : choiceOf(view, title)) };
  const inputs = await filledIn(member, { blocks: view.blocks, surface: { view: 'top' }, filled: all });
  const { shown, errors = {}, problems } = await member.does<Submitted>('submit', { inputs });
  if (shown === 'trouble') throw new Error(`Slack could not show the answer to a form: ${JSON.stringify(problems)}`);
  if (shown === 'closed' && (await member.modal())) await member.does('close', { clear: true });
  const labelOf = (id: string) => wordsOf(view.blocks.find((block) => block['block_id'] === id)?.['label']);
  return { done: true, told: Object.entries(errors).map(([id, error]) => `${labelOf(id)}: ${error}`) };
}

type Filling = { readonly blocks: readonly BlockNode[]; readonly surface: object; readonly filled: Filled };

/**
 * What goes into the inputs, by their labels: the option whose title begins like this, from the list or from its
 * type-ahead; otherwise the text.
 */
async function filledIn(
  member: Member,
  { blocks, surface, filled }: Filling,
): Promise<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(filled).map(async ([label, value]) => {
    const block = inputCalled(blocks, label);
    if (!block) throw new Error(`there is no input ${label}`);
    const options = await offered(member, block, { surface, label, value });
    return [label, options.find(({ text }) => wordsOf(text).startsWith(value)) ?? value] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function inputCalled(blocks: readonly BlockNode[], label: string): BlockNode | undefined {
  return blocks.find((each) => each['type'] === 'input' && wordsOf(each['label']) === label);
}

type SlackPress = { readonly surface: object; readonly label: string; readonly value: string };

async function offered(
  member: Member,
  block: BlockNode,
  { surface, label, value }: SlackPress,
): Promise<readonly BlockNode[]> {
  const { type } = block['element'] as BlockNode;
  if (!String(type).includes('external')) return optionsOf(block);
  return (await member.does<{ options: BlockNode[] }>('suggest', { ...surface, action: label, value })).options;
}

function buttonsOf(blocks: readonly BlockNode[]): readonly string[] {
  return blocks.flatMap((block) => {
    const elements =
      block['type'] === 'actions' ? (block['elements'] as BlockNode[]) : [block['accessory'] as BlockNode];
    return elements.filter((each) => each?.['type'] === 'button').map(({ text }) => wordsOf(text));
  });
}

function optionsOf(block: BlockNode): readonly BlockNode[] {
  return ((block['element'] as BlockNode | undefined)?.['options'] ?? []) as readonly BlockNode[];
}

function wordsOf(object: unknown): string {
  return String((object as BlockNode | undefined)?.['text'] ?? '');
}
