import { z } from 'zod';
import { alertChoices, alertSearch } from '../../alerts/alert-card.ts';
import { everyChoice } from '../../message/choices.ts';
import { words } from '../../message/words.ts';
import { openAlerts } from '../../store/alerts.ts';
import type { Deps } from '../deps.ts';
import { cardOf } from '../dialog/dialog-card.ts';
import type { Suggest } from '../port.ts';
import { everyVm, vmChoices } from './every-vm.ts';
import { viewRefusal } from '../rights/gate.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import { loadDialog } from '../stored-dialog.ts';

/** A list on a dialog's card: the dialog's ID, and the input's. */
const asked = z.tuple([z.uuid(), z.string().max(40)]);

/**
 * Answers a type-ahead of anyone who can view in a list that is longer than its card, from what the dialog has read, or
 * with the VMs of the estate as listed, so that it is fast enough for the client; offers that need a permission are
 * included if the card offers them. Every word has to be somewhere in the title.
 */
export function suggester(deps: Deps): Suggest {
  return async ({ dataset, own, text, limit, by }) => {
    if (!by || viewRefusal(await rightsOf(deps, by, null))) return [];
    return fitting(own ?? (await choicesOf(deps, dataset)), text).slice(0, limit);
  };
}

async function choicesOf(deps: Deps, dataset: string): Promise<Choices> {
  if (dataset === everyVm) return vmChoices(deps.database.db);
  const ofAlert = dataset.startsWith(`${alertSearch}/`) ? dataset.slice(alertSearch.length + 1) : null;
  if (ofAlert !== null) return affectedBy(deps, ofAlert);
  const { data } = asked.safeParse(dataset.split('/'));
  const dialog = data ? await loadDialog(deps.database.db, data[0]) : null;
  if (!data || dialog?.state.status !== 'open') return [];
  const rights = await rightsOf(deps, dialog.actor, dialog.channel);
  return everyChoice(cardOf(deps, dialog, { because: null, trouble: null, rights }), data[1]);
}

/** What can be picked on an alert's card. */
async function affectedBy(deps: Deps, id: string): Promise<Choices> {
  const open = await openAlerts(deps.database.db);
  const stored = open.find(({ alert }) => alert.id === id);
  if (!stored) return [];
  const { alert } = stored;
  const said = words({ locale: 'en', timeZone: 'UTC', simulated: false });
  return alertChoices({ words: said, alert, affected: alert.affected, now: deps.clock.now() });
}

type Choices = readonly { readonly title: string; readonly value: string }[];

function fitting(choices: Choices, text: string): Choices {
  const wanted = text.toLowerCase().split(/\s+/);
  return choices.filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)));
}
