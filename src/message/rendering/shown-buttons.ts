/** What a card shows of its buttons, for every platform. Pure. */
import type { Button } from '../card-data.ts';
import { plain, shows, type Plain } from '../escape.ts';
import type { Limits } from '../limits.ts';

/**
 * A button, cleaned and shortened. `tooltip`: what it is for, after its title, or empty. `behind`: it may wait in the
 * menu behind the row.
 */
export type ShownButton = Pick<Button, 'verb' | 'data'> & {
  readonly title: Plain;
  readonly tooltip: Plain;
  readonly style: NonNullable<Button['style']>;
  readonly behind: boolean;
  readonly withInputs: boolean;
};

/** The row of buttons. `asks`: the first that asks before it acts, with its question; it isn't among the others. */
type ShownRow = {
  readonly buttons: readonly ShownButton[];
  readonly asks: { readonly button: ShownButton; readonly question: string } | null;
};

/** Teams shows six buttons in a row; the others go behind its `…`. */
const shownInRow = 6;

/** Buttons in order. A card has one primary button: a second one marked so is shown as an ordinary one. */
export function shownButtons(buttons: readonly Button[], limits: Limits): readonly ShownButton[] {
  const primary = buttons.find(({ style }) => style === 'positive');
  return buttons.slice(0, limits.actions).map((button, index) => ({
    title: plain(button.title, limits.label),
    tooltip: plain(button.about === undefined ? '' : `${button.title}: ${button.about}`, limits.label),
    verb: button.verb,
    data: button.data,
    style: button.style === 'positive' && button !== primary ? 'default' : (button.style ?? 'default'),
    behind: button.behind === true || index >= shownInRow,
    withInputs: button.withInputs !== false,
  }));
}

/** The card's own buttons. What asks first is never behind: it stands beside its question. */
export function shownRow(buttons: readonly Button[] = [], limits: Limits): ShownRow {
  const shown = shownButtons(buttons, limits);
  const at = shown.findIndex((_, index) => asksFirst(buttons[index]));
  const [button, asked] = [shown[at], buttons[at]];
  if (!button || !asked) return { buttons: shown, asks: null };
  return { buttons: shown.toSpliced(at, 1), asks: { button, question: asked.about ?? '' } };
}

function asksFirst(button: Button | undefined): boolean {
  return button?.asksFirst === true && button.style === 'destructive' && shows(button.about);
}
