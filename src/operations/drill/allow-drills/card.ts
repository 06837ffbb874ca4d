/** The cards of `backup drills`. Pure. */
import { parseArmId } from '../../../core/arm-id.ts';
import type { Block, Button, CardMessage, Input } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../wording/ruled-words.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { seeLeftovers } from '../delete-drill/words.ts';
import { refusalText } from '../../wording/drill-refusal.ts';
import { dialogButton } from '../../dialogs/dialog-buttons.ts';
import { because } from '../../dialogs/said.ts';
import { dayAfter } from '../../dialogs/end-date.ts';
import { startsWords } from './starts-words.ts';
import { maxDays, meantEntry, defaultDays, type DrillsKnown, type Entry, type EntryVm } from './found.ts';

type DrillsDrawing = Drawing<DrillsKnown>;

/** Renders it. */
export function drawDrills(drawing: DrillsDrawing): CardMessage {
  const { known, words, status, next } = drawing;
  if (status === 'checking' || next === 'found' || !known.found)
    return { template: 'notice', data: { mark: 'busy', title: words.say('view.looking') } };
  const entry = meantEntry(known);
  return entry === null ? listCard(drawing, known.found.entries) : entryCard(drawing, entry);
}

function listCard(drawing: DrillsDrawing, entries: readonly Entry[]): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const close = dialogButton(drawing, { title: say('button.close'), verb: 'cancel' });
  if (entries.length === 0)
    return {
      template: 'notice',
      data: {
        mark: 'info',
        title: say('drills.none'),
        text: [say('drills.none-why'), ...leftText(drawing)],
        buttons: [...leftButtons(drawing), close],
      },
    };
  const waiting = entries.filter(({ standing }) => standing !== 'holds').length;
  const rows = entries.slice(0, 10).map((one) => ({
    text: one.entry,
    note: `${one.pattern} · ${standingText(drawing, one)}`,
    button: {
      ...{ title: say('drills.see'), about: one.entry, verb: 'command', withInputs: false },
      data: { command: `backup drills ${one.entry}` },
    },
  }));
  return {
    template: 'sheet',
    data: {
      mark: waiting > 0 ? 'ask' : 'ok',
      title: say('drills.list', { count: entries.length, waiting }),
      body: [...leftText(drawing).map(strong), { kind: 'rows', rows }],
      buttons: [...leftButtons(drawing), close],
    },
  };
}

function entryCard(drawing: DrillsDrawing, entry: Entry): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  const holds = entry.standing === 'holds';
  const go = holds ? 'end-drills' : 'allow-drills';
  const press = dialogButton(drawing, {
    title: say(holds ? 'button.end-drills' : 'button.allow-drills'),
    verb: 'submit',
    data: { go },
    style: holds ? 'destructive' : 'positive',
  });
  return {
    template: 'sheet',
    data: {
      mark: holds ? 'ok' : 'ask',
      title: say(holds ? 'drills.allowed' : 'drills.ask', { name: entry.entry }),
      why: holds ? standingText(drawing, entry) : [standingText(drawing, entry), say('drills.why')].join(' '),
      body: [
        ...because(drawing),
        ...blockedOfferBlocks(words, drawing.blockedOffers),
        ...leftText(drawing).map(strong),
        ...(entry.spoken ? [] : [strong(say('drills.not-spoken'))]),
        ...(known.found?.unread.length ? [strong(say('drills.unread'))] : []),
        ...vmBlocks(drawing, entry),
      ],
      ...(!holds && { inputs: [untilInput(drawing)] }),
      buttons: [
        ...(isBlockedOffer(drawing, go) ? [] : [press]),
        ...leftButtons(drawing),
        dialogButton(drawing, { title: say('button.close'), verb: 'cancel' }),
      ],
      line: [entry.pattern, timesText(words, entry)].join(' · '),
      details: [{ title: say('drills.where'), body: [{ kind: 'facts', facts: placeFacts(words, entry) }] }],
    },
  };
}

function strong(text: string): Block {
  return { kind: 'text', text, tone: 'strong' };
}

/** What ended drills left behind. */
function leftText({ words, known }: DrillsDrawing): string[] {
  const left = known.found?.left ?? [];
  return left.length === 0 ? [] : [words.say('drills.left', { what: words.names(left, 5) })];
}

/** The buttons that open the card which deletes it. */
function leftButtons({ words, known }: DrillsDrawing): Button[] {
  return known.found?.left.length ? [seeLeftovers(words)] : [];
}

/** The state of its standing approval. */
function standingText({ words, now }: DrillsDrawing, { standing, until, by }: Entry): string {
  const at = until === null ? '' : words.dated(new Date(until), now);
  return words.say(`drills.standing-${standing}`, { until: at, by });
}

function timesText(words: Words, { days, starts, atOnce }: Entry): string {
  return words.say('drills.times', { days, starts: startsWords(words, starts), count: atOnce });
}

function vmBlocks(drawing: DrillsDrawing, { vms, count }: Entry): Block[] {
  const { words } = drawing;
  if (count === 0) return [{ kind: 'text', text: words.say('drills.no-vms') }];
  const items = vms.map((vm) => ({ text: vm.name, note: vmNote(drawing, vm) }));
  const rest = count - vms.length;
  const more: Block[] =
    rest > 0 ? [{ kind: 'text', text: words.say('home.more', { count: rest }), tone: 'quiet' }] : [];
  return [{ kind: 'list', items }, ...more];
}

function vmNote({ words, now }: DrillsDrawing, { last, result, next, refused }: EntryVm): string {
  const { say } = words;
  const time = (iso: string) => words.dated(new Date(iso), now);
  const told = last === null ? say('drills.never') : say('drills.last', { at: time(last), result: result ?? '' });
  const then = next === null ? say('drills.now') : say('drills.next', { at: time(next) });
  return [told, then, ...(refused ? [refusalText(words, refused)] : [])].join(' · ');
}

function untilInput({ words: { say }, known }: DrillsDrawing): Input {
  return {
    kind: 'date',
    id: 'until',
    label: say('exception.until', { days: maxDays }),
    required: say('refusal.drills-date'),
    value: known.until ?? dayAfter(known.found?.at ?? '', defaultDays),
  };
}

/** Where an entry's drills go. */
export function placeFacts(
  { say }: Words,
  {
    targetGroup,
    subnet,
    staging,
    keepMs,
    fromVault,
  }: Pick<Entry, 'targetGroup' | 'subnet' | 'staging' | 'keepMs' | 'fromVault'>,
) {
  const subnetName = subnet
    .split('/')
    .slice(-3)
    .filter((one) => one !== 'subnets')
    .join('/');
  return [
    { title: say('drills.group'), value: targetGroup.name },
    { title: say('drills.subnet'), value: subnetName },
    { title: say('drills.staging'), value: parseArmId(staging)?.name ?? staging },
    ...(fromVault ? [{ title: say('closing.point'), value: say('drills.from-vault') }] : []),
    { title: say('drills.kept'), value: say('drills.kept-hours', { hours: Math.round(keepMs / 3_600_000) }) },
  ];
}

/** Opens an entry's card. */
export function seeDrills({ say }: Words, entry: string): Button {
  const data = { command: `backup drills ${entry}` };
  return { title: say('drills.see-all'), about: entry, verb: 'command', data, withInputs: false, style: 'positive' };
}
