/** The cards of the policy dialog. */
import { policyBody, type PolicyFacts, type PolicyShape } from '../../../src/azure/gateway.ts';
import { newForm } from '../../../src/operations/backup/policy/form/form.ts';
import type { PolicyKnown } from '../../../src/operations/backup/policy/flow.ts';
import { drawPolicy } from '../../../src/operations/backup/policy/draw-policy.ts';
import * as f from '../../readiness/support/facts.ts';
import { dialog, drawn, type Kinds } from './readiness-kinds.ts';

const shape: PolicyShape = {
  name: 'gold',
  kind: 'Standard',
  timeZone: 'W. Europe Standard Time',
  schedule: { frequency: 'Daily', times: ['01:00'] },
  daily: { count: 30, unit: 'Days' },
  weekly: null,
  monthly: null,
  yearly: null,
  snapshotDays: 2,
};
const facts = (over: Partial<PolicyFacts> = {}): PolicyFacts => ({
  ...shape,
  id: `${f.vaultId('rsv-prod-weu')}/backupPolicies/gold`,
  crashConsistentOnly: false,
  restorePointGroup: null,
  protectedItems: 3,
  ...over,
});
const vault = {
  id: f.vaultId('rsv-prod-weu'),
  name: 'rsv-prod-weu',
  resourceGroup: 'rg-backup',
  subscription: f.subscription,
  region: 'westeurope',
  isDefault: true,
};
const place = {
  vault: { multiUserAuthorization: false, immutability: 'Disabled' },
  policies: 4,
  held: null,
  guarded: [],
};
const estate = { vaults: [vault], policies: [], more: 0, unread: [] };
const making = { args: ['new'], mode: 'new', estate, vault: vault.id, form: newForm('Europe/Amsterdam'), shape, place };

function changing(count: number, protectedItems: number) {
  const was = facts({ daily: { count: 90, unit: 'Days' }, protectedItems });
  const held = { facts: was, body: policyBody({ ...shape, daily: was.daily }, null) };
  const to = { ...shape, daily: { count, unit: 'Days' as const } };
  const row = { vaultId: vault.id, vaultName: vault.name, facts: was };
  return {
    ...making,
    args: ['change'],
    mode: 'change',
    estate: { ...estate, policies: [row] },
    policy: was.id,
    shape: to,
    place: { ...place, held },
  };
}

const policy =
  (known: object, next: string): Kinds[string] =>
  (look) =>
    drawPolicy({ ...drawn(look), known: known as Partial<PolicyKnown>, next });

const named = { ...making.form, name: 'gold' };
/** The form's second card. */
const second = (form: object) => policy({ ...making, form: { ...named, ...form }, shape: undefined }, 'shape');

/** By what they say. */
export const policyKinds: Kinds = {
  'policy-new-or-change': policy({ args: [] }, 'mode'),
  'policy-form': policy({ ...making, form: undefined, shape: undefined }, 'form'),
  'policy-form-kind-wrong': policy(
    { ...making, form: { zone: 'UTC', name: 'x', kind: 'Standard', often: 'hourly-6', open: 'rest' } },
    'shape',
  ),
  'policy-form-vm': policy(
    {
      ...making,
      form: { zone: 'UTC', name: 'x-1', kind: 'Standard', often: 'daily', open: 'rest' },
      returns: { dialog, vm: 'vm-sql-01', enhanced: true, why: { code: 'policy.disks-of-ade', params: {} } },
      shape: undefined,
    },
    'shape',
  ),
  'policy-form-taken': policy(
    { ...making, form: named, place: { ...place, held: { facts: facts(), body: {} } } },
    'clear',
  ),
  'policy-form-daily': second({ often: 'daily', open: 'rest' }),
  'policy-form-weekly': second({ often: 'weekly', open: 'rest' }),
  'policy-form-hourly': second({ kind: 'Enhanced', often: 'hourly-6', open: 'rest' }),
  'policy-form-wrong': second({ daily: 'x', yearly: '1000', snapshots: '9' }),
  'policy-form-hourly-wrong': second({
    kind: 'Enhanced',
    often: 'hourly-6',
    daily: 'x',
    weekly: 'x',
    monthly: 'x',
    yearly: '1000',
    snapshots: '99',
  }),
  'policy-summary': policy(making, 'go'),
  'policy-change': policy(changing(120, 3), 'go'),
  'policy-shorter': policy(changing(30, 3), 'go'),
  'policy-sure': policy(changing(30, 3), 'sure'),
};
