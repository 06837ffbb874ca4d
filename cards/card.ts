/**
 * The anatomy of every card, from top to bottom, as an Adaptive Card 1.5 (https://adaptivecards.io/explorer). What is
 * inside of it is in `blocks.ts`, `inputs.ts` and `actions.ts`. `npm run cards:preview` shows every card.
 */
import type { Mark, Section, SheetData } from '../src/message/card-data.ts';
import { markdown, markdownLink, shows, type Markdown } from '../src/message/escape.ts';
import { headline } from '../src/message/rendering/headline.ts';
import type { Limits } from '../src/message/limits.ts';
import { buttonRow } from './actions.ts';
import { blocksOf } from './blocks.ts';
import { textBlock, type AdaptiveCard, type Container, type Element, type TextBlock } from './elements.ts';
import { inputOf } from './inputs.ts';

/** What a card says that isn't in its data. `simulated`: that nothing of it is real. */
type Surround = {
  readonly lang: string;
  readonly speak: string;
  readonly fallbackText: string;
  readonly simulated: string | null;
  readonly fold: { readonly open: string; readonly shut: string };
};

/** The card, escaped and within the limits. */
export function cardOf(sheet: SheetData, around: Surround, limits: Limits): AdaptiveCard {
  const { lang, speak, fallbackText } = around;
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang,
    speak,
    fallbackText,
    msteams: { width: 'Full' },
    body: [
      verdict(sheet, around, limits),
      ...text(sheet.why, { spacing: 'Medium' }, limits),
      ...blocksOf(sheet.body, limits),
      ...(sheet.inputs ?? []).map((input): Element => ({ type: 'Container', items: [inputOf(input, limits)] })),
      ...buttonRow(sheet.buttons, limits),
      ...text(sheet.note, smallPrint, limits),
      ...text(sheet.line, smallPrint, limits),
      ...fold(sheet.details, around, limits),
      ...footer(sheet, limits),
    ],
  };
}

const smallPrint = { isSubtle: true, size: 'Small' } as const;

/** A text, if it says something. */
function text(said: string | undefined, look: Parameters<typeof textBlock>[1], limits: Limits): readonly TextBlock[] {
  return shows(said) ? [textBlock(markdown(said ?? '', limits.text), look)] : [];
}

/** The colour behind the title: it repeats the icon. */
const tones: Record<Mark, 'good' | 'warning' | 'attention' | 'accent' | 'emphasis'> = {
  ok: 'good',
  warn: 'warning',
  block: 'attention',
  key: 'warning',
  busy: 'accent',
  failed: 'attention',
  stopped: 'emphasis',
  info: 'emphasis',
  ask: 'accent',
  unknown: 'warning',
};

function verdict(sheet: SheetData, { simulated }: Surround, limits: Limits): Container {
  return {
    type: 'Container',
    style: tones[sheet.mark],
    bleed: true,
    items: [
      textBlock(markdown(headline(sheet), limits.title), { size: 'Large', weight: 'Bolder', style: 'heading' }),
      ...text(simulated ?? undefined, { isSubtle: true, size: 'Small', spacing: 'None' }, limits),
      ...text(sheet.subtitle, { isSubtle: true, spacing: 'Small' }, limits),
    ],
  };
}

/** The details: closed at first, with a line that opens and one that closes them. */
function fold(
  details: readonly Section[] = [],
  { fold: { open, shut } }: Surround,
  limits: Limits,
): readonly Element[] {
  const sections = details.slice(0, limits.folds).flatMap((section) => sectionOf(section, limits));
  if (sections.length === 0) return [];
  return [
    { type: 'Container', id: 'details-open', ...toggle(open, '▸') },
    { type: 'Container', id: 'details-shut', isVisible: false, ...toggle(shut, '▾') },
    { type: 'Container', id: 'details', isVisible: false, style: 'emphasis', items: sections },
  ];
}

const toggle = (title: string, sign: '▸' | '▾'): Pick<Container, 'items' | 'selectAction'> => ({
  items: [textBlock(`${title} ${sign}` as Markdown, { weight: 'Bolder' })],
  selectAction: {
    type: 'Action.ToggleVisibility',
    title,
    targetElements: ['details', 'details-open', 'details-shut'],
  },
});

function sectionOf({ title, body }: Section, limits: Limits): readonly Element[] {
  const blocks = blocksOf(body, limits);
  if (blocks.length === 0) return [];
  return [{ type: 'Container', items: [textBlock(markdown(title, limits.title), { weight: 'Bolder' }), ...blocks] }];
}

/** The last line: the footer's text, then the links. */
function footer({ footer: said = '', links = [] }: SheetData, limits: Limits): readonly TextBlock[] {
  const shown = links.slice(0, limits.actions).map((link) => markdownLink(link, limits.label));
  const sentence = markdown(said, limits.text);
  // A sentence already ends with a full stop.
  const parts = sentence.endsWith('.') ? [`${sentence} ${shown.join(' · ')}`.trim()] : [sentence, ...shown];
  const line = parts.filter((part) => part !== '').join(' · ') as Markdown;
  return line === '' ? [] : [textBlock(line, smallPrint)];
}
