/** The card that asks for a recovery point, and the one if there is none. Pure. */
import type { Button, CardMessage, Input, Section } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { dialogButton, navigation } from '../../dialogs/dialog-buttons.ts';
import { because } from '../../dialogs/said.ts';
import { guardBlocks } from '../../dialogs/guard.ts';
import { deletedBlocks, keyBlocks } from './cautions.ts';
import { dailyRestores } from '../../../readiness/restores/restore-points.ts';
import { offeredPoints, type RestoreKnown } from './choice.ts';
import type { Restorable, RestorePoint } from './found.ts';
import { tierOf, tierText } from '../../wording/point-tier.ts';

type RestoreDrawing = Pick<
  Drawing,
  'words' | 'now' | 'dialog' | 'revision' | 'canGoBack' | 'because' | 'next' | 'earlier'
>;
type PointDrawing = RestoreDrawing & { readonly known: Pick<Partial<RestoreKnown>, 'point'> };

/** The list of these points, the chosen one first; a chosen one that has disappeared is reported. */
export function pointInput(drawing: PointDrawing, offered: readonly RestorePoint[]): Input {
  const { words, known, next, earlier, because: why } = drawing;
  const { say } = words;
  const before = known.point ?? (next === 'point' ? earlier : undefined);
  const chosen = offered.find(({ name }) => name === before)?.name;
  const isGone = before !== undefined && chosen === undefined && why?.refused === 'got-worse';
  return {
    kind: 'pick',
    id: 'point',
    label: say('input.point'),
    choices: offered.map((point) => ({ title: pointText(drawing, point), value: point.name })),
    value: chosen ?? offered[0]?.name ?? '',
    style: 'filtered',
    required: say('input.point-required'),
    ...(isGone && { error: say('input.restore-gone') }),
  };
}

/** Renders the question which point. */
export function pointCard(drawing: PointDrawing, restorable: Restorable): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const offered = offeredPoints({ restorable, several: [], unread: [] });
  const go = dialogButton(drawing, { title: say('button.continue'), verb: 'submit', style: 'positive' });
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('restore.which', { vm: restorable.calledAs }),
      why:
        restorable.day === null ? say('restore.disks-only') : say('restore.around', { day: words.day(restorable.day) }),
      body: [
        ...because(drawing),
        ...deletedBlocks(words, restorable),
        ...keyBlocks(words, restorable),
        ...guardBlocks(words, restorable),
      ],
      inputs: [pointInput(drawing, offered), ...dayInputs(words, restorable)],
      buttons: [go, ...dayButtons(drawing, restorable), ...navigation(drawing)],
      line: lineOf(words, restorable),
      details: blockedSection(drawing, restorable),
    },
  };
}

/** The fields for naming a day, if not all points are listed. */
function dayInputs({ say }: Words, { day, more }: Restorable): Input[] {
  if (more === 0) return [];
  return [
    {
      kind: 'date',
      id: 'day',
      label: say('input.restore-day'),
      ...(day !== null && { value: day }),
    },
  ];
}

function dayButtons(drawing: RestoreDrawing, { more }: Restorable): Button[] {
  const title = drawing.words.say('button.show-day');
  return more === 0 ? [] : [dialogButton(drawing, { title, verb: 'submit', data: { show: 'day' } })];
}

function pointText({ words, now }: RestoreDrawing, point: RestorePoint): string {
  const { say } = words;
  const { time, consistency, encrypted, softDeleted } = point;
  const at = new Date(time);
  const age = words.duration(now.getTime() - at.getTime());
  const kind = consistencyOf(words, consistency);
  const deleted = softDeleted ? [say('restore.soft-deleted')] : [];
  const locked = encrypted === false ? [] : [say(encrypted ? 'restore.encrypted' : 'restore.encryption-unknown')];
  return [
    say('restore.row', { at: words.dateTime(at), age }),
    kind,
    tierText(words, tierOf(point)),
    ...deleted,
    ...locked,
  ].join(' · ');
}

function consistencyOf({ say }: Words, consistency: string | null): string {
  if (/^AppConsistent$/i.test(consistency ?? '')) return say('consistency.application');
  if (/^FileSystemConsistent$/i.test(consistency ?? '')) return say('consistency.file-system');
  return say(/^CrashConsistent$/i.test(consistency ?? '') ? 'consistency.crash' : 'consistency.unknown');
}

/** What can't be chosen, and why; and that others aren't listed. */
function blockedSection(drawing: RestoreDrawing, { points, more, day }: Restorable): Section[] {
  const { words } = drawing;
  const rows = points.flatMap((point) =>
    point.blocked === null ? [] : [{ text: pointText(drawing, point), note: words.say(`restore.${point.blocked}`) }],
  );
  const older =
    more > 0 ? [{ text: words.say(day === null ? 'restore.older' : 'restore.other', { count: more }) }] : [];
  const items = [...rows, ...older];
  return items.length > 0 ? [{ title: words.say('restore.not-offered'), body: [{ kind: 'list', items }] }] : [];
}

/** Nothing can be restored now. */
export function nothingCard(drawing: RestoreDrawing, restorable: Restorable): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const vm = restorable.calledAs;
  const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again' });
  const close = dialogButton(drawing, { title: say('button.close'), verb: 'cancel' });
  const data = { command: `backup undelete ${restorable.vm.id}` };
  const undelete: Button = {
    title: say('button.undelete'),
    verb: 'command',
    data,
    withInputs: false,
    style: 'positive',
  };
  const isUsedUp = (restorable.today ?? 0) >= dailyRestores;
  if (!isUsedUp && restorable.day !== null && restorable.more > 0) return noneThenCard(drawing, restorable);
  const what = restorable.deleted ? 'backups.deleted' : 'restore.no-points';
  const buttons = [...(restorable.deleted ? [undelete] : []), again, close];
  return {
    template: 'sheet',
    data: {
      mark: 'block',
      title: isUsedUp ? say('restore.used-up', { vm, count: dailyRestores }) : say(what, { vm }),
      buttons,
      details: blockedSection(drawing, restorable),
    },
  };
}

/** There are points, but none of the named day. */
function noneThenCard(drawing: RestoreDrawing, restorable: Restorable): CardMessage {
  const { words } = drawing;
  const title = words.say('restore.none-then', { vm: restorable.calledAs, day: words.day(restorable.day ?? '') });
  const show = dayButtons(drawing, restorable).map((button) => ({ ...button, style: 'positive' as const }));
  return {
    template: 'sheet',
    data: {
      mark: 'info',
      title,
      inputs: dayInputs(words, restorable),
      buttons: [...show, ...navigation(drawing, 'button.close')],
      line: lineOf(words, restorable),
      details: blockedSection(drawing, restorable),
    },
  };
}

function lineOf({ say }: Words, { today, vaultName }: Restorable): string {
  const left =
    today === null ? say('restore.left-unread') : say('restore.left', { left: Math.max(0, dailyRestores - today) });
  return [vaultName, left].join(' · ');
}
