/** Further real-world cases: what is seeded into the estate, which VM is asked about, and the answer. */
import type { Words } from '../../../src/message/words.ts';
import type { Expected } from '../expectations.ts';

/** One case. `seeds`: scenarios of the simulated Azure. */
export type FurtherCase = { readonly seeds: readonly string[]; readonly vm: string; readonly expects: Expected };

/** Cases on VMs of their own: all of them are seeded into the estate together. */
export function casesOfOwnVms(words: Words): readonly FurtherCase[] {
  const { ready, offered, warned, refused, titled, access } = kindsOf(words);
  const [{ say }, kept] = [words, keptTitles(words)];
  const none = (keyVault: string) => say('access.why-none-kek', { keyVault });
  const [leftOut, preview, encrypting, off] = ['vm-case-18d', 'vm-case-21b', 'vm-case-16a', 'vm-case-17b'];
  return [
    access('kek-in-other-vault', 'vm-case-01', [none('kv-kek-weu')]),
    access('keys-in-two-vaults-without-access', 'vm-case-01b', ['kv-bek-weu', 'kv-kek-weu']),
    access('data-disk-elsewhere', 'vm-case-02', [
      say('access.why-copy', { keyVault: 'kv-web-weu' }),
      'vm-case-02-data-1',
    ]),
    warned('data-disk-old-secret', 'vm-case-02b', ['secret.other-version']),
    ready('public-access-disabled', 'vm-case-03', ['kv-private-weu']),
    refused('kek-disabled', 'vm-case-04a', 'kek-version.disabled'),
    warned('kek-expired', 'vm-case-04b', ['kek-version.expired']),
    warned('eighteen-disks', 'vm-case-06', ['disk-size.many-ade']),
    titled('soft-deleted-item', 'vm-case-10', { title: kept('vm-case-10')[1], codes: ['protection.soft-deleted'] }),
    titled('protection-stopped', 'vm-case-11', { title: kept('vm-case-11')[0], codes: ['protection.stopped'] }),
    refused('provisioning-failed', 'vm-case-15a', 'power.failed'),
    refused('extensions-not-allowed', 'vm-case-15b', 'extensions.forbidden'),
    titled('still-encrypting', encrypting, { title: say('ready.title-encrypting', { vm: encrypting }), codes: [] }),
    warned('restart-pending', 'vm-case-16b', ['encrypting.restart']),
    warned('dual-pass', 'vm-case-17a', ['encryption.entra-app']),
    titled('deallocated-single-pass', off, { title: say('ready.title-off', { vm: off }), codes: ['power.off'] }),
    ready('trusted-launch', 'vm-case-18a', ['DefaultPolicy']),
    offered('premium-v2-disk', 'vm-case-18b', { says: ['enhanced-4h'], saysNot: standard }),
    offering(refused('shared-disk', 'vm-case-18c', 'disk-kind.shared'), say('button.choose-disks')),
    titled('shared-disk-left-out', leftOut, {
      title: say('protected.title-last', { vm: leftOut, ago: '…' }),
      codes: [],
    }),
    closing(refused('confidential-vm', 'vm-case-21', 'confidential.vm')),
    titled('confidential-preview', preview, {
      title: say('ready.title-unknown', { vm: preview, count: 1 }),
      codes: ['confidential.preview'],
    }),
    refused('unmanaged-disk', 'vm-case-22', 'disk-kind.unmanaged'),
  ];
}

/** The same with only its last button: another check would find the same. */
function closing(one: FurtherCase): FurtherCase {
  const { buttons = [] } = one.expects;
  return { ...one, expects: { ...one.expects, buttons: buttons.slice(-1) } };
}

/** The same with the key vault's recovery, which needs an approval. */
function recovering({ say }: Words, one: FurtherCase): FurtherCase {
  const buttons = [say('button.ask-approval'), say('button.check-again'), say('button.cancel')];
  return { ...one, expects: { ...one.expects, buttons } };
}

/** The same with one more button before the last. */
function offering(one: FurtherCase, button: string): FurtherCase {
  const { buttons = [] } = one.expects;
  return { ...one, expects: { ...one.expects, buttons: buttons.toSpliced(-1, 0, button) } };
}

