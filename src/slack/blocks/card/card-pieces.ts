/** A typed card as pieces in reading order; `cards/` lays out the same for Teams. Pure. */
import type { Block, SheetData, Step } from '../../../message/card-data.ts';
import { command, linkParts, oneLine, shows } from '../../../message/escape.ts';
import { generous, type Limits } from '../../../message/limits.ts';
import { headline } from '../../../message/rendering/headline.ts';
import { shownBlocks, stepName, tableLines } from '../../../message/rendering/shown-blocks.ts';
import { shownButtons, shownRow, type ShownButton } from '../../../message/rendering/shown-buttons.ts';
import { shownInput } from '../../../message/rendering/shown-input.ts';
import { lineOf, textOf, type Line, type Run } from '../lines.ts';
import { said, type FoldPiece, type Piece, type PieceButton, type TextLook } from '../piece.ts';

/** What a card says that isn't in its data: the title of its details, and that nothing of it is real (null: it is). */
type Surround = { readonly details: string; readonly simulated: string | null };

/** The pieces of a card, its texts cleaned and shortened. What Slack has no room for is seen once they are blocks. */
export function cardPieces(sheet: SheetData, around: Surround, limits: Limits = generous): readonly Piece[] {
  const { why, note, line, inputs = [] } = sheet;
  const text = (one: string | undefined) => (shows(one) ? [lineOf(plain(one ?? '', limits.text))] : []);
  const fold = foldOf(sheet, around, limits);
  const [before, after] = [[...text(note), ...text(line)], footer(sheet, limits)];
  return [
    said([lineOf(plain(headline(sheet), limits.title))], 'heading'),
    ...texts([...text(around.simulated ?? undefined), ...text(sheet.subtitle)], 'quiet'),
    ...texts(text(why)),
    ...shownBlocks(sheet.body, limits).flatMap((block) => piecesOf(block, limits)),
    ...inputs.map((input): Piece => ({ kind: 'input', input: shownInput(input, limits) })),
    ...buttonRows(sheet, limits),
    ...(fold ? [...texts(before, 'quiet'), fold, ...texts(after, 'quiet')] : texts([...before, ...after], 'quiet')),
  ];
}

const plain = (text: string, max: number): Run => ({ text: oneLine(text, max) });
const bold = (text: string, max: number): Run => ({ ...plain(text, max), bold: true });
const noted = (note: string | undefined, max: number): readonly Run[] =>
  shows(note) ? [{ text: ` · ${oneLine(note ?? '', max)}` }] : [];

function texts(lines: readonly Line[], look?: TextLook): readonly Piece[] {
  return lines.length > 0 ? [said(lines, look)] : [];
}

/** Slack asks before it destroys something; here that button is in a row of its own. */
function buttonRows(sheet: SheetData, limits: Limits): readonly Piece[] {
  const { buttons, asks } = shownRow(sheet.buttons, limits);
  const rows = [buttons, asks ? [{ ...asks.button, behind: false }] : []];
  return rows
    .filter(({ length }) => length > 0)
    .map((row): Piece => ({ kind: 'buttons', buttons: row.map(pieceButton) }));
}

function pieceButton({ title, tooltip, style, behind, verb, data, withInputs }: ShownButton): PieceButton {
  return { title, tooltip, style, behind, action: { verb, data, withInputs } };
}

function piecesOf(block: Block, limits: Limits): readonly Piece[] {
  switch (block.kind) {
    case 'text':
      return paragraph(block, limits);
    case 'facts':
      return [{ kind: 'facts', facts: block.facts.map((fact) => factOf(fact, limits)) }];
    case 'list':
      return texts([...heading(block.heading, limits), ...block.items.map((_, at) => item(block, at, limits))]);
    case 'rows':
      return rows(block, limits);
    case 'steps':
      return texts(block.steps.map((step) => stepLine(step, limits)));
    case 'table':
      return [{ kind: 'table', rows: tableLines(block).map((line) => line.map(({ text }) => cell(text, limits))) }];
    case 'code':
      return [
        ...texts(shows(block.caption) ? [lineOf(plain(block.caption ?? '', limits.text))] : []),
        { kind: 'code', lines: block.lines.map((line) => command(line, limits.line)) },
      ];
  }
}

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>;

function paragraph({ text, tone }: Of<'text'>, { text: max }: Limits): readonly Piece[] {
  return texts([lineOf(tone === 'strong' ? bold(text, max) : plain(text, max))], tone === 'quiet' ? 'quiet' : 'normal');
}

const factOf = ({ title, value }: Of<'facts'>['facts'][number], { label, text }: Limits) => ({
  title: [lineOf(plain(title, label))],
  value: [lineOf(plain(value, text))],
});

function heading(text: string | undefined, { title }: Limits): readonly Line[] {
  return shows(text) ? [lineOf(bold(text ?? '', title))] : [];
}

function item({ ordered, items }: Of<'list'>, at: number, { text: max }: Limits): Line {
  const { text = '', note } = items[at] ?? {};
  const sign: Run = { text: ordered ? `${at + 1}. ` : '• ' };
  return lineOf(sign, shows(note) ? bold(text, max) : plain(text, max), ...noted(note, max));
}

/** A text with its button beside it; without one, what it says. */
function rows(block: Of<'rows'>, limits: Limits): readonly Piece[] {
  const pieces = block.rows.flatMap(({ text, note, button }): readonly Piece[] => {
    const name = [lineOf(bold(text, limits.title))];
    const about = shows(note) ? [lineOf(plain(note ?? '', limits.text))] : [];
    const [shown] = button ? shownButtons([button], limits) : [];
    if (!shown) return [{ kind: 'divider' }, said(name), ...texts(about, 'quiet')];
    return [{ kind: 'divider' }, { kind: 'row', lines: [...name, ...about], button: pieceButton(shown) }];
  });
  return [...texts(heading(block.heading, limits)), ...pieces];
}

function stepLine(step: Step, { text: max }: Limits): Line {
  const name = stepName(step);
  return lineOf(name.bold ? bold(name.text, max) : plain(name.text, max), ...noted(step.note, max));
}

const cell = (text: string, { label }: Limits) => textOf([lineOf(plain(text, label))]);

/** The details, each section below its heading; one that is called as the whole isn't called so twice. */
function foldOf({ details = [] }: SheetData, around: Surround, limits: Limits): FoldPiece | null {
  const sections = details.slice(0, limits.folds).flatMap(({ title, body }) => {
    const blocks = shownBlocks(body, limits).flatMap((block) => piecesOf(block, limits));
    return blocks.length === 0 ? [] : [...texts(heading(title, limits)), ...blocks];
  });
  if (sections.length === 0) return null;
  const [first, ...rest] = sections;
  const repeats = first?.kind === 'text' && textOf(first.lines) === around.details;
  return { kind: 'fold', title: around.details, pieces: repeats ? rest : sections };
}

/** The last line: the footer's text, then the links. A sentence already ends with a full stop. */
function footer({ footer: last = '', links = [] }: SheetData, limits: Limits): readonly Line[] {
  const sentence = plain(last, limits.text);
  const shown = links.slice(0, limits.actions).map((link) => linkParts(link, limits.label));
  const runs = shown.flatMap(({ title, url }, at): readonly Run[] => {
    const isFirst = at === 0 && sentence.text === '';
    const gap = at === 0 && sentence.text.endsWith('.') ? ' ' : ' · ';
    return [...(isFirst ? [] : [{ text: gap }]), { text: title, url }];
  });
  return sentence.text === '' && runs.length === 0 ? [] : [lineOf(sentence, ...runs)];
}
