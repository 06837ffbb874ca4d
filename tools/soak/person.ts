/** What one person does all the time: asks, presses, presses twice, presses old cards, cancels, and types nonsense. */
import { setTimeout as pause } from 'node:timers/promises';
import { actionsOf } from '../../src/lab/teams/card-actions.ts';
import { people, type PersonKey, type Platform, type Seen } from './platform.ts';
import type { Draw } from './random.ts';

/** What a person acts on, and where the results are recorded. */
type SoakContext = {
  readonly platform: Platform;
  readonly vms: readonly string[];
  /** Every status that the bot's endpoint answered with, and how often. */
  readonly statuses: Map<number, number>;
  readonly interactions: Map<string, number>;
};

type Pressed = { readonly place: string; readonly message: string; readonly action: unknown };
type Person = SoakContext & { readonly draw: Draw; readonly old: Pressed[] };
type Interaction = (person: Person) => Promise<void>;

const timeoutMs = 6_000;
const lookAgainMs = 150;

const interactions: readonly (readonly [number, string, Interaction])[] = [
  [6, 'backup, then a button', (person) => converse(person, `backup ${person.draw.pick(person.vms)}`)],
  [4, 'backup now', (person) => converse(person, `backup now ${person.draw.pick(person.vms)}`)],
  [2, 'two people back up one VM', together],
  [1, 'several at once', (person) => converse(person, `backup ${three(person).join(' ')}`)],
  [3, 'a view', (person) => converse(person, viewOf(person))],
  [2, 'an old card', pressOld],
  [2, 'a repeat by the platform', repeat],
  [1, 'nonsense', (person) => converse(person, nonsense(person.draw))],
];

/** Acts until `isOver`, with pauses like people. */
export async function act(stage: SoakContext, draw: Draw, isOver: () => boolean): Promise<void> {
  const person: Person = { ...stage, draw, old: [] };
  while (!isOver()) {
    const [name, interaction] = draw.weighed(interactions.map(([weight, ...rest]) => [weight, rest] as const));
    stage.interactions.set(name, (stage.interactions.get(name) ?? 0) + 1);
    await interaction(person);
    await pause(200 + draw.below(1500));
  }
}

/** Says something in a new thread, waits for the card, and continues with it for a while. */
async function converse(person: Person, text: string): Promise<void> {
  const { platform, draw } = person;
  const as = draw.pick(people);
  const where = draw.share() < 0.25 ? `a:lab-${as}` : 'general';
  const said = await platform.say(as, where, text);
  note(person, said.status);
  for (let n = draw.below(4); n >= 0; n--) {
    const card = await settled(person, { as, place: said.conversation });
    if (!card || !(await pressSome(person, { as, place: said.conversation, card }))) return;
    if (draw.share() < 0.1)
      note(person, (await platform.say(as, said.conversation, draw.pick(['back', 'cancel', 'again', '7']))).status);
  }
}

/** The newest card, once nothing on it is running, or as it is when the time is up. */
async function settled(person: Person, at: { as: PersonKey; place: string }): Promise<Seen | null> {
  const end = performance.now() + timeoutMs;
  let newest: Seen | null = null;
  while (performance.now() < end) {
    const all = await person.platform.messages(at.as, at.place);
    newest = all.findLast(({ from, card, deleted }) => from.person === null && card && !deleted) ?? null;
    if (newest && !newest.card?.fallbackText?.startsWith('⏳')) return newest;
    await pause(lookAgainMs);
  }
  return newest;
}

type At = { readonly as: PersonKey; readonly place: string; readonly card: Seen };

/** Presses a button of a card: sometimes twice at once, sometimes as somebody else. False if there is none. */
async function pressSome(person: Person, { as, place, card }: At): Promise<boolean> {
  const { draw, platform } = person;
  const buttons = actionsOf(card.card).filter(({ action }) => action.type === 'Action.Execute');
  if (buttons.length === 0) return false;
  const chosen = draw.pick(buttons);
  const pressed = { place, message: card.id, action: wholeAction(chosen, draw) };
  person.old.push(pressed);
  if (person.old.length > 40) person.old.shift();
  const who = place.startsWith('a:') || draw.share() < 0.7 ? as : draw.pick(people);
  const times = draw.share() < 0.3 ? 2 : 1;
  const replies = await Promise.all(Array.from({ length: times }, () => platform.press(who, pressed)));
  for (const reply of replies) if (reply) note(person, reply.status);
  return true;
}

/** The button with its inputs as preset, or with another choice. */
function wholeAction({ action, inputs }: ReturnType<typeof actionsOf>[number], draw: Draw): unknown {
  const filled = inputs.flatMap((input): [string, unknown][] => {
    const id = String(input['id'] ?? '');
    const choices = (input['choices'] as { value: string }[] | undefined) ?? [];
    const value = choices.length > 0 && draw.share() < 0.4 ? draw.pick(choices).value : input['value'];
    return id === '' || value === undefined ? [] : [[id, value]];
  });
  const own = typeof action['data'] === 'object' ? (action['data'] as object) : {};
  const { type, verb, title } = action as { type: string; verb?: unknown; title?: unknown };
  return {
    type,
    verb: String(verb ?? ''),
    title: String(title ?? ''),
    data: { ...own, ...Object.fromEntries(filled) },
  };
}

async function together(person: Person): Promise<void> {
  const vm = person.draw.pick(person.vms);
  await Promise.all([converse(person, `backup now ${vm}`), converse(person, `backup now ${vm}`)]);
}

/** A card that somebody left open hours ago, or a client that is behind. */
async function pressOld(person: Person): Promise<void> {
  if (person.old.length === 0) return;
  const pressed = person.draw.pick(person.old);
  const as = people.find((key) => pressed.place === `a:lab-${key}`) ?? person.draw.pick(people);
  const reply = await person.platform.press(as, pressed);
  if (reply) note(person, reply.status);
}

async function repeat(person: Person): Promise<void> {
  const reply = await person.platform.repeat(person.draw.below(10)).catch(() => null);
  if (reply) note(person, reply.status);
}

function three({ draw, vms }: Person): string[] {
  return [draw.pick(vms), draw.pick(vms), draw.pick(vms)];
}

function viewOf({ draw, vms }: Person): string {
  const words = [
    'status',
    'jobs',
    'jobs failed',
    'jobs running',
    'vaults',
    'policies',
    'protected',
    'unprotected',
    'help',
    'policy new',
  ];
  const about = ['status', 'job', 'cancel', 'access'].map((word) => `${word} ${draw.pick(vms)}`);
  return `backup ${draw.pick([...words, ...about])}`;
}

function nonsense(draw: Draw): string {
  const letters = Array.from({ length: 1 + draw.below(60) }, () => String.fromCodePoint(32 + draw.below(0x2fff)));
  return draw.pick([
    letters.join(''),
    'backup',
    'backup now',
    'stauts',
    'backup ../../etc',
    '${1+1} <at>Kluis</at> *x*',
  ]);
}

function note({ statuses }: Person, status: number): void {
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
}
