/** `backup watch` and `backup unwatch`: whether failed backups are posted where it is typed, and which. */
import type { Scope } from '../../alerts/alert.ts';
import { ownOf } from '../../core/own-of.ts';
import { severities, type Severity } from '../../core/severity.ts';
import type { Button, CardMessage } from '../../message/card-data.ts';
import { words, type Words } from '../../message/words.ts';
import { addWatch, removeWatch, vaultsWithUntold } from '../../store/alerts.ts';
import { conversationById, type Conversation } from '../../store/conversations.ts';
import { outsideThreads } from '../channel-places.ts';
import { postOpen } from '../alerts/show-alert.ts';
import { record } from '../record.ts';
import type { Turn } from '../turn-context.ts';

/** The sweep finds the rest. */
const maxVaults = 200;
const facetOf = {
  vault: 'vault',
  subscription: 'subscription',
  group: 'resourceGroup',
  tag: 'tag',
  severity: 'severity',
} as const;
type Narrowed = { readonly facet: keyof typeof facetOf; readonly value: string };

/** It concerns everybody in the channel, so all of them see who requested it; not everybody can. */
export function watchCard(turn: Turn, { word, args }: Watch): Promise<CardMessage> {
  return word === 'watch' ? watchHere(turn, args) : unwatchHere(turn);
}

type Watch = { readonly word: 'watch' | 'unwatch'; readonly args: readonly string[] };

/** From now on failed backups are posted in this channel or chat, and the open ones at once. */
async function watchHere(turn: Turn, asked: readonly string[]): Promise<CardMessage> {
  const { unit, inbound } = turn;
  const said = words(turn.context);
  const read = asked.filter((word) => !/^(all|alles|everything)$/i.test(word)).map(narrowedBy);
  const bad = read.findIndex((one) => one === null);
  if (bad >= 0) return badWord(said, asked[bad] ?? '');
  const narrowed = read as Narrowed[];
  const match: Scope[number] = Object.fromEntries(narrowed.map(({ facet, value }) => [facetOf[facet], value]));
  const at = await placeOf(turn);
  await addWatch(unit.q, { conversation: at.id, scope: [match] }, inbound.person);
  await note(turn, 'watch', { place: at.id, scope: match });
  const open = await postOpen(turn, [{ at, scope: [match] }]);
  const vaults = await vaultsWithUntold(unit.q, maxVaults).execute();
  for (const { vault_id: id } of vaults) unit.wake({ to: 'alert', id });
  const scope = narrowed
    .map(({ facet, value }) =>
      facet === 'severity' ? said.say(`watch.severity.${value as Severity}`) : said.say(`watch.${facet}`, { value }),
    )
    .join(' · ');
  const { daily } = turn.deps.forecast;
  const text = [
    said.say('watch.text', { scope: scope || said.say('watch.everything') }),
    ...(daily === null ? [] : [said.say('watch.daily', { time: daily })]),
    vaults.length > 0 ? said.say('watch.follows') : said.say('watch.open', { count: open }),
  ];
  const buttons = [press(said.say('button.unwatch'), 'backup unwatch')];
  return { template: 'notice', data: { mark: 'ok', title: said.say('watch.on'), text, buttons } };
}

/** A button that types a command. */
function press(title: string, command: string): Button {
  return { title, verb: 'command', data: { command }, withInputs: false };
}

/** A word without a facet names a vault. */
function narrowedBy(word: string): Narrowed | null {
  const at = word.indexOf(':');
  if (at < 0) return /^[\w.*?-]{1,100}$/.test(word) ? { facet: 'vault', value: word } : null;
  const [name, value] = [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
  const known = ownOf(facetOf, name);
  if (known === 'severity') {
    const severity = severities.find((one) => one === value.toLowerCase());
    return severity ? { facet: 'severity', value: severity } : null;
  }
  return known && value !== '' && value.length <= 200 ? { facet: name as Narrowed['facet'], value } : null;
}

function badWord({ say }: Words, word: string): CardMessage {
  return {
    template: 'notice',
    data: { mark: 'stopped', title: say('watch.bad', { word: word.slice(0, 30) }), text: [say('watch.bad-text')] },
  };
}

/** The channel itself if it is typed in one of its threads, since each alert starts its own thread. */
async function placeOf({ deps, unit, inbound }: Turn): Promise<Conversation> {
  const here = await conversationById(unit.q, inbound.conversation.id);
  if (!here) throw new Error('the conversation of a turn is not stored');
  return outsideThreads({ deps, unit }, here);
}

/** Stops that. A command doesn't override what `kluis.yaml` says. */
async function unwatchHere(turn: Turn): Promise<CardMessage> {
  const { deps, unit, inbound } = turn;
  const { say } = words(turn.context);
  const at = await placeOf(turn);
  const was = await removeWatch(unit.q, at.id);
  if (was) await note(turn, 'unwatch', { place: at.id });
  if (deps.alertRoutes.some(({ channel }) => channel === at.channel))
    return notice('info', { title: say('watch.by-file'), text: say('watch.by-file-text') }, []);
  const again = press(say('button.watch'), 'backup watch');
  if (!was) return notice('info', { title: say('watch.was-off') }, [again]);
  return notice('ok', { title: say('watch.off'), text: say('watch.off-text', { who: inbound.person.name }) }, [again]);
}

function notice(mark: 'ok' | 'info', said: { title: string; text?: string }, buttons: Button[]): CardMessage {
  const { title, text } = said;
  return { template: 'notice', data: { mark, title, text: text === undefined ? [] : [text], buttons } };
}

async function note({ deps, unit, inbound }: Turn, move: string, detail: object): Promise<void> {
  const operation = { id: null, digest: '', requester: inbound.person };
  await record(unit, { now: deps.clock.now(), what: 'alert', operation, detail: { move, ...detail } });
}
