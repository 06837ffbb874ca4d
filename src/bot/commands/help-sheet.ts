import type { Button, CardMessage } from '../../message/card-data.ts';
import { vaultsLink } from '../../message/portal-link.ts';
import type { HelpLine } from '../../message/command-spec.ts';
import type { Words } from '../../message/words.ts';
import type { OperationName } from '../../people/operations.ts';

/** What decides the help card: what this person can view and what the gate lets them start, and where it is read. */
type HelpFor = {
  /** The lines of all commands. */
  readonly lines: readonly HelpLine[];
  readonly look: boolean;
  /** Whether they can start it, or request approval for it, for any target. */
  readonly may: (operation: OperationName) => boolean;
  /** Whether they can approve what others ask for. */
  readonly approves: boolean;
  /** Whether they can give a command: the same answer as when they type it. */
  readonly gives: (command: string) => boolean;
  /** Whether Slack is connected. */
  readonly slack: boolean;
  readonly platform: 'teams' | 'slack';
  readonly personal: boolean;
  /** The time zone of the times, if none is set for this channel. */
  readonly zone?: string | undefined;
};

/** What can be typed here, with the few words that need explaining. Only commands that work are listed. */
export function helpSheet(words: Words, help: HelpFor): CardMessage {
  const { say } = words;
  const lines = commandLines(words, help);
  const may = [
    ...(help.look ? [say('help.can-look')] : []),
    ...(help.may('back-up-now') ? [say('help.can-back-up')] : []),
    ...(help.may('restore-disks') ? [say('help.can-restore')] : []),
    ...(help.approves ? [say('help.can-approve')] : []),
    ...(help.may('grant-key-vault-access') ? [say('help.can-grant')] : []),
    ...(help.may('create-policy') ? [say('help.can-policy')] : []),
  ];
  return {
    template: 'sheet',
    data: {
      mark: 'info',
      title: say('help.title'),
      subtitle: may.length > 0 ? say('help.may', { what: may.join(' · ') }) : say('help.may-nothing'),
      body: [{ kind: 'list', items: lines.filter(({ isFirst }) => isFirst) }],
      buttons: help.look ? startButtons(words) : [],
      note: whereFrom(words, help),
      details: [
        { title: say('help.commands'), body: [{ kind: 'list', items: lines }] },
        {
          title: say('help.names'),
          body: [{ kind: 'text', text: `${say('help.same-name')} ${say('help.like-a-command')}` }],
        },
        { title: say('help.words'), body: [{ kind: 'facts', facts: glossary(words) }] },
      ],
      links: [vaultsLink(say('link.without-the-bot'))],
    },
  };
}

/** The same for one command: how to type it, and what it does; null if this person can't use such a command. */
export function helpAbout(words: Words, help: HelpFor, word: string): CardMessage | null {
  const { say } = words;
  const lines = commandLines(words, help).filter(({ text }) => text.split(' ')[1] === word);
  if (lines.length === 0) return null;
  const all = { title: say('button.help'), verb: 'command', data: { command: 'help' }, withInputs: false };
  const title = say('help.about', { command: `backup ${word}` });
  const body = [{ kind: 'list' as const, items: lines }];
  return { template: 'sheet', data: { mark: 'info', title, body, buttons: [all], note: whereFrom(words, help) } };
}

/** Every command that is of use to this person. */
function commandLines({ say }: Words, { lines, gives, slack }: HelpFor) {
  return lines
    .filter(({ needs }) => needs !== 'slack' || slack)
    .map(({ typed, says, first }) => {
      const text = `/backup ${typed.replace('{vm}', say('help.vm-name'))}`;
      return { text, note: say(`help.${says}`), isFirst: first === true };
    })
    .filter(({ text }) => gives(text));
}

/** Buttons for what would otherwise be typed. */
function startButtons({ say }: Words): Button[] {
  const button = (title: string, command: string) => ({ title, verb: 'command', data: { command }, withInputs: false });
  return [
    { ...button(say('home.status'), 'backup status'), style: 'positive' },
    button(say('status.show-failed'), 'backup jobs failed'),
    button(say('status.show-open'), 'backup unprotected'),
  ];
}

/** How a command starts here. */
function whereFrom({ say }: Words, { platform, personal, zone }: HelpFor): string | undefined {
  if (platform === 'slack') return say('help.slack-thread');
  if (personal) return undefined;
  return [say('help.teams-mention'), ...(zone ? [say('help.zone', { zone })] : [])].join(' ');
}

function glossary({ say }: Words) {
  return [
    { title: say('help.word-key-vault'), value: say('help.word-key-vault-text') },
    { title: say('help.word-vault'), value: say('help.word-vault-text') },
    { title: say('help.word-kek'), value: say('help.word-kek-text') },
    { title: say('help.word-point'), value: say('help.word-point-text') },
  ];
}
