/** Cases of what a VM needs from its policy: shared disks and excluded disks, its agent, its location. */
import type { VmFacts } from '../../../src/azure/gateway.ts';
import type { Assessment } from '../../../src/readiness/findings/assessment.ts';
import type { ChosenDisks } from '../../../src/readiness/chosen-disks.ts';
import { keyOfId } from '../../../src/core/arm-id.ts';
import * as f from './facts.ts';
import * as s from './scenarios.ts';
import type { Scenario } from './scenarios.ts';
import type { World } from './world.ts';

function crashPolicy(world: World) {
  world.policies[keyOfId(f.vaultId('rsv-prod-weu'))]?.push(
    f.policy('rsv-prod-weu', 'crash-only', { kind: 'Enhanced', crashConsistentOnly: true }),
  );
}

type Protected = {
  vm?: Partial<VmFacts>;
  disks: Parameters<typeof s.put>[2];
  luns?: readonly number[];
  policy?: string;
};

/** Protected in rsv-prod-weu, by an Enhanced policy unless said otherwise; `luns` are excluded. */
function protectedWith(world: World, { vm = {}, disks, luns = [], policy = 'enhanced-4h' }: Protected) {
  s.put(world, vm, disks);
  s.protect(world, s.vmName, { points: s.nights });
  world.items = world.items.map((item) => ({
    ...item,
    policyName: policy,
    policyId: `${f.vaultId('rsv-prod-weu')}/backupPolicies/${policy}`,
    diskChoice: luns.length > 0 ? { luns, only: false } : null,
  }));
}

/** Somebody's choice: the data disks by LUN, and which of them are excluded. */
const chosen = (names: readonly string[], out: readonly number[], only = false): ChosenDisks => {
  const disks = names.map((name, lun) => ({ lun, name }));
  const those = (isOut: boolean) => disks.filter(({ lun }) => out.includes(lun) === isOut);
  return { out: those(true), taken: those(false), only };
};
const data = (count: number) => Array.from({ length: count }, (_, index) => `${s.vmName}-disk-${index + 1}`);

/** Whether the preselected vault offers the Enhanced policies, and not the others, for this reason. */
const onlyEnhanced =
  (code: string) =>
  ({ destinations: { policies, preset } }: Assessment) =>
    (policies[f.vaultId('rsv-prod-weu')] ?? []).every(({ fits, facts, reason }) =>
      facts.kind === 'Enhanced' ? fits : reason?.code === code,
    ) && preset.policyId?.endsWith('enhanced-4h') === true;

/** The vaults with Standard policies only. */
function standardOnly(world: World) {
  const kept = Object.entries(world.policies).map(([id, all]) => [id, all.filter(({ kind }) => kind === 'Standard')]);
  world.policies = Object.fromEntries(kept) as World['policies'];
}