/** Cases on existing VMs, or that change the answers for other VMs: each is seeded alone. */
export function casesOfTheEstate(words: Words): readonly FurtherCase[] {
  const { ready, offered, refused, titled, access } = kindsOf(words);
  const { say } = words;
  const rbac = 'vm-rbac-01';
  const app = 'vm-app-01';
  const elsewhere = { title: say('protected.title-elsewhere', { vm: 'vm-case-12' }), codes: ['protection.elsewhere'] };
  const usedUp = { title: `…${app}…`, codes: ['attempts.used-up'] };
  const shared = { title: `${app}…`, codes: ['disk-kind.shared'] };
  const points = {
    title: say('protected.title-fails-tonight-because', { vm: 'vm-app-02', why: '…' }),
    codes: ['locks.backup-group'],
  };
  const anew = { title: say('protected.title-other-vm', { vm: app }), codes: ['protection.other-vm'] };
  const condition = { title: say('ready.title-unknown', { vm: rbac, count: 1 }), codes: ['rights.roles-condition'] };
  return [
    ready('access-inherited', rbac, ['kv-rbac-weu']),
    ready('access-through-group', rbac, ['kv-rbac-weu']),
    access('key-vault-reader-only', rbac, ['kv-rbac-weu']),
    titled('access-with-condition', rbac, condition),
    refused('access-denied', rbac, 'rights.roles-denied'),
    titled('vault-not-readable', 'vm-case-12', elsewhere),
    titled('attempts-used-up', app, usedUp),
    titled('shared-disk-protected', app, shared),
    offered('agentless-policy', 'vm-case-23', { says: ['crash-only'], saysNot: [...standard, 'enhanced-4h'] }),
    {
      seeds: ['key-vaults-locked'],
      vm: 'vm-web-01',
      expects: {
        title: '…vm-web-01…',
        says: [say('obstacle.lock', { keyVault: 'kv-web-weu' })],
        saysNot: [say('button.grant-key-vault-access')],
      },
    },
    { ...titled('restore-points-locked', 'vm-app-02', points), seeds: ['restore-points-locked', 'seventeen-points'] },
    titled('restore-points-elsewhere-locked', 'vm-app-02', points),
    recovering(words, refused('key-vault-deleted', rbac, 'key-vault.deleted')),
    titled('vm-made-again', app, anew),
  ];
}

const standard = ['DefaultPolicy', 'gold ·', 'decade'];

/** The kinds of answers, in the words of the cards. */
function kindsOf(words: Words) {
  const { say } = words;
  const titles = (codes: readonly string[]) => codes.map((code) => words.finding({ code, params: {} }).title);
  const one = (seeds: string, vm: string, expects: Expected): FurtherCase => ({ seeds: [seeds], vm, expects });
  return {
    ready: (seeds: string, vm: string, says: readonly string[]) =>
      one(seeds, vm, { title: say('ready.title', { vm }), says }),
    offered: (seeds: string, vm: string, policies: Pick<Expected, 'says' | 'saysNot'>) =>
      one(seeds, vm, { title: say('ready.title', { vm }), ...policies }),
    warned: (seeds: string, vm: string, codes: readonly string[]) =>
      one(seeds, vm, { title: say('ready.title-warnings', { vm, count: codes.length }), says: titles(codes) }),
    refused: (seeds: string, vm: string, code: string) =>
      one(seeds, vm, {
        title: `…${vm}…`,
        says: titles([code]),
        buttons: [say('button.check-again'), say('button.close')],
      }),
    access: (seeds: string, vm: string, says: readonly string[]) =>
      one(seeds, vm, {
        title: `…${vm}…`,
        says,
      }),
    titled: (seeds: string, vm: string, { title, codes }: { title: string; codes: readonly string[] }) =>
      one(seeds, vm, { title, says: titles(codes) }),
  };
}

/** The titles of a VM whose protection was stopped, and of one whose backups were deleted. */
function keptTitles({ say }: Words) {
  return (vm: string) =>
    [say('protected.title-stopped', { vm }), say('protected.title-deleted', { vm, days: 9 })] as const;
}
