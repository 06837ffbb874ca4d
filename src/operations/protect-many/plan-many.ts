import { itemRefOf } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { GrantNeed } from '../../readiness/assessment.ts';
import { planGrant, type GrantPart } from '../grant-key-vault-access/plan.ts';
import type { Part } from '../part.ts';
import type { Plan } from '../plan.ts';
import { defaultKeepDays } from '../protect/flow.ts';
import type { Brief } from './brief.ts';
import { chosenOnes, type ManyKnown } from './flow.ts';

/** The plan for many VMs: each key vault's grant once, then for each VM its own parts behind the grants that it needs. Pure. */
export function planMany(known: ManyKnown): Plan {
  const rows = chosenOnes(known);
  const grants = known.go === 'all' ? sharedGrants(rows) : new Map<string, GrantPart>();
  const keepDays = known.asked.keepDays ?? defaultKeepDays;
  const parts = rows.flatMap((row, index) => partsOf(row, { index: index + 1, grants, keepDays }));
  return {
    version: 1,
    goal: grants.size > 0 ? 'grant-protect-and-back-up' : 'protect-and-back-up',
    vms: rows.flatMap((row) => (row.vm ? [{ id: row.vm.id, name: row.vm.name }] : [])),
    parts: [...grants.values(), ...parts],
  };
}

function sharedGrants(rows: readonly Brief[]): Map<string, GrantPart> {
  const needs = new Map<string, GrantNeed>();
  for (const need of rows.flatMap((row) => (row.cause === 'access' ? row.grants : []))) {
    const key = keyOfId(need.keyVaultId);
    needs.set(key, needs.has(key) ? joined(needs.get(key) as GrantNeed, need) : need);
  }
  const made = [...needs].map(([key, need], index) => [key, planGrant(need, 'protect', `grant-${index + 1}`)] as const);
  return new Map(made.flatMap(([key, part]) => (part ? [[key, part] as const] : [])));
}

/** Two VMs may need different rights in the same key vault: the grant gives what both need. */
function joined(a: GrantNeed, b: GrantNeed): GrantNeed {
  const both = (x: readonly string[], y: readonly string[]) => [...new Set([...x, ...y])];
  const missing = {
    keys: both(a.missing.keys, b.missing.keys),
    secrets: both(a.missing.secrets, b.missing.secrets),
    dataActions: both(a.missing.dataActions, b.missing.dataActions),
  };
  if (!a.entry || !b.entry) return { ...a, missing };
  const entry = { ...a.entry, keys: both(a.entry.keys, b.entry.keys), secrets: both(a.entry.secrets, b.entry.secrets) };
  return { ...a, missing, entry };
}

type At = { readonly index: number; readonly grants: ReadonlyMap<string, GrantPart>; readonly keepDays: number };

function partsOf(row: Brief, { index, grants, keepDays }: At): Part[] {
  if (!row.vm) return [];
  const vm = { id: row.vm.id, name: row.vm.name };
  const after = row.grants.flatMap((need) => grants.get(keyOfId(need.keyVaultId))?.id ?? []);
  const backUp = { id: `back-up-${index}`, does: 'back-up-now' as const, vm, keepDays };
  if (row.item) return [{ ...backUp, after, ref: row.item.ref, vaultName: row.item.vaultName }];
  if (!row.destination) return [];
  const { vaultId, vaultName, policyId, policyName } = row.destination;
  const ref = itemRefOf(vm.id, vaultId);
  const id = `protect-${index}`;
  return [
    { id, after, does: 'protect', vm, ref, vaultName, policyId, policyName },
    { ...backUp, after: [id], ref, vaultName },
  ];
}
