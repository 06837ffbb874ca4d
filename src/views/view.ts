/**
 * A command that only reads: what it reads of the estate, and how the answer is rendered. The bot runs it as a dialog
 * whose last question stays open, so that it pages, filters and reads again like any other card.
 */
import type { CommandSpec } from '../message/command-spec.ts';
import type { Json } from '../core/json.ts';
import type { Button, CardMessage, Input } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import type { Estate } from '../operations/dialogs/estate.ts';

/** The part of an answer that is viewed: which page (from 1), and which filter words. */
type Looking = { readonly page: number; readonly filter: string };

/** What a view renders with. `button` makes this dialog's buttons; `pages` those for the next and the previous page. */
export type ViewDrawing<R extends Json> = {
  readonly words: Words;
  readonly result: R;
  readonly looking: Looking;
  readonly readAt: Date;
  readonly now: Date;
  readonly button: (button: { title: string; verb: string; data?: Button['data'] }) => Button;
  readonly pages: (count: number) => readonly Button[];
};

/** A view. `query` gets the words after the command; its result is stored with the dialog. */
export type View<R extends Json = Json> = {
  readonly name: string;
  readonly command: CommandSpec;
  /** The version of its result's shape; one that was stored in another version is read again. Absent: 1. */
  readonly shape?: number;
  readonly query: (args: readonly string[], estate: Estate) => Promise<R>;
  readonly draw: (drawing: ViewDrawing<R>) => CardMessage;
};

/** How many rows a page shows. */
export const rowsPerPage = 15;

/** The rows of one page, and how many pages there are. A page beyond the last is the last. */
export function pageOf<T>(
  rows: readonly T[],
  page: number,
): { readonly rows: readonly T[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage));
  const shown = Math.min(Math.max(1, page), pages);
  return { rows: rows.slice((shown - 1) * rowsPerPage, shown * rowsPerPage), page: shown, pages };
}

/** The rows that contain every word of a filter, in any case. */
export function narrowed<T>(rows: readonly T[], filter: string, textOf: (row: T) => string): readonly T[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => wanted.every((word) => textOf(row).toLowerCase().includes(word)));
}

/** The words that filter a list: those typed with the command, and those in its field. */
export function filterOf(asked: string, { filter }: Looking): string {
  return [asked, filter]
    .map((words) => words.trim())
    .filter(Boolean)
    .join(' ');
}

/** A list without its filter: the typed words, its number of rows, its command, and whether all of it was read. */
type Unfiltered = {
  readonly asked: string;
  readonly all: number;
  readonly command: string;
  readonly isWhole: boolean;
};

/** The button that removes a filter: in the card if it was typed there, otherwise by the command without its words. */
export function showAll(
  { words: { say }, looking, button }: Pick<ViewDrawing<Json>, 'words' | 'looking' | 'button'>,
  { asked, all, command, isWhole }: Unfiltered,
): Button[] {
  if (all === 0) return [];
  const title = isWhole ? say('button.show-all', { count: all }) : say('button.show-read', { count: all });
  if (asked.trim() !== '') return [{ title, verb: 'command', data: { command }, withInputs: false }];
  // A blank is an answer; an empty field isn't.
  if (looking.filter.trim() !== '')
    return [{ ...button({ title, verb: 'submit', data: { filter: ' ' } }), withInputs: false }];
  return [];
}

/** The field and the button that filter a list; none if it fits on one page. */
export function narrowing(
  { words: { say }, looking, button }: Pick<ViewDrawing<Json>, 'words' | 'looking' | 'button'>,
  count: number,
): { readonly inputs: Input[]; readonly buttons: Button[] } {
  if (count <= rowsPerPage) return { inputs: [], buttons: [] };
  const field: Input = {
    kind: 'text',
    id: 'filter',
    label: say('input.filter'),
    value: looking.filter,
    maxLength: 100,
  };
  return { inputs: [field], buttons: [button({ title: say('button.narrow'), verb: 'submit' })] };
}

/** Teams shows no more in one card, and drops a card that has more. */
const maxButtons = 6;

/** The buttons of a list: as many row buttons as there is room for next to the others. */
export function buttonsOf(toRows: readonly Button[], others: readonly Button[]): Button[] {
  return [...toRows.slice(0, Math.max(0, maxButtons - others.length)), ...others];
}
