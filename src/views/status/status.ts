import type { Words } from '../../message/words.ts';
import { perVault, readVaults } from '../vaults-read.ts';
import type { View } from '../view.ts';

type Status = {
  readonly vms: number;
  readonly protectedVms: number;
  readonly stopped: number;
  readonly failedVms: readonly string[];
  readonly running: readonly string[];
  readonly unread: readonly string[];
};

const dayMs = 86_400_000;

/** `backup status` without a VM: how the estate stands, in five numbers. */
export const statusView: View<Status> = {
  name: 'status',
  query: async (_, ports) => {
    const vaults = await readVaults(ports);
    const window = { from: new Date(ports.now.getTime() - dayMs), to: new Date(ports.now.getTime() + 300_000) };
    const lists = await perVault(vaults, async (vault) => ({
      items: await ports.reads.protectedItems(vault.id),
      jobs: await ports.reads.jobs(vault.id, window),
    }));
    const items = lists.read.flatMap((one) => one.items);
    const jobs = lists.read.flatMap((one) => one.jobs);
    const on = items.filter((item) => !item.softDeleted && !/^ProtectionStopped$/i.test(item.protectionState));
    const named = (status: RegExp) => [
      ...new Set(jobs.filter((job) => status.test(job.status)).map((job) => job.vmName)),
    ];
    return {
      vms: (await ports.vms()).length,
      protectedVms: on.length,
      stopped: items.length - on.length,
      failedVms: named(/^Failed$/i),
      running: named(/^(InProgress|Cancelling)$/i),
      unread: lists.unread,
    };
  },
  draw: ({ words, result, readAt, button }) => {
    const { say } = words;
    const open = withoutBackup(result);
    const command = (title: string, text: string) => ({
      title,
      verb: 'command',
      data: { command: text },
      withInputs: false,
    });
    return {
      template: 'sheet',
      data: {
        mark: result.failedVms.length > 0 ? 'warn' : 'ok',
        title: say('status.title', { count: result.failedVms.length }),
        body: [
          { kind: 'facts', facts: factsOf(words, result) },
          ...(result.unread.length > 0
            ? [{ kind: 'text' as const, text: say('view.unread', { vaults: result.unread }) }]
            : []),
        ],
        buttons: [
          ...(result.failedVms.length > 0 ? [command(say('status.show-failed'), 'backup jobs failed')] : []),
          ...(open > 0 ? [command(say('status.show-open'), 'backup unprotected')] : []),
          button({ title: say('button.check-again'), verb: 'again' }),
        ],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

function withoutBackup({ vms, protectedVms, stopped }: Status): number {
  return Math.max(0, vms - protectedVms - stopped);
}

function factsOf({ say, names }: Words, result: Status) {
  const list = (vms: readonly string[]) => (vms.length > 0 ? names(vms, 8) : say('status.none'));
  return [
    { title: say('status.protected'), value: say('status.of', { count: result.protectedVms, all: result.vms }) },
    { title: say('status.open'), value: String(withoutBackup(result)) },
    { title: say('status.stopped'), value: String(result.stopped) },
    { title: say('status.failed'), value: list(result.failedVms) },
    { title: say('status.running'), value: list(result.running) },
  ];
}
