/**
 * What a card says, as data. Every card has the same anatomy: **verdict** (`title`: the answer with its reason, at most
 * 60 characters) · **why** (one sentence) · what must be read before pressing (`body`, `inputs`) · **buttons**, one of
 * them primary · **note** (sentences: what a press means) · **line** (the facts, one line) · **details** (one fold:
 * checks, plan, commands, Azure's own words). On a phone the verdict and the primary button are on one screen, which
 * `test/e2e/accessibility.test.ts` measures.
 *
 * All of it is plain text in plain fields, never markup. Each platform draws it when it sends it, and only
 * there is it escaped, so a value from Azure or from a person can be used in any text field unchanged.
 */
import { z } from 'zod';
import type { CompanyEntries } from '../core/company-entry.ts';

/** A text with something visible in it. */
const said = z.string().regex(/[^\s\u0085]/u);
/** The name under which an input or a button comes back. */
const name = z.string().regex(/^[A-Za-z][\w.:-]{0,63}$/);

/** What comes back with a click is an ID or a short answer. */
const sent = z.string().max(500);

const mark = z.enum(['ok', 'warn', 'block', 'key', 'busy', 'failed', 'stopped', 'info', 'ask', 'unknown']);
/**
 * The icon before the title. It repeats what the title says in words; nothing on a card is said by an icon or colour
 * alone.
 */
export type Mark = z.infer<typeof mark>;

/** What comes back with a click: IDs and revision, which the server checks again, and the choice itself. */
const actionData = z
  .object({
    dialog: sent.optional(),
    operation: sent.optional(),
    revision: z.number().int().optional(),
  })
  .catchall(z.union([sent, z.number(), z.boolean()]));

const button = z.object({
  title: said,
  about: said.optional(),
  verb: name,
  data: actionData,
  style: z.enum(['default', 'positive', 'destructive']).optional(),
  withInputs: z.boolean().optional(),
  asksFirst: z.literal(true).optional(),
  behind: z.literal(true).optional(),
});
/**
 * A button. Its click carries `verb` and `data`, and the card's inputs by their IDs. `withInputs: false` leaves the
 * inputs out and doesn't enforce required ones: for Back, Cancel, Check again. `about` is what it is for, if its title
 * alone may occur twice in a conversation; it is read out, and shown on hover. The first `positive` one is the primary
 * one. With `asksFirst` a destructive button asks for confirmation before it acts, unless the card already is a
 * question; this applies to the first such button of a card. With `behind` it is in the menu behind the row's `…`.
 */
export type Button = z.infer<typeof button>;

const link = z.object({ title: said, url: z.url({ protocol: /^https$/ }) });
/** A link out of the chat, to the Azure portal or to documentation. It is in the last line, after the footer. */
export type Link = z.infer<typeof link>;

const paragraph = z.object({
  kind: z.literal('text'),
  text: z.string(),
  tone: z.enum(['normal', 'strong', 'quiet']).optional(),
});
const facts = z.object({
  kind: z.literal('facts'),
  facts: z.array(z.object({ title: z.string(), value: z.string() })),
});
const list = z.object({
  kind: z.literal('list'),
  heading: z.string().optional(),
  ordered: z.boolean().optional(),
  items: z.array(z.object({ text: z.string(), note: z.string().optional() })),
});
const steps = z.object({
  kind: z.literal('steps'),
  steps: z.array(
    z.object({
      state: z.enum(['done', 'now', 'next', 'failed', 'skipped', 'warn', 'unknown']),
      text: z.string(),
      note: z.string().optional(),
    }),
  ),
});
const rows = z.object({
  kind: z.literal('rows'),
  heading: z.string().optional(),
  rows: z.array(z.object({ text: said, note: z.string().optional(), button: button.optional() })),
});
const cell = z.object({ text: z.string(), tone: z.enum(['good', 'attention', 'emphasis']).optional() });
const table = z.object({ kind: z.literal('table'), head: z.array(said).max(10), rows: z.array(z.array(cell)) });
const code = z.object({ kind: z.literal('code'), caption: z.string().optional(), lines: z.array(z.string()) });

const block = z.discriminatedUnion('kind', [paragraph, facts, list, rows, steps, table, code]);
/**
 * One part of a card's body: a paragraph, facts in two columns, a list (`text` stands out, `note` follows it), rows
 * with a button beside each (which fixes it, and is named after that), the steps of something that runs (or of checks),
 * a table of short texts below their column headings (a tone repeats what a cell says), or commands to copy (one
 * command is one line, exactly as it must be typed).
 */
export type Block = z.infer<typeof block>;
/** A cell of a table. */
export type Cell = z.infer<typeof cell>;
export type Step = z.infer<typeof steps>['steps'][number];

/**
 * The source a client asks for the choices that don't fit on the card, as somebody types. Without it, what doesn't fit
 * is omitted.
 */
const searched = z.string().max(256).optional();