/** Each is one test, and each code occurs in some case. */
export const policyCases: readonly Scenario[] = [
  {
    name: 'a shared disk, not protected: no policy takes it',
    lay: (w) => s.put(w, {}, [{}, { maxShares: 2 }]),
    verdict: 'blocked',
    codes: ['disk-kind.shared', 'policy.fits'],
    also: ({ findings }) => String(findings.find(({ code }) => code === 'disk-kind.shared')?.params['luns']) === '0',
  },
  {
    name: 'a shared disk that the backups leave out, under an Enhanced policy',
    lay: (w) => protectedWith(w, { disks: [{}, { maxShares: 2 }], luns: [0] }),
    verdict: 'ready',
    codes: ['disk-kind.shared-left-out', 'policy.in-force'],
  },
  {
    name: 'another disk than the shared one is left out',
    lay: (w) => protectedWith(w, { disks: [{}, { maxShares: 2 }], luns: [1] }),
    verdict: 'blocked',
    codes: ['disk-kind.shared'],
  },
  {
    name: 'a shared disk beside encrypted ones: an Enhanced policy leaves it out just the same',
    lay: (w) => s.put(w, {}, [s.ade, { maxShares: 2 }]),
    verdict: 'blocked',
    codes: ['disk-kind.shared'],
  },
  {
    name: '… and once it is chosen to be left out, only Enhanced policies are offered',
    lay: (w) => s.put(w, {}, [s.ade, { maxShares: 2 }]),
    chosen: chosen(data(1), [0]),
    verdict: 'ready',
    codes: ['disk-kind.shared-left-out', 'policy.fits'],
    also: onlyEnhanced('policy.shared-disk'),
  },
  {
    name: 'any disk that is left out of an encrypted VM wants an Enhanced policy',
    lay: (w) => s.put(w, {}, [s.ade, {}, {}]),
    chosen: chosen(data(2), [1]),
    verdict: 'ready',
    codes: ['policy.fits'],
    also: onlyEnhanced('policy.disks-of-ade'),
  },
  {
    name: '… and where there is none, that is what stops it',
    lay: (w) => (standardOnly(w), s.put(w, {}, [s.ade, {}])),
    chosen: chosen(data(1), [0]),
    verdict: 'blocked',
    codes: ['policy.none-for-choice'],
  },
  {
    name: 'of a VM without Azure Disk Encryption a Standard policy leaves disks out too',
    lay: (w) => s.put(w, {}, [{}, {}]),
    chosen: chosen(data(1), [0]),
    verdict: 'ready',
    codes: ['policy.fits'],
    also: ({ destinations: { policies } }) => policies[f.vaultId('rsv-prod-weu')]?.every(({ fits }) => fits) === true,
  },
  {
    name: 'an Ultra disk wants an Enhanced policy although it is left out: a Standard one takes a snapshot of every disk',
    lay: (w) => s.put(w, {}, [{}, { sku: 'UltraSSD_LRS' }]),
    chosen: chosen(data(1), [0]),
    verdict: 'ready',
    codes: ['disk-kind.enhanced-only'],
    also: onlyEnhanced('policy.needs-enhanced'),
  },
  {
    name: 'the one encrypted disk that is too large is left out: only Enhanced policies are offered',
    lay: (w) => s.put(w, {}, [s.ade, { sizeGiB: 8192, ade: { version: '1.1', keys: [s.ade] } }]),
    chosen: chosen(data(1), [0]),
    verdict: 'ready',
    codes: ['disk-size.within'],
    also: onlyEnhanced('policy.needs-enhanced'),
  },
  {
    name: '… another disk than that is left out',
    lay: (w) => s.put(w, {}, [s.ade, { sizeGiB: 8192, ade: { version: '1.1', keys: [s.ade] } }, {}]),
    chosen: chosen(data(2), [1]),
    verdict: 'blocked',
    codes: ['disk-size.too-large-ade'],
  },
  {
    name: 'the OS disk is taken whatever is chosen: that it is too large stops it',
    lay: (w) => s.put(w, {}, [{ sizeGiB: 70_000 }, {}]),
    chosen: chosen(data(1), [0], true),
    verdict: 'blocked',
    codes: ['disk-size.too-large'],
  },
  {
    name: 'a protected VM whose shared disk is chosen to be left out, under its Enhanced policy',
    lay: (w) => protectedWith(w, { disks: [{}, { maxShares: 2 }] }),
    chosen: chosen(data(1), [0]),
    verdict: 'ready',
    codes: ['disk-kind.shared-left-out', 'policy.in-force'],
  },
  {
    name: 'a protected VM of which all disks are chosen again: its shared one stops it',
    lay: (w) => protectedWith(w, { disks: [{}, { maxShares: 2 }], luns: [0] }),
    chosen: chosen(data(1), []),
    verdict: 'blocked',
    codes: ['disk-kind.shared'],
  },
  ...(
    [
      ['was added', [data(1), [0]], [{}, {}, {}]],
      ['is gone', [data(2), [0]], [{}, {}]],
      ['has the LUN of another', [['vm-case-disk-2', 'vm-case-disk-1'], [0]], [{}, {}, {}]],
    ] as const
  ).map(([what, [names, out], disks]): Scenario => ({
    name: `a disk that ${what} since disks were chosen`,
    lay: (w) => s.put(w, {}, [...disks]),
    chosen: chosen(names, out),
    verdict: 'blocked',
    codes: ['disk-choice.changed'],
  })),
  {
    name: 'disks left out of an encrypted VM under a Standard policy',
    lay: (w) => protectedWith(w, { disks: [s.ade, {}], luns: [0], policy: 'DefaultPolicy' }),
    verdict: 'blocked',
    codes: ['disk-kind.choice-ade'],
  },
  {
    name: 'all disks together are too large',
    lay: (w) =>
      s.put(
        w,
        {},
        Array.from({ length: 9 }, () => ({ sizeGiB: 32_767 })),
      ),
    verdict: 'blocked',
    codes: ['disk-size.too-large-together'],
  },
  {
    name: 'an Extended Zone: Enhanced policies only',
    lay: (w) => s.put(w, { extendedZone: 'perth' }, [{}]),
    verdict: 'ready',
    codes: ['policy.fits'],
    also: ({ destinations: { policies } }) =>
      policies[f.vaultId('rsv-prod-weu')]?.every(({ fits, facts }) => fits === (facts.kind === 'Enhanced')) === true,
  },
  {
    name: 'no agent, and no policy that does without it: the remedy is named',
    lay: (w) => s.put(w, { agent: null }, [{}]),
    verdict: 'blocked',
    codes: ['agent.not-ready'],
    also: ({ findings }) => findings.find(({ check }) => check === 'agent')?.params['agentless'] === 'yes',
  },
  {
    name: 'no agent and no extensions, but a policy that takes crash-consistent snapshots only: nothing else is offered',
    lay: (w) => (crashPolicy(w), s.put(w, { agent: null, extensionsAllowed: false }, [{}])),
    verdict: 'ready',
    codes: ['agent.not-needed', 'extensions.not-needed'],
    also: ({ destinations: { policies, preset } }) =>
      policies[f.vaultId('rsv-prod-weu')]?.every(({ fits, name }) => fits === (name === 'crash-only')) === true &&
      preset.policyId?.endsWith('crash-only') === true,
  },
  {
    name: '… of a VM with Azure Disk Encryption nobody knows',
    lay: (w) => (crashPolicy(w), s.put(w, { agent: null, extensionsAllowed: false })),
    verdict: 'unknown',
    codes: ['agent.not-needed-unclear', 'extensions.not-needed-unclear'],
  },
  {
    name: '… of a size with Azure Boost Azure makes none',
    lay: (w) => (crashPolicy(w), s.put(w, { agent: null, size: 'Standard_D4s_v6' }, [{}])),
    verdict: 'blocked',
    codes: ['agent.not-ready'],
    also: ({ destinations: { policies } }) =>
      policies[f.vaultId('rsv-prod-weu')]?.find(({ name }) => name === 'crash-only')?.reason?.code ===
      'policy.crash-consistent',
  },
  {
    name: 'protected by a policy of crash-consistent snapshots only: no agent is needed',
    lay: (w) => (crashPolicy(w), protectedWith(w, { vm: { agent: null }, disks: [{}], policy: 'crash-only' })),
    verdict: 'ready',
    codes: ['agent.not-needed', 'policy.in-force'],
  },
  {
    name: '… a VM that it does not take',
    lay: (w) => (
      crashPolicy(w),
      protectedWith(w, { vm: { size: 'Standard_D4_v3' }, disks: [{}], policy: 'crash-only' })
    ),
    verdict: 'blocked',
    codes: ['policy.in-force-crash-consistent'],
  },
  {
    name: 'protected by another policy while such a one is there: it still needs its agent',
    lay: (w) => (crashPolicy(w), protectedWith(w, { vm: { agent: null }, disks: [{}] })),
    verdict: 'blocked',
    codes: ['agent.not-ready', 'policy.in-force'],
  },
];
