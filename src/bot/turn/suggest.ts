import { z } from 'zod';
import { everyChoice } from '../../message/choices.ts';
import type { Deps } from '../deps.ts';
import { cardOf } from '../dialog-card.ts';
import type { Suggest } from '../port.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import { loadDialog } from '../stored-dialog.ts';

/** A list of a dialog's card: the dialog's id, and the input's. */
const asked = z.tuple([z.uuid(), z.string().max(40)]);

/**
 * Answers a type-ahead in a list that is longer than its card, from what the dialog has read, so that it comes
 * within the time that a client waits; what takes a right is among them where the card offers it. Every word has
 * to be somewhere in the title.
 */
export function suggester(deps: Deps): Suggest {
  return async ({ dataset, text, limit }) => {
    const { data } = asked.safeParse(dataset.split('/'));
    const dialog = data ? await loadDialog(deps.database.db, data[0]) : null;
    if (!data || dialog?.state.status !== 'open') return [];
    const rights = await rightsOf(deps, dialog.actor, dialog.channel);
    const choices = everyChoice(cardOf(deps, dialog, { because: null, trouble: null, rights }), data[1]);
    const wanted = text.toLowerCase().split(/\s+/);
    return choices.filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word))).slice(0, limit);
  };
}
