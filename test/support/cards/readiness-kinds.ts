/** The cards of the backup dialog, rendered by the product from what the readiness checks find. */
import type { CardMessage, RenderContext } from '../../../src/message/card-data.ts';
import { asSheet } from '../../../src/message/rendering/as-sheet.ts';
import { words } from '../../../src/message/words.ts';
import { closedDialogCard } from '../../../src/operations/cards/closed-dialog-card.ts';
import type { BackupKnown } from '../../../src/operations/backup/protect/known.ts';
import { planText } from '../../../src/operations/cards/plan-words.ts';
import type { Plan } from '../../../src/operations/parts/plan.ts';
import { troubleCard } from '../../../src/operations/cards/trouble-card.ts';
import { drawBackup } from '../../../src/operations/backup/protect/card/draw-backup.ts';
import { asTheyAre, canChooseDisks } from '../../../src/operations/backup/protect/disks.ts';
import { choicesFor } from '../../../src/operations/backup/protect/plan-backup.ts';
import type { BackupDrawing } from '../../../src/operations/backup/protect/card/drawing.ts';
import type { Assessment } from '../../../src/readiness/findings/assessment.ts';
import type { ChosenDisks } from '../../../src/readiness/chosen-disks.ts';
import { add, look as read, contoso } from '../../readiness/support/contoso.ts';
import * as f from '../../readiness/support/facts.ts';
import { realWorld } from '../../readiness/support/real-world.ts';
import { laid, vmName } from '../../readiness/support/scenarios.ts';
import type { World } from '../../readiness/support/world.ts';

type BackupRequest = BackupKnown['asked'];

/** A kind of card: a name for what it says, and the card in one language and time zone. */
export type Kinds = Readonly<Record<string, (look: RenderContext) => CardMessage | Promise<CardMessage>>>;

/** When the cards are rendered: the time of the readiness cases. */
export const now = f.now;
export const dialog = '7c1d4f50-9a5e-4a4f-8a51-1f0b2f6c0a11';

/** What every rendering needs besides what is known. */
export const drawn = (look: RenderContext) => ({
  words: words(look),
  status: 'open' as const,
  dialog,
  revision: 3,
  canGoBack: false,
  because: null,
  blockedOffers: [],
  toApprove: [],
  takenOverBy: null,
  checksAgain: null,
  may: () => false,
  now,
  planText: (plan: Plan) => planText(words(look), plan, now),
});

/** What is known about a VM once it was read. */
export async function knownOf(name: string, asked: Partial<BackupRequest> = {}, world: World = contoso()) {
  return knownFrom(await read(world, name), asked);
}

function knownFrom(assessment: Assessment, asked: Partial<BackupRequest> = {}) {
  const name = assessment.vm.name;
  const target = { by: 'name' as const, name: assessment.vm.name };
  const { vaultId, policyId } = assessment.destinations.preset;
  const reading: BackupKnown['reading'] = {
    assessment,
    choices: choicesFor(assessment, { grant: true, recover: true }),
    grantHeld: null,
  };
  const known: Partial<BackupKnown> = {
    asked: { text: name, target, wish: 'look', keepDays: null, ...asked } as BackupRequest,
    vm: assessment.vm.id,
    reading,
    ...(canChooseDisks({ reading }) && { disks: asTheyAre }),
    ...(vaultId && { vault: vaultId }),
    ...(policyId && { policy: policyId }),
  };
  return known;
}

type Case = { readonly asked?: Partial<BackupRequest>; readonly world?: World; readonly over?: Partial<BackupDrawing> };

export const vm =
  (name: string, { asked, world, over }: Case = {}) =>
  async (look: RenderContext) =>
    drawBackup({ ...drawn(look), known: await knownOf(name, asked, world), next: 'go', ...over });

const scenario = (begins: string) => {
  const found = realWorld.find(({ name }) => name.startsWith(begins));
  if (!found) throw new Error(`no case ${begins}`);
  return vm(vmName, { world: laid(found) });
};

function running(): World {
  const world = contoso();
  const machine = world.vms.find(({ name }) => name === 'vm-app-01') as World['vms'][number];
  world.jobs.push(f.job(machine, 'rsv-prod-weu', { status: 'InProgress', cancellable: true }));
  return world;
}

const asked = (name: string): Partial<BackupKnown> => ({
  asked: {
    text: name,
    target: { by: 'name', name },
    wish: 'look',
    keepDays: null,
  },
});

const candidate = (group: string, protectedIn: string | null) => ({
  id: f.vmId(group, 'vm-dup-01'),
  name: 'vm-dup-01',
  resourceGroup: group,
  subscription: f.subscription,
  region: 'westeurope',
  classic: false,
  protectedIn,
});

const elsewhere = { ...candidate('rg-app', null), id: '/twin', subscription: '11111111-2222-4333-8444-555555555555' };

const found = (names: readonly string[], vms: readonly object[]) =>
  ({ vms, nearest: names, command: null, subscriptions: 1, unread: [], listedAt: now.toISOString() }) as never;

