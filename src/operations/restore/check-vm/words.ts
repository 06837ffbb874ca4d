import type { Block, Button } from '../../../message/card-data.ts';
import { sameId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import type { Words } from '../../../message/words.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import { encryptedWord } from '../../wording/encrypted-word.ts';
import { newVmId } from '../../parts/create-vm.ts';
import type { CheckVm } from '../../parts/check-vm.ts';

/** The words for checking a VM that was created from restored disks. */
export const checkVmWords: PartWords<CheckVm> = {
  planLines: ({ say }, part) => [say('plan.check-vm', { vm: part.name })],
  effects: () => [],
  command: ({ targetGroup, name }) =>
    `az vm get-instance-view --resource-group ${shellWord(targetGroup.name)} --name ${shellWord(name)}`,
  phases: (words, part, state) => [partStep(words, state, { phase: 'check-vm', names: { vm: part.name } })],
  doing: ({ say }, part) => say('progress.now-check-vm', { vm: part.name }),
  place: () => null,
  links: () => [],
  done: ({ say }, part) => ({ mark: 'ok', title: say('closing.check-vm', { vm: part.name }) }),
  next: ({ say }, part, { backups }): Button[] => {
    if (part.drill) return [];
    const opens = (title: string, command: string): Button[] => [
      { title, verb: 'command', data: { command }, withInputs: false, style: 'positive' },
    ];
    const protect = opens(say('button.protect-new', { vm: part.name }), `backup ${newVmId(part)}`);
    if (!sameId(newVmId(part), part.vm.id) || backups === 'none') return protect;
    // With the same ID it has the backups of the old VM.
    return backups === 'stopped' ? opens(say('button.resume'), `backup resume ${part.vm.id}`) : [];
  },
  proof: (words, part, { memo }) => [
    { kind: 'facts', facts: part.drill ? factsOf(words, part, memo) : provenFacts(words, part, memo) },
    ...(part.drill ? [] : [{ kind: 'text' as const, text: leftText(words, part, memo) }]),
  ],
  proofRank: -1,
  left: (words, part, memo): Block[] => [
    { kind: 'facts', facts: factsOf(words, part, memo) },
    ...(part.drill
      ? []
      : [{ kind: 'text' as const, text: words.say('checked.stays', { vm: part.name, group: part.targetGroup.name }) }]),
  ],
  failed: ({ say }, part, cause) => {
    return part.drill
      ? say('failed.drill', { vm: part.vm.name, cause })
      : say('failed.check-vm', { vm: part.name, cause });
  },
  ping: ({ say }, part) => say('ping.check-vm', { vm: part.name }),
};

/** What is left to do, which depends on whether there is still an old VM. */
function leftText({ say }: Words, { vm: { name: vm }, vaultName: vault }: CheckVm['part'], memo: CheckVm['memo']) {
  const { old, backups } = memo;
  if (old === 'gone') return say('checked.left-gone', { vm });
  if (old !== 'same') return say('checked.left', { vm });
  return say('checked.left-same', { vault, backups: backups ?? 'unread' });
}

/** Without that it runs, which the title says. */
function provenFacts(words: Words, part: CheckVm['part'], memo: CheckVm['memo']) {
  return factsOf(words, part, { ...memo, running: undefined });
}

function factsOf(words: Words, { drill }: CheckVm['part'], memo: CheckVm['memo']) {
  const { running, agent, disks = [], entraApp, closed = [] } = memo;
  const { say } = words;
  const addresses = addressFacts(words, memo);
  const version = agent ?? say('checked.unknown');
  const runs =
    running === undefined
      ? []
      : [{ title: say(drill ? 'checked.ran' : 'checked.running'), value: say(running ? 'checked.yes' : 'checked.no') }];
  const answers = disks.length > 0 ? [{ title: say('checked.agent'), value: say('checked.answers', { version }) }] : [];
  const told =
    disks.length > 0
      ? [
          {
            title: say('checked.disks'),
            value: entraApp ? say('checked.entra-app', { count: disks.length }) : disksText(words, disks),
          },
        ]
      : [];
  const untested =
    closed.length > 0
      ? [{ title: say('drill-report.not-tested'), value: say('checked.closed', { count: closed.length }) }]
      : [];
  return [...addresses, ...runs, ...answers, ...told, ...untested];
}

/** Its private address first, or that it couldn't be read. */
function addressFacts({ say, names }: Words, { addresses }: CheckVm['memo']) {
  if (!addresses) return [];
  const { privates, unread, publics, publicUnread } = addresses;
  const told = (known: readonly string[], missing: number) =>
    names([...known, ...(missing > 0 ? [say('checked.addresses-unread', { count: missing })] : [])], 8);
  const own = privates.length > 0 ? told(privates, unread) : say('checked.address-unread');
  return [
    { title: say('checked.address'), value: own },
    ...(publics.length + publicUnread > 0
      ? [{ title: say('checked.public-address'), value: told(publics, publicUnread) }]
      : []),
  ];
}

/** Each disk, or how many there are if the same holds for all: their names take more room than a fact has. */
function disksText(words: Words, disks: NonNullable<CheckVm['memo']['disks']>): string {
  const [first, ...others] = disks.map((disk) => words.say(encryptedWord(disk)));
  if (first !== undefined && others.length > 0 && others.every((one) => one === first))
    return words.say('checked.all-disks', { count: disks.length, how: first });
  const each = disks.map((disk) => `${disk.name}: ${words.say(encryptedWord(disk))}`);
  return words.names(each, 20);
}
