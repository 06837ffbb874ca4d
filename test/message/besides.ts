/**
 * What a card says besides what is read on it from top to bottom: the hints of its buttons, what its lists offer, what
 * is asked or said at an input, where its links go, and in Slack the question before a press and the form.
 */
import { cardText } from '../../tools/demo/card-text.ts';
import { readBlocks } from '../../tools/demo/seats/read-blocks.ts';
import type { Translated } from '../../src/slack/blocks/translation.ts';
import { addressesIn, partsOf, type Node } from '../slack/blocks/card-parts.ts';

/** Of an Adaptive Card. */
export function besidesInTeams(card: unknown): readonly string[] {
  const said = partsOf(card).flatMap((part) => {
    const { tooltip, label, title, placeholder, value, isRequired, errorMessage } = part;
    return [
      ...line('hint', tooltip),
      ...(part['type'] === 'Input.Toggle' ? line(value === 'true' ? '☑' : '☐', title) : []),
      ...line(`${label}: offers`, titlesIn(part['choices'])),
      ...(value === '' ? [] : line(`${label}: if emptied`, placeholder)),
      ...(isRequired === true ? line(`${label}: if left empty`, errorMessage) : []),
    ];
  });
  return [...said, ...addressesIn(card).flatMap((address) => line('link', address))];
}

/** Of a message in Slack, with its form. */
export function besidesInSlack({ messages, modal, fields }: Translated): readonly string[] {
  const shown = [...messages.flat(), ...(modal?.blocks ?? [])] as unknown as readonly Node[];
  const parts = partsOf(shown);
  const choices = shown.flatMap(({ label, element }) =>
    line(`${titleOf(label)}: offers`, titlesIn((element as Node | undefined)?.['options'])),
  );
  return [
    ...parts.flatMap((part) => [...line('hint', part['accessibility_label']), ...questionOf(part)]),
    ...choices,
    ...fields
      .filter(({ required }) => required)
      .flatMap(({ label, message }) => line(`${label}: if left empty`, message)),
    ...addressesInSlack(parts).flatMap((address) => line('link', address)),
    ...formOf(modal),
  ];
}

const line = (what: string, said: unknown) => (typeof said === 'string' && said !== '' ? [`${what}: ${said}`] : []);

const titleOf = (text: unknown) => String((text as Node | undefined)?.['text'] ?? '');

/** The titles of choices, or of options with the second line of each. */
function titlesIn(choices: unknown): string {
  const nodes = Array.isArray(choices) ? (choices as readonly Node[]) : [];
  const titles = nodes.map(({ title, text, description }) =>
    [title ?? titleOf(text), titleOf(description)].filter((each) => each !== '').join(' '),
  );
  return titles.join(' | ');
}

function questionOf({ confirm }: Node): readonly string[] {
  if (typeof confirm !== 'object' || confirm === null) return [];
  const { title, text, confirm: yes, deny } = confirm as Node;
  return [`asks: ${titleOf(title)} ${titleOf(text)} [${titleOf(yes)}] [${titleOf(deny)}]`];
}

const inMrkdwn = /<(https?:[^|>\s]*)(?:\|[^>]*)?>/g;

function addressesInSlack(parts: readonly Node[]): readonly string[] {
  return parts.flatMap(({ type, text, url }) => {
    if (typeof url === 'string') return [url];
    const found =
      type === 'mrkdwn' ? Array.from(String(text).matchAll(inMrkdwn), ([, address]) => String(address)) : [];
    return found.map((address) => address.replaceAll('&amp;', '&'));
  });
}

function formOf(modal: Translated['modal']): readonly string[] {
  if (!modal) return [];
  const { lines } = cardText(
    readBlocks(modal.blocks, (user) => user),
    '',
  );
  const shown = [titleOf(modal.title), ...lines, `[${titleOf(modal.submit)}]  [${titleOf(modal.close)}]`];
  return shown.filter((each) => each.trim() !== '').map((each) => `form: ${each}`);
}
