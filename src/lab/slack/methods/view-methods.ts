import { createHash, randomBytes } from 'node:crypto';
import { notJson } from '../call-arguments.ts';
import { checkView } from '../blocks/check-view.ts';
import { isFields, listOf, textOf, type Fields } from '../fields.ts';
import type { SlackSpace } from '../slack-space.ts';
import type { SlackView } from '../slack-state.ts';
import { wireView } from '../wire-view.ts';
import { isRefused, refused, refusedFor, type Call, type Method, type MethodAnswer, type Refused } from './method.ts';
import { withIds } from './message-content.ts';

/** views.*: modals and the home tab. */
export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': { scopes: [], run: open },
  'views.push': { scopes: [], run: push },
  'views.update': { scopes: [], run: update },
  'views.publish': { scopes: [], run: publish },
};

const deepest = 3;
const maxView = 250_000;

function open(call: Call): MethodAnswer {
  const { space, triggers } = call.parts;
  const view = viewFrom(call, 'modal');
  if (isRefused(view)) return view;
  const trigger = triggers.exchange(textOf(call.args['trigger_id']));
  if ('error' in trigger) return refused(trigger.error);
  space.state.modals = space.state.modals.filter(({ person }) => person !== trigger.person);
  return shown(space, addModal(space, { person: trigger.person, view }));
}

function push(call: Call): MethodAnswer {
  const { space, triggers } = call.parts;
  const view = viewFrom(call, 'modal');
  if (isRefused(view)) return view;
  const trigger = triggers.exchange(textOf(call.args['trigger_id']));
  if ('error' in trigger) return refused(trigger.error);
  const stack = space.state.modals.filter(({ person }) => person === trigger.person);
  const top = stack.at(-1);
  if (!top || !trigger.viewId) return refused('not_found');
  if (stack.length >= deepest) return refused('push_limit_reached');
  return shown(space, addModal(space, { person: trigger.person, view, below: top }));
}

function update(call: Call): MethodAnswer {
  const { args, parts } = call;
  const view = viewFrom(call, 'modal');
  if (isRefused(view)) return view;
  const [id, external] = [textOf(args['view_id']), textOf(args['external_id'])];
  if (!id && !external) return refusedFor('invalid_arguments', ['missing required field: view_id']);
  const found = parts.space.state.modals.find((each) => (id ? each.id === id : each.view['external_id'] === external));
  if (!found) return refused('not_found');
  const hash = textOf(args['hash']);
  if (hash && hash !== found.hash) return refused('hash_conflict');
  return shown(parts.space, replaceView(parts.space, found, view));
}

function publish(call: Call): MethodAnswer {
  const { args, parts } = call;
  const { space } = parts;
  const person = space.personById(textOf(args['user_id']));
  if (!person) return refused('user_not_found');
  const view = viewFrom(call, 'home');
  if (isRefused(view)) return view;
  const present = space.state.homes[person];
  const hash = textOf(args['hash']);
  if (hash && present && hash !== present.hash) return refused('hash_conflict');
  if (present) return shown(space, replaceView(space, present, view));
  const id = space.nextId('V');
  const home: SlackView = { id, person, view, hash: newHash(view), rootId: id, previousId: null };
  space.state.homes[person] = home;
  space.viewsChanged(home);
  return shown(space, home);
}

function viewFrom({ args }: Call, type: 'modal' | 'home'): Fields | Refused {
  const view = args['view'];
  if (view === undefined) return refusedFor('invalid_arguments', ['missing required field: view']);
  if (view === notJson || !isFields(view))
    return refusedFor('invalid_arguments', ['must be a valid view [json-pointer:/view]']);
  return checkedView(view, type);
}

/** The view with an ID for each block that has none, or what is wrong with it. */
export function checkedView(view: Fields, type: 'modal' | 'home'): Fields | Refused {
  if (JSON.stringify(view).length > maxView) return refused('view_too_large');
  const found = checkView(view, type);
  if (found.length > 0) return refusedFor('invalid_arguments', found);
  return { ...view, blocks: withIds(listOf(view['blocks'])) };
}

/** Shows a modal to a person. */
export function addModal(
  space: SlackSpace,
  { person, view, below }: { person: SlackView['person']; view: Fields; below?: SlackView },
): SlackView {
  const id = space.nextId('V');
  const made: SlackView = {
    id,
    person,
    view,
    hash: newHash(view),
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
  };
  space.state.modals.push(made);
  space.viewsChanged(made);
  return made;
}

/** Replaces a view's content, with a new hash. */
export function replaceView(space: SlackSpace, present: SlackView, view: Fields): SlackView {
  Object.assign(present, { view, hash: newHash(view) });
  space.viewsChanged(present);
  return present;
}

function newHash(view: Fields): string {
  const digest = createHash('sha256').update(JSON.stringify(view)).update(randomBytes(8)).digest('hex');
  return `${Math.floor(Date.now() / 1000)}.${digest.slice(0, 8)}`;
}

function shown({ state }: SlackSpace, view: SlackView): MethodAnswer {
  return { ok: true, view: wireView(state, view) };
}
