import type { Button, CardMessage } from '../message/card-data.ts';
import { vaultsLink } from '../message/portal-link.ts';
import type { Words } from '../message/words.ts';

/** What decides the help card: what this person may do, and where it is read. */
type HelpFor = {
  readonly look: boolean;
  readonly backUp: boolean;
  readonly grant: boolean;
  readonly policies?: boolean;
  readonly platform: 'teams' | 'slack';
  readonly personal: boolean;
  /** In whose time zone times are shown, where nobody has set one for this channel. */
  readonly zone?: string | undefined;
};

/** What can be typed here, with the few words that need explaining. Only commands that work are listed. */
export function helpSheet(words: Words, help: HelpFor): CardMessage {
  const { say } = words;
  const may = [
    ...(help.look ? [say('help.can-look')] : []),
    ...(help.backUp ? [say('help.can-back-up')] : []),
    ...(help.grant ? [say('help.can-grant')] : []),
    ...(help.policies ? [say('may.policy')] : []),
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

/** The same for one command: how it is typed, and what it does; null where this person has no such command. */
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

/** The few that somebody needs first. */
function mainLines({ say }: Words, help: HelpFor) {
  if (!help.look) return [line('help', say('help.help'))];
  const name = say('help.vm-name');
  return [
    line(name, say('help.backup')),
    ...(help.backUp ? [line(`now ${name}`, say('help.now'))] : []),
    line('status', say('help.status-all')),
    line('jobs failed', say('help.jobs')),
    line('unprotected', say('help.unprotected')),
  ];
}

/** What can be pressed in place of typing it. */
function startButtons({ say }: Words): Button[] {
  const button = (title: string, command: string) => ({ title, verb: 'command', data: { command }, withInputs: false });
  return [
    { ...button(say('home.status'), 'backup status'), style: 'positive' },
    button(say('status.show-failed'), 'backup jobs failed'),
    button(say('status.show-open'), 'backup unprotected'),
  ];
}

/** Every command. */
function commandLines({ say }: Words, help: HelpFor) {
  const name = say('help.vm-name');
  const looking = [
    line(name, say('help.backup')),
    line(`status ${name}`, say('help.status')),
    line(`access ${name}`, say('help.access')),
  ];
  const lists = [
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
    ...(help.policies ? [line('policy new', say('help.policy'))] : []),
  ];
  const acting = help.backUp ? [line(`now ${name}`, say('help.now')), line(`cancel ${name}`, say('help.cancel'))] : [];
  const standing = help.backUp
    ? [
        line(`restore ${name}`, say('help.restore')),
        line(`stop ${name}`, say('help.stop')),
        line(`resume ${name}`, say('help.resume')),
        line(`undelete ${name}`, say('help.undelete')),
        line(`drill ${name}`, say('help.drill')),
        line('drills', say('help.drills')),
        line('leftovers', say('help.leftovers')),
        line(`exception ${name}`, say('help.exception')),
      ]
    : [];
  const watching = help.backUp ? [line('watch', say('help.watch')), line('unwatch', say('help.unwatch'))] : [];
  const last = line('help', say('help.help'));
  return help.look ? [...looking, ...acting, ...lists, ...watching, ...standing, last] : [last];
}

/** How a command begins here. */
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
 * What the local chat suggests: whole commands, with VMs of the simulated estate, so that
 * each can be sent as it stands.
 */
export function labCommands(): { title: string; description: string }[] {
  return [
    { title: 'backup vm-sql-01', description: 'Check a VM, then protect it or back it up' },
    { title: 'backup vm-web-01', description: 'A VM whose key vault is closed to Azure Backup' },
    { title: 'backup now vm-app-01', description: 'Back up at once, kept 30 days' },
    { title: 'backup status', description: 'How all backups stand' },
    { title: 'backup protected', description: 'Last good backup, next run, what is wrong' },
    { title: 'backup unprotected', description: 'VMs without backup, and what stands in the way' },
    { title: 'backup jobs failed', description: 'What failed, and the fix' },
    { title: 'backup vaults', description: 'Recovery Services vaults, and what they hold' },
    { title: 'backup policies', description: 'Policies, in plain words' },
    { title: 'backup help', description: 'What I may do here' },
  ];
}
