/** The card of `backup leftovers`. Pure. */
import type { Block, CardMessage } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../wording/ruled-words.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { groupOf } from '../../../core/arm-id.ts';
import { listTagged } from '../../../core/drill-tag.ts';
import { dialogButton } from '../../dialogs/dialog-buttons.ts';
import { because } from '../../dialogs/said.ts';
import { tagCommand } from '../../restored/found-words.ts';
import type { GroupLeft, Leftover, LeftKnown } from './leftovers.ts';

type LeftDrawing = Drawing<LeftKnown>;

/** How many are named. */
const maxNamed = 12;

/** Renders it. */
export function drawLeftovers(drawing: LeftDrawing): CardMessage {
  const { known, words, status, next } = drawing;
  if (status === 'checking' || next === 'found' || !known.found)
    return { template: 'notice', data: { mark: 'busy', title: words.say('view.looking') } };
  const { groups } = known.found;
  const all = groups.flatMap(({ left }) => left ?? []);
  return all.length === 0 ? noneCard(drawing, groups) : leftCard(drawing, groups, all);
}

function noneCard(drawing: LeftDrawing, groups: readonly GroupLeft[]): CardMessage {
  const { say } = drawing.words;
  const unread = unreadText(drawing.words, groups);
  const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
  const close = dialogButton(drawing, { title: say('button.close'), verb: 'cancel' });
  const title = say(unread.length > 0 ? 'leftovers.unread-title' : 'leftovers.none');
  return {
    template: 'notice',
    data: { mark: unread.length > 0 ? 'unknown' : 'ok', title, text: unread, buttons: [again, close] },
  };
}

function leftCard(drawing: LeftDrawing, groups: readonly GroupLeft[], all: readonly Leftover[]): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const known = all.filter(({ of }) => of !== null);
  const data = { go: 'delete-drill' };
  const go = dialogButton(drawing, { title: say('button.delete-left'), verb: 'submit', data, style: 'destructive' });
  const isOffered = known.length > 0 && !isBlockedOffer(drawing, 'delete-drill');
  return {
    template: 'sheet',
    data: {
      mark: 'warn',
      title: say('leftovers.title', { count: all.length }),
      why: say('leftovers.why', { count: all.length }),
      body: [
        ...because(drawing),
        ...blockedOfferBlocks(words, drawing.blockedOffers),
        ...listOf(words, known),
        ...untaggedBlocks(words, groups),
        ...unknownBlocks(words, groups),
        ...unreadText(words, groups).map((text): Block => ({ kind: 'text', text, tone: 'strong' })),
      ],
      buttons: [
        ...(isOffered ? [go] : []),
        dialogButton(drawing, { title: say('button.check-again'), verb: 'again' }),
        dialogButton(drawing, { title: say('button.close'), verb: 'cancel' }),
      ],
      line: groups.flatMap(({ group, left }) => (left?.length ? [group.name] : [])).join(' · '),
    },
  };
}

function listOf(words: Words, known: readonly Leftover[]): Block[] {
  if (known.length === 0) return [];
  const items = known.slice(0, maxNamed).map(({ name, of }) => ({
    text: name,
    note: words.say('leftovers.of', { vm: of?.vm.name ?? '' }),
  }));
  const rest = known.length - items.length;
  const more: Block[] =
    rest > 0 ? [{ kind: 'text', text: words.say('home.more', { count: rest }), tone: 'quiet' }] : [];
  return [{ kind: 'list', items }, ...more];
}

/** Disks that a drill restored and couldn't tag: the database knows whose they are, but nothing may delete them. */
function untaggedBlocks(words: Words, groups: readonly GroupLeft[]): Block[] {
  return groups.flatMap(({ group, left }): Block[] => {
    const disks = (left ?? []).flatMap(({ name, untagged }) => (untagged ? [{ name, ...untagged }] : []));
    return [...Map.groupBy(disks, ({ job }) => job)].flatMap(([job, own]): Block[] => {
      const what = words.names(
        own.map(({ name }) => name),
        maxNamed,
      );
      const text = words.say('leftovers.untagged', { what, vm: own[0]?.vm ?? '' });
      return [
        { kind: 'text', text, tone: 'strong' },
        { kind: 'code', lines: [tagCommand(group.name, job)] },
      ];
    });
  });
}

/** What isn't recorded in any row is for a person to check: Kluis deletes nothing because of its tag alone. */
function unknownBlocks(words: Words, groups: readonly GroupLeft[]): Block[] {
  return groups.flatMap(({ group, left }): Block[] => {
    const names = (left ?? []).flatMap(({ name, of, untagged }) => (of || untagged ? [] : [name]));
    if (names.length === 0) return [];
    const command = listTagged(groupOf(group.id)?.subscription ?? '<subscription ID>');
    return [
      { kind: 'text', text: words.say('leftovers.unknown', { what: words.names(names, maxNamed) }) },
      { kind: 'code', lines: [command] },
    ];
  });
}

function unreadText(words: Words, groups: readonly GroupLeft[]): string[] {
  const unread = groups.flatMap(({ group, left }) => (left === null ? [group.name] : []));
  return unread.length === 0 ? [] : [words.say('leftovers.unread', { groups: words.names(unread, 5) })];
}
