/** The card of the backup dialog, for each question and each end. Pure: the same state always gives the same card. */
import { sharedNames } from '../../../../core/vm-target.ts';
import type { CardMessage } from '../../../../message/card-data.ts';
import { regionName } from '../../../../message/wording/region-names.ts';
import { unreadLines } from '../../../../message/unread-words.ts';
import { titleAndRest } from '../../../../message/verdict-texts.ts';
import type { Words } from '../../../../message/words.ts';
import { searchIn } from '../../../dialogs/dialog-kind.ts';
import type { Candidate } from '../candidates.ts';
import { dialogButton, navigation } from '../../../dialogs/dialog-buttons.ts';
import type { BackupDrawing } from './drawing.ts';
import { disksCard } from './disks-card.ts';
import { readinessCard } from './readiness-card.ts';
import { powerWord } from './readiness-lines.ts';
import { sureCard } from './sure-card.ts';

const maxRows = 20;

/** Renders the dialog's card. */
export function drawBackup(drawing: BackupDrawing): CardMessage {
  const { known, next, status } = drawing;
  if (
    status === 'checking' ||
    next === null ||
    next === 'candidates' ||
    next === 'reading' ||
    next === 'narrowed' ||
    next === 'place'
  )
    return lookingCard(drawing);
  if (next === 'vm')
    return known.candidates?.vms.length ? severalCard(drawing, known.candidates.vms) : noneCard(drawing);
  if (next === 'disks') return disksCard(drawing);
  return next === 'sure' ? sureCard(drawing) : readinessCard(drawing);
}

function lookingCard(drawing: BackupDrawing): CardMessage {
  const { words, because } = drawing;
  const vm = nameIn(drawing);
  const buttons = [dialogButton(drawing, { title: words.say('button.cancel'), verb: 'cancel' })];
  // After the press everything is read again; that is shown differently from the first reading.
  if (drawing.status === 'checking' && !because) {
    const text = [words.say('looking.starting-text')];
    return { template: 'notice', data: { mark: 'busy', title: words.say('looking.starting', { vm }), text, buttons } };
  }
  const text = [...(because ? [words.refusal(because)] : []), words.say('looking.subtitle')];
  return { template: 'notice', data: { mark: 'busy', title: words.say('looking.title', { vm }), text, buttons } };
}

function severalCard(drawing: BackupDrawing, vms: readonly Candidate[]): CardMessage {
  const { words, dialog, revision } = drawing;
  const { say } = words;
  const shortName = (vm: Candidate) => `${vm.resourceGroup}/${vm.name}`;
  // A group may have the same name in two subscriptions, whose own names in Azure aren't read.
  const isShared = sharedNames(vms.map(shortName));
  const nameOf = (vm: Candidate) =>
    isShared(shortName(vm))
      ? `${shortName(vm)} · ${say('watch.subscription', { value: vm.subscription })}`
      : shortName(vm);
  return {
    template: 'choose',
    data: {
      mark: 'ask',
      title: say('find.several', { count: vms.length, name: vms[0]?.name ?? '' }),
      id: 'vm',
      label: say('input.vm'),
      verb: 'submit',
      data: { dialog, revision },
      search: searchIn(dialog, 'vm'),
      button: say('button.choose'),
      required: say('input.vm-required'),
      rows: vms.slice(0, maxRows).map((vm) => ({
        value: vm.id,
        name: nameOf(vm),
        description: [regionName(vm.region), ...machineWords(words, vm), stateOf(say, vm)].join(' · '),
      })),
      more: navigation(drawing, 'button.close'),
    },
  };
}

/** System, size and whether it is running, as far as known. */
function machineWords({ say }: Words, { machine }: Candidate): string[] {
  if (!machine) return [];
  return [machine.os, machine.size, powerWord(say, machine.powerState)].filter((word) => word !== null);
}

function stateOf(say: Words['say'], vm: Candidate): string {
  if (vm.classic) return say('find.row-classic');
  return vm.protectedIn ? say('find.row-protected') : say('find.row-not-protected');
}

/** Nothing has the name: the nearest names, each with a button, and the command that may have been meant. */
function noneCard(drawing: BackupDrawing): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  const { nearest = [], subscriptions = 0, unread = [], listedAt = '', command = null } = known.candidates ?? {};
  const name = known.asked?.target.name ?? '';
  const near = nearest.map((title) => dialogButton(drawing, { title, verb: 'submit', data: { name: title } }));
  const mistyped = command ? say('find.mistyped', { name, command: `backup ${command}` }) : say('find.none', { name });
  const { title, text } = titleAndRest(unread.length > 0 ? say('find.none-read', { name }) : mistyped);
  const buttons = [
    ...(command
      ? [{ title: `backup ${command}`, verb: 'command', data: { command: `backup ${command}` }, withInputs: false }]
      : []),
    ...near,
    ...navigation(drawing, 'button.close'),
  ];
  text.push(say('find.none-text', { count: subscriptions, at: words.dateTime(new Date(listedAt)) }));
  text.push(...unreadLines(words, unread));
  if (near.length > 0) text.push(say('find.none-nearest', { count: near.length }));
  return { template: 'notice', data: { mark: 'ask', title, text, buttons } };
}

/** The VM in question, by its name or as typed. */
export function nameIn({ known }: Pick<BackupDrawing, 'known'>): string {
  return known.reading?.assessment.vm.name ?? known.asked?.target.name ?? '';
}
