import { words, type Words } from '../../message/words.ts';
import type { VmEntry } from '../../azure/gateway.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import { isNamedBy, parseTarget } from '../../core/vm-target.ts';
import type { Link } from '../../message/card-data.ts';
import { portalLink, vaultsLink } from '../../message/portal-link.ts';
import { fitsVerdict, titleAndRest } from '../../message/verdict-texts.ts';
import type { CardMessage, RenderContext } from '../../message/card-data.ts';
import { inventoryOf } from '../../store/inventory.ts';
import { helpAbout, helpSheet } from '../commands/help-sheet.ts';
import type { OperationName } from '../../people/operations.ts';
import { helpLines } from '../commands/commands.ts';
import { guessedCommands, parseCommand, type Command } from '../commands/parse-command.ts';
import { noteTurnRefused } from '../note-refused.ts';
import { refusalText } from '../refusal-text.ts';
import { viewRefusal } from '../rights/gate.ts';
import { commandRefusal } from '../rights/may-open.ts';
import type { SignInOffer } from '../rights/sign-in-offer.ts';
import type { Turn } from '../turn-context.ts';
import { maxVms } from '../../core/one-command.ts';

/** Short answers that belong to no dialog. */

type Notice = Extract<CardMessage, { template: 'notice' }>['data'];

const maxLinks = 5;

/**
 * The help card, by what this person can do here; that of one command if help was requested for it and they can use it.
 */
export function helpCard(turn: Turn, about?: string): CardMessage {
  const rights = turn.rights;
  const may = (operation: OperationName) => (rights?.maySomewhere(operation).gate ?? 'refused') !== 'refused';
  const help = {
    lines: helpLines,
    look: viewRefusal(rights) === null,
    may,
    approves: rights?.approvesSomewhere ?? false,
    gives: (command: string) => rights !== null && commandRefusal(parseCommand(command), rights) === null,
    slack: turn.deps.senders.slack !== undefined,
    platform: turn.inbound.conversation.platform,
    personal: turn.inbound.conversation.kind === 'personal',
    zone: zoneOfChannel(turn),
  };
  return (about && helpAbout(words(turn.context), help, about)) || helpSheet(words(turn.context), help);
}

/** Slack shows each reader their own time, and so does a personal chat. */
function zoneOfChannel({ deps, inbound: { conversation }, context }: Turn): string | undefined {
  const isSet = conversation.channel === null || deps.channels(conversation.channel)?.timeZone;
  return isSet ? undefined : context.timeZone;
}

/** A refusal as a separate card, if there is no card to answer on. */
export function refusalCard(turn: Turn, refusal: Refusal): CardMessage {
  noteTurnRefused(turn, refusal);
  return { template: 'notice', data: { mark: 'stopped', ...refusalText(words(turn.context), refusal) } };
}

/** For everybody, below a question without a result, because the person who asked it isn't linked. */
export function askerUnlinked({ context, inbound }: Turn): CardMessage {
  const title = words(context).say('refused.asker-unlinked', { who: inbound.person.name });
  return { template: 'notice', data: { mark: 'stopped', title } };
}

/** For a person who opened a card from which they can't start anything yet. */
export function notLinkedYet({ context }: Turn): CardMessage {
  const { say } = words(context);
  return { template: 'notice', data: { mark: 'info', title: say('link.yet-title'), text: [say('link.yet')] } };
}

/** The same notice with how its reader gets linked. */
export function withOffer(card: CardMessage, { text, links }: SignInOffer): CardMessage {
  if (card.template !== 'notice') return card;
  return { ...card, data: { ...card.data, text: [...(card.data.text ?? []), text], links: [...links] } };
}

/** The answer to a command that would start something, where buttons don't work. */
export function inviteCard({ context }: Turn): CardMessage {
  const { say } = words(context);
  return { template: 'notice', data: { mark: 'stopped', title: say('invite.title'), text: [say('invite.text')] } };
}