const choice = z.object({ title: said, value: sent });
const pick = z.object({
  kind: z.literal('pick'),
  id: name,
  label: said,
  choices: z.array(choice).min(1),
  value: z.string().optional(),
  placeholder: z.string().optional(),
  required: said.optional(),
  error: said.optional(),
  style: z.enum(['compact', 'expanded', 'filtered']).optional(),
  search: searched,
});
/** A list with several choices sends them as one text, so a value can't contain a comma. */
const several = z.object({ title: said, value: sent.regex(/^[^,]+$/) });
const picks = z.object({
  kind: z.literal('picks'),
  id: name,
  label: said,
  choices: z.array(several).min(1),
  values: z.array(z.string()),
});
const textInput = z.object({
  kind: z.literal('text'),
  id: name,
  label: said,
  value: z.string().optional(),
  placeholder: z.string().optional(),
  required: said.optional(),
  error: said.optional(),
  multiline: z.boolean().optional(),
  maxLength: z.number().int().min(1).max(3000).optional(),
});
const dateInput = z.object({
  kind: z.literal('date'),
  id: name,
  label: said,
  value: z.iso.date().optional(),
  required: said.optional(),
  error: said.optional(),
});
const toggle = z.object({ kind: z.literal('toggle'), id: name, title: said, on: z.boolean() });

const input = z.discriminatedUnion('kind', [pick, picks, textInput, dateInput, toggle]);
/**
 * An input with its label. `required` is the sentence shown when it was left empty; without it the input may stay
 * empty. `error` says why its value was rejected: it is part of the label, so it is seen and heard with the field. A
 * date sends `yyyy-mm-dd`, a toggle the text `true` or `false`. `picks` are checkboxes: they send the ticked values,
 * joined by commas, and if none is ticked they send nothing at all, so another input has to show that they were there.
 * Values come back under `id` and are claims: check them again.
 */
export type Input = z.infer<typeof input>;

const section = z.object({ title: said, body: z.array(block) });
/** A part of the details, with its heading. */
export type Section = z.infer<typeof section>;

/** How long a verdict may be: two lines of a phone. */
export const maxVerdict = 60;

const sheetData = z.object({
  mark,
  title: said,
  subtitle: z.string().optional(),
  why: z.string().optional(),
  body: z.array(block).optional(),
  inputs: z.array(input).optional(),
  buttons: z.array(button).optional(),
  note: z.string().optional(),
  line: z.string().optional(),
  details: z.array(section).optional(),
  links: z.array(link).optional(),
  footer: z.string().optional(),
});
/**
 * The card, read from top to bottom: icon and `title` (the verdict with its reason), `subtitle` (small print that
 * belongs to it), `why` (one sentence that adds to the verdict), `body` (what must be seen before pressing: rows,
 * steps), `inputs`, `buttons`, `note` (what a press means and costs, in sentences), `line` (the facts), `details` (the
 * sections of the one fold), and in the last line `footer` and `links`.
 */
export type SheetData = z.infer<typeof sheetData>;

/**
 * A stored card, as it is stored; null if there is none, or if a newer release stored it in a form that this one
 * doesn't know.
 */
export function storedSheet(stored: unknown): SheetData | null {
  return sheetData.safeParse(stored).success ? (stored as SheetData) : null;
}

const chooseData = z.object({
  mark,
  title: said,
  text: z.string().optional(),
  id: name,
  label: said,
  verb: name,
  data: actionData,
  button: said,
  required: said,
  rows: z.array(z.object({ value: sent, name: said, description: z.string().optional() })).min(1),
  search: searched,
  more: z.array(button).optional(),
  footer: z.string().optional(),
});
/**
 * Pick one of several. Up to five rows are shown with a button each, more as one pick-list with one button. Either way
 * the click carries `verb`, `data`, and the chosen row's `value` under `id`. `more` are buttons such as Cancel.
 */
export type ChooseData = z.infer<typeof chooseData>;

const noticeData = z.object({
  mark,
  title: said,
  text: z.array(z.string()).optional(),
  buttons: z.array(button).optional(),
  links: z.array(link).optional(),
});
/** A short card: a title, maybe sentences below it, maybe buttons and links. */
export type NoticeData = z.infer<typeof noticeData>;

/**
 * A card as it is passed through the bot: the full form (`sheet`), or one of two short forms that are converted to it
 * (`asSheet`).
 */
export const cardMessage = z.discriminatedUnion('template', [
  z.object({ template: z.literal('sheet'), data: sheetData }),
  z.object({ template: z.literal('choose'), data: chooseData }),
  z.object({ template: z.literal('notice'), data: noticeData }),
]);
export type CardMessage = z.infer<typeof cardMessage>;

/**
 * How a card looks to its readers: language, time zone (IANA), whether Azure is the simulator, and whether Kluis is
 * read-only. `times`: its texts also carry times as instants, for a platform that shows each reader their own clock.
 */
export type RenderContext = {
  readonly locale: 'en' | 'nl';
  readonly timeZone: string;
  readonly simulated: boolean;
  readonly readOnly?: boolean | undefined;
  readonly times?: 'instants' | undefined;
  /** The company's entries for errors that the knowledge doesn't have. */
  readonly company?: CompanyEntries | undefined;
};
