import { z } from 'zod';
import { refuse } from '../core/refusal.ts';
import { flow } from '../dialog/flow.ts';
import type { Json } from '../core/json.ts';
import type { Button, CardMessage } from '../message/card-data.ts';
import type { DialogKind, Drawing } from '../operations/dialogs/dialog-kind.ts';
import type { Estate } from '../operations/dialogs/estate.ts';
import type { View } from '../views/view.ts';

/** What a view's dialog knows. `found` contains the time of the read. */
type ViewKnown = {
  readonly args: readonly string[];
  readonly found: { readonly result: Json; readonly at: string };
  readonly filter: string;
  readonly page: string;
  readonly [step: string]: unknown;
};

const argsInput = z.array(z.string().max(300)).max(50);
const filterInput = z.string().max(200);
const pageInput = z.string().regex(/^[1-9]\d{0,3}$/);

/** A view as a dialog: read, then filter and page for as long as somebody wants to; it never starts anything. */
export function viewDialog(view: View): DialogKind<ViewKnown> {
  return {
    flow: flow<ViewKnown, Estate>({
      name: view.name,
      steps: [
        { kind: 'ask', id: 'args', parse: (input) => valueOf(argsInput.safeParse(input)) },
        {
          kind: 'find',
          id: 'found',
          ...(view.shape !== undefined && { shape: view.shape }),
          lookup: async ({ args }, estate) => {
            const at = estate.azureNow().toISOString();
            return { result: await view.query(args, estate), at };
          },
        },
        { kind: 'ask', id: 'filter', preset: () => '', parse: (input) => valueOf(filterInput.safeParse(input)) },
        { kind: 'ask', id: 'page', preset: () => '1', parse: (input) => valueOf(pageInput.safeParse(input)) },
        { kind: 'ask', id: 'more', parse: () => refuse('not-offered') },
      ],
    }),
    draw: (drawing) => drawView(view, drawing),
    opensFor: () => [],
    about: ({ args = [] }) => [`backup ${view.command.word}`, ...args].join(' '),
    answers: ['filter', 'page'],
  };
}

function valueOf(parsed: { success: boolean; data?: Json }) {
  return parsed.success && parsed.data !== undefined ? { value: parsed.data } : refuse('not-offered');
}

function drawView(view: View, drawing: Drawing<ViewKnown>): CardMessage {
  const { words, known, now } = drawing;
  const { say } = words;
  const button = (made: { title: string; verb: string; data?: Button['data'] }): Button => ({
    ...made,
    data: { ...made.data, dialog: drawing.dialog, revision: drawing.revision },
    withInputs: made.verb === 'submit',
  });
  if (!known.found) return { template: 'notice', data: { mark: 'busy', title: say('view.looking') } };
  const page = Number(known.page ?? '1');
  const pages = (count: number) => [
    ...(page > 1
      ? [button({ title: say('button.page-before'), verb: 'submit', data: { page: String(page - 1) } })]
      : []),
    ...(page < count
      ? [button({ title: say('button.page-next'), verb: 'submit', data: { page: String(page + 1) } })]
      : []),
  ];
  const looking = { page, filter: known.filter ?? '' };
  const readAt = new Date(known.found.at);
  return view.draw({ words, result: known.found.result, looking, readAt, now, button, pages });
}