/** Replaces an outdated card. */
export function pointerCard(context: RenderContext): CardMessage {
  const { say } = words(context);
  return { template: 'notice', data: { mark: 'info', title: say('pointer.title'), text: [say('pointer.text')] } };
}

/** The answer to a command that leads nowhere. */
export async function commandNotice(
  turn: Turn,
  command: Exclude<
    Command,
    { kind: 'backup' | 'several' | 'open' | 'help' | 'word' | 'requests' | 'watch' | 'causes' | 'unlink' }
  >,
): Promise<CardMessage> {
  const { say } = words(turn.context);
  const notice = (title: string, meant: readonly string[] = [], more: Partial<Notice> = {}): CardMessage => ({
    template: 'notice',
    data: { mark: 'info', title, ...more, buttons: [...meant.map(commandButton), helpButton(say)] },
  });
  const told = ({ title, text }: ReturnType<typeof titleAndRest>, meant: readonly string[] = []) =>
    notice(title, meant, { text });
  switch (command.kind) {
    case 'mistyped':
      return told(titleAndRest(say('find.mistyped', { name: command.given, command: command.meant })), [command.meant]);
    case 'delete':
      return notice(say('command.delete'), [], {
        text: [say('command.delete-text')],
        links: await linksTo(turn, command.names),
      });
    case 'lists': {
      const text = [say('command.lists-text', { most: maxVms })];
      return notice(say('command.lists'), ['backup status', 'backup unprotected'], { text });
    }
    case 'no-name':
      if (command.word === 'job') {
        const text = [say('find.no-job-text')];
        return notice(say('find.no-job'), ['backup jobs', 'backup jobs failed'], { text });
      }
      return notice(say('find.no-word', { example: `backup ${command.word} vm-name` }));
    case 'retain':
      return told(titleAndRest(say(`command.retain-${command.problem}`, { given: command.given })));
    case 'too-long':
      return notice(say('command.too-long'));
    case 'other':
      return told(unknownCommand({ say }, command.text), guessedCommands(command.text));
  }
}

/** That nothing is known by this name; what doesn't fit a verdict stands below it. */
function unknownCommand({ say }: Pick<Words, 'say'>, command: string): { title: string; text: string[] } {
  const title = say('command.unknown', { command });
  if (fitsVerdict(title)) return { title, text: [] };
  return { title: say('command.unknown-long'), text: [say('command.typed', { command })] };
}

/** Links to the VMs with these names in the portal; to the Recovery Services vaults if no VM has one of them. */
async function linksTo(turn: Turn, names: readonly string[]): Promise<Link[]> {
  const { say } = words(turn.context);
  const parsed = names.map(parseTarget);
  const targets = parsed.flatMap((target) => (isRefusal(target) ? [] : [target]));
  const inventory = targets.length > 0 ? ((await inventoryOf(turn.unit.q, 'vm')) as VmEntry[]) : [];
  const named = inventory.filter((vm) => targets.some((target) => isNamedBy(vm, target)));
  const vms = named.toSorted((a, b) => a.id.localeCompare(b.id)).slice(0, maxLinks);
  if (vms.length === 0) return [vaultsLink(say('link.without-the-bot'))];
  const title = (vm: VmEntry) => (vms.length === 1 ? say('link.vm') : `${vm.resourceGroup}/${vm.name}`);
  return vms.map((vm) => portalLink(title(vm), vm.id));
}

/** The answer to a word for the newest question, if there is none. */
export function nothingOpenCard({ context }: Turn): CardMessage {
  const { say } = words(context);
  const text = [say('word.nothing-open-text')];
  const buttons = [commandButton('backup cancel'), helpButton(say)];
  return { template: 'notice', data: { mark: 'info', title: say('word.nothing-open'), text, buttons } };
}

/** A button for what was probably meant. */
function commandButton(command: string) {
  return { title: command, verb: 'command', data: { command }, withInputs: false };
}

function helpButton(say: Words['say']) {
  return { title: say('button.help'), verb: 'command', data: { command: 'help' }, withInputs: false };
}