/** Nothing can be backed up in the subscription until its provider is registered. */
export function unregistered(): World {
  const world = contoso();
  world.registration = 'NotRegistered';
  return world;
}

/** A VM with one shared data disk and one that isn't. */
function withShared(): World {
  const world = contoso();
  add(world, f.vm('rg-case', 'vm-case'), [{}, { maxShares: 2 }, {}]);
  return world;
}

/** Vaults with Standard policies only, and a VM that needs another one. */
function withoutEnhanced(): World {
  const world = contoso();
  add(world, f.vm('rg-case', 'vm-case'), [{}, { sku: 'PremiumV2_LRS' }]);
  const kept = Object.entries(world.policies).map(([id, all]) => [id, all.filter(({ kind }) => kind === 'Standard')]);
  world.policies = Object.fromEntries(kept) as World['policies'];
  return world;
}

/** By what they say. */
export const readinessKinds: Kinds = {
  looking: (look) => drawBackup({ ...drawn(look), known: asked('vm-sql-01'), next: 'candidates', status: 'checking' }),
  outage: (look) =>
    troubleCard(
      { ...drawn(look), about: 'vm-sql-01' },
      {
        fault: { code: 'ServiceUnavailable', status: 503, action: null } as never,
        since: new Date(now.getTime() - 4 * 60_000),
        again: new Date(now.getTime() + 60_000),
      },
    ),
  several: (look) =>
    drawBackup({
      ...drawn(look),
      known: {
        ...asked('vm-dup-01'),
        candidates: found([], [candidate('rg-app', null), candidate('rg-web', 'rsv-prod-weu'), elsewhere]),
      },
      next: 'vm',
    }),
  none: (look) =>
    drawBackup({
      ...drawn(look),
      known: { ...asked('vm-slq-01'), candidates: found(['vm-sql-01', 'vm-us-01'], []) },
      next: 'vm',
    }),
  disks: async (look) =>
    drawBackup({ ...drawn(look), known: await knownOf('vm-case', {}, withShared()), next: 'disks' }),
  'disks-left-out': async (look) => {
    const world = withShared();
    const chosen: ChosenDisks = {
      out: [{ lun: 0, name: 'vm-case-disk-1' }],
      taken: [{ lun: 1, name: 'vm-case-disk-2' }],
      only: true,
    };
    const known = { ...knownFrom(await read(world, 'vm-case', { chosen })), disks: chosen };
    return drawBackup({ ...drawn(look), known, next: 'go' });
  },
  ready: vm('vm-sql-01'),
  'ready-plain': vm('vm-plain-01'),
  off: vm('vm-off-01'),
  warnings: vm('vm-many-01'),
  encrypting: scenario('16: still encrypting'),
  access: vm('vm-web-01'),
  'access-role': vm('vm-rbac-01'),
  'access-kek': vm('vm-split-01'),
  register: vm('vm-sql-01', { world: unregistered() }),
  'register-protected': vm('vm-app-01', { world: unregistered() }),
  'register-access': vm('vm-web-01', { world: unregistered() }),
  'register-alone': vm('vm-us-01', { world: unregistered() }),
  'access-asked': vm('vm-web-01', { asked: { question: 'access' } }),
  'status-asked': vm('vm-sql-01', { asked: { question: 'status' } }),
  'fails-tonight': vm('vm-app-02'),
  'key-vault-gone': vm('vm-hr-01'),
  'keys-gone': vm('vm-hr-02'),
  rule: vm('vm-bek-01'),
  'no-vault': vm('vm-us-01'),
  'no-policy': vm('vm-case', { world: withoutEnhanced() }),
  agentless: vm('vm-agentless-01'),
  'too-big': vm('vm-big-01'),
  'firewall-shut': vm('vm-shut-01'),
  protected: vm('vm-app-01'),
  running: vm('vm-app-01', { world: running() }),
  'not-started': vm('vm-sql-01', { asked: { wish: 'back-up-now' } }),
  'held-by-rule': vm('vm-sql-01', {
    over: {
      blockedOffers: ['protect+back-up-now', 'protect'].map((go) => ({
        go,
        because: {
          refused: 'denied-by-rule',
          params: { what: 'protect', on: 'vm-sql-01', rule: 'tag: env=prod', unread: '' },
        } as never,
      })),
    },
  }),
  sure: async (look) => {
    const known: Partial<BackupKnown> = { ...(await knownOf('vm-sql-01')), go: 'protect+back-up-now' };
    return drawBackup({ ...drawn(look), known, next: 'sure' });
  },
  closed: async (look) => {
    const was = asSheet(await vm('vm-app-01')(look));
    const closing = {
      words: words(look),
      dialog,
      revision: 4,
      about: 'vm-app-01',
      by: 'Ana de Vries',
      at: now,
      hours: 12,
    };
    return closedDialogCard(closing, was);
  },
};
