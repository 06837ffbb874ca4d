import type { Button, CardMessage } from '../message/card-data.ts';
import { vaultsLink } from '../message/portal-link.ts';
import type { Words } from '../message/words.ts';
import type { OperationName } from '../people/operations.ts';

/** What decides the help card: what this person can view and what the gate lets them start, and where it is read. */
type HelpFor = {
  readonly look: boolean;
  /** Whether they can start it, or request approval for it, for any target. */
  readonly may: (operation: OperationName) => boolean;
  /** Whether they can approve what others ask for. */
  readonly approves: boolean;
  /** Whether they can give a command: the same answer as when they type it. */
  readonly gives: (command: string) => boolean;
  /** Whether they are an administrator of everything, where people can be linked. */
  readonly administers: boolean;
  readonly platform: 'teams' | 'slack';
  readonly personal: boolean;
  /** The time zone of the times, if none is set for this channel. */
  readonly zone?: string | undefined;
};

/** What can be typed here, with the few words that need explaining. Only commands that work are listed. */
export function helpSheet(words: Words, help: HelpFor): CardMessage {
  const { say } = words;
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
      body: [{ kind: 'list', items: mainLines(words, help) }],
      buttons: help.look ? startButtons(words) : [],
      note: whereFrom(words, help),
      details: [
        { title: say('help.commands'), body: [{ kind: 'list', items: commandLines(words, help) }] },
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

const line = (typed: string, note: string) => ({ text: `/backup ${typed}`, note });

/** The few that people need first. */
function mainLines({ say }: Words, help: HelpFor) {
  if (!help.look) return [line('help', say('help.help'))];
  const name = say('help.vm-name');
  const lines = [
    line(name, say('help.backup')),
    line(`now ${name}`, say('help.now')),
    line('status', say('help.status-all')),
    line('jobs failed', say('help.jobs')),
    line('unprotected', say('help.unprotected')),
    line(`restore ${name}`, say('help.restore')),
    line('approvals', say('help.approvals')),
  ];
  return lines.filter(({ text }) => help.gives(text));
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

/** Every command that is of use to this person. */
function commandLines(words: Words, help: HelpFor) {
  const last = line('help', words.say('help.help'));
  return help.look ? [...everyLine(words, help).filter(({ text }) => help.gives(text)), last] : [last];
}

function everyLine({ say }: Words, help: HelpFor) {
  const name = say('help.vm-name');
  return [
    line(name, say('help.backup')),
    line(`status ${name}`, say('help.status')),
    line(`access ${name}`, say('help.access')),
    line(`now ${name}`, say('help.now')),
    line(`cancel ${name}`, say('help.cancel')),
    line('status', say('help.status-all')),
    line('jobs failed', say('help.jobs')),
    line(`job ${name}`, say('help.job')),
    line('protected', say('help.protected')),
    line('forecast', say('help.forecast')),
    line('digest', say('help.digest')),
    line('unprotected', say('help.unprotected')),
    line('vaults', say('help.vaults')),
    line('policies', say('help.policies')),
    line('approvals', say('help.approvals')),
    line('requests', say('help.requests')),
    line('causes', say('help.causes')),
    ...(help.administers ? [line('unlink U012AB3CD', say('help.unlink'))] : []),
    line('policy new', say('help.policy')),
    line('watch', say('help.watch')),
    line('unwatch', say('help.unwatch')),
    line(`restore ${name}`, say('help.restore')),
    line(`stop ${name}`, say('help.stop')),
    line(`resume ${name}`, say('help.resume')),
    line(`undelete ${name}`, say('help.undelete')),
    line(`drill ${name}`, say('help.drill')),
    line('drills', say('help.drills')),
    line('leftovers', say('help.leftovers')),
    line(`exception ${name}`, say('help.exception')),
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

/**
 * What the local chat suggests: whole commands, with VMs of the simulated estate, so that each can be sent unchanged.
 */
export function labCommands(): { title: string; description: string }[] {
  return [
    { title: 'backup vm-sql-01', description: 'Check a VM, then protect it or back it up' },
    { title: 'backup vm-web-01', description: 'A VM whose key vault Azure Backup has no access to' },
    { title: 'backup now vm-app-01', description: 'Back up immediately, kept 30 days' },
    { title: 'backup status', description: 'An overview of all backups' },
    { title: 'backup protected', description: 'Last good backup, next run, what is wrong' },
    { title: 'backup unprotected', description: 'VMs without backup, and what blocks them' },
    { title: 'backup jobs failed', description: 'What failed, and the fix' },
    { title: 'backup vaults', description: 'Recovery Services vaults, and what they hold' },
    { title: 'backup policies', description: 'Policies, in plain words' },
    { title: 'backup help', description: 'What you can do here' },
  ];
}
