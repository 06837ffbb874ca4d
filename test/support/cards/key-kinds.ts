/** The cards of a restore that restores keys as well, from its last question to its end. */
import type { RenderContext } from '../../../src/message/card-data.ts';
import { planOf } from '../../../src/operations/restore/restore-disks/choice.ts';
import { planRecovery } from '../../../src/operations/parts/recover-key-vault.ts';
import { planVersion, type Plan } from '../../../src/operations/parts/plan.ts';
import type { PartState } from '../../../src/operations/ground/part.ts';
import * as f from '../../readiness/support/facts.ts';
import { card, ended, open } from './operation-kinds.ts';
import { now, type Kinds } from './readiness-kinds.ts';
import { chosen, restorable, restoring } from './restore-kinds.ts';

const keyVault = { id: f.keyVaultId('kv-hr-weu'), name: 'kv-hr-weu' };
const lost = {
  ...restorable,
  keyVaults: [{ ...keyVault, model: 'policies' as const }],
  deletedKeyVaults: [{ ...keyVault, region: 'westeurope' }],
  keys: [{ code: 'key-vault.deleted', params: { keyVault: keyVault.name, purgeAt: '2027-01-20T00:00:00Z' } }],
};
/** What a restore has created. */
export const disks = ['vm-app-01-osdisk-20261124-091500', 'vm-app-01-datadisk-000-20261124-091500'].map(
  (name) => `/subscriptions/s/resourceGroups/rg-restore/providers/Microsoft.Compute/disks/${name}`,
);

const measured = [
  { sizeGiB: 128, sku: 'Premium_LRS' },
  { sizeGiB: 512, sku: 'Premium_LRS' },
];

const files = { configBlob: null, templateBlob: null, encryptionInfoBlob: null };
/** A finished restore of its disks. */
export const disksRestored = ended(
  { ended: 'done', jobId: '8eece52b-0000-0000-0000-000000000000' },
  { disks, measured, staged: { account: 'stkluisweu', container: 'vm-app-01-8149c07b', ...files } },
);

/** Its parts: the key vault, the disks, the keys, and the disks again. */
function restored(look: RenderContext, after: readonly PartState[], status: string) {
  const plan = planOf({ ...chosen, found: { restorable: lost, several: [], unread: [] } });
  if (!plan) throw new Error('nothing is planned');
  const before = [ended({ ended: 'done' }, { model: 'roles' }), disksRestored];
  return card(look, plan, { parts: [...before, ...after], status });
}

const firewall = {
  why: 'firewall',
  place: keyVault.name,
  name: 'kek-disks',
  version: '4d1f',
  address: '192.0.2.10',
  since: new Date(now.getTime() - 180_000).toISOString(),
};
const purged = {
  ...firewall,
  ...{ why: 'key-vault', name: null, version: null, address: null },
  gone: { is: 'purged', id: keyVault.id, region: 'westeurope' },
};
const done = [
  { how: 'restored', kind: 'key', name: 'kek-disks', keyVault: keyVault.name },
  { how: 'new-version', kind: 'secret', name: '8F0C7E4A-3A0B-4C5E-9A57-2D10C1A3B6F1', keyVault: keyVault.name },
];

/** Keys are being restored, but a firewall blocks the bot. */
export const keysWaiting = (look: RenderContext) =>
  restored(look, [open({ stage: 'keys', began: now.toISOString(), memo: { obstacle: firewall } })], 'running');

/** Recovering it alone; `memo`: what it found. */
function recovered(look: RenderContext, memo: object) {
  const vm = { id: f.vmId('rg-hr', 'vm-hr-01'), name: 'vm-hr-01', os: 'Windows' as const, tags: {} };
  const part = planRecovery({ keyVault, region: 'westeurope', vm, vaultName: 'rsv-prod-weu' }, 'nothing');
  const plan: Plan = { version: planVersion, vms: [vm], parts: [part] };
  const adopted = 'adopted' in memo ? { adopted: true } : {};
  return card(look, plan, { parts: [ended({ ended: 'done', ...adopted }, memo)], status: 'succeeded' });
}

/** By progress. */
export const keyKinds: Kinds = {
  'restore-key-vault-first': (look) => restoring(look, 'go', { ...chosen, restorable: lost }),
  'keys-waiting': keysWaiting,
  'keys-waiting-purged': (look) =>
    restored(look, [open({ stage: 'keys', began: now.toISOString(), memo: { obstacle: purged } })], 'running'),
  'key-vault-recovered': (look) => recovered(look, { model: 'policies' }),
  'key-vault-there': (look) => recovered(look, { model: 'policies', adopted: true }),
  'keys-back': (look) =>
    restored(
      look,
      [
        ended({ ended: 'done' }, { done }),
        ended({ ended: 'done' }, { written: disks.map((id) => id.split('/').at(-1)) }),
      ],
      'succeeded',
    ),
  'keys-not-back': (look) =>
    restored(
      look,
      [
        ended(
          {
            ended: 'failed',
            failure: {
              origin: 'internal',
              codes: [],
              says: [],
              internal: 'obstacle-stays',
              requestId: null,
              jobId: null,
            },
          },
          { obstacle: firewall },
        ),
        ended({ ended: 'skipped', because: 'keys' }),
      ],
      'partly',
    ),
};
