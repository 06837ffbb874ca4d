import { itemRefOf } from '../../../../azure/gateway.ts';
import { keyOfId } from '../../../../core/arm-id.ts';
import type { GrantNeed } from '../../../../readiness/findings/assessment.ts';
import { planGrant, type GrantedVm, type GrantPart } from '../../../parts/grant-key-vault-access.ts';
import type { Part } from '../../../parts/parts.ts';
import type { RegisterPart } from '../../../parts/register-provider.ts';
import { planVersion, type Plan } from '../../../parts/plan.ts';
import { defaultKeepDays } from '../known.ts';
import { rowNames, whyNot, type Brief } from './brief.ts';
import { chosenOnes, type BatchKnown } from './choice.ts';

/**
 * The plan for many VMs: each subscription's provider once and each key vault's grant once, then each VM's own parts
 * after those that it needs. Pure.
 */
export function planBatch(known: BatchKnown): Plan {
  const rows = chosenOnes(known);
  const registrations = sharedRegistrations(rows);
  const grants = known.go === 'all' ? sharedGrants(rows, registrations) : new Map<string, GrantPart>();
  const keepDays = known.asked.keepDays ?? defaultKeepDays;
  const parts = rows.flatMap((row, index) => partsOf(row, { index: index + 1, grants, registrations, keepDays }));
  return {
    version: planVersion,
    vms: rows.flatMap((row) => (row.vm ? [{ id: row.vm.id, name: row.vm.name }] : [])),
    ...leftOutOf(known, rows),
    parts: [...registrations.values(), ...grants.values(), ...parts],
  };
}

/** VMs that were requested and not chosen, so that the closing card can name them all. */
function leftOutOf({ table }: BatchKnown, chosen: readonly Brief[]): Pick<Plan, 'leftOut'> {
  const called = rowNames(table.rows);
  const left = table.rows.filter((row) => !chosen.includes(row));
  return left.length === 0 ? {} : { leftOut: left.map((row) => ({ name: called(row), why: whyNot(row) })) };
}

type Registrations = ReadonlyMap<string, RegisterPart>;

function sharedRegistrations(rows: readonly Brief[]): Map<string, RegisterPart> {
  const lacking = rows.flatMap(({ vm, registers }) => (vm && registers ? [{ vm, provider: registers }] : []));
  const bySubscription = Map.groupBy(lacking, ({ vm }) => vm.subscription.toLowerCase());
  const made = [...bySubscription].map(([key, [first, ...others]], index) => {
    const { vm, provider } = first as (typeof lacking)[number];
    const vms = [vm, ...others.map((one) => one.vm)].map(({ id, name, os, tags }) => ({ id, name, os, tags }));
    const base = { id: `register-${index + 1}`, after: [], does: 'register-provider', then: 'back-up' } as const;
    return [key, { ...base, subscription: vm.subscription, provider, vms }] as const;
  });
  return new Map(made);
}

type Shared = { readonly need: GrantNeed; readonly vms: readonly GrantedVm[]; readonly rows: readonly Brief[] };

function sharedGrants(all: readonly Brief[], registrations: Registrations): Map<string, GrantPart> {
  const needs = new Map<string, Shared>();
  for (const row of all.filter(({ cause }) => cause === 'access' || cause === 'provider-access')) {
    for (const need of row.grants) {
      const key = keyOfId(need.keyVaultId);
      const before = needs.get(key);
      needs.set(key, {
        need: before ? joined(before.need, need) : need,
        vms: [...(before?.vms ?? []), ...grantedVms(row)],
        rows: [...(before?.rows ?? []), row],
      });
    }
  }
  const made = [...needs].map(([key, { need, vms, rows }], index) => {
    const part = planGrant(need, { vms, then: 'protect', id: `grant-${index + 1}` });
    return [key, part && { ...part, after: awaitedBy(rows, registrations) }] as const;
  });
  return new Map(made.flatMap(([key, part]) => (part ? [[key, part] as const] : [])));
}

/**
 * The registration that all of them need: nothing is given for backups that can't follow. None if they need several, or
 * one of them needs none: it would wait in vain for what only the others need.
 */
function awaitedBy(rows: readonly Brief[], registrations: Registrations): readonly string[] {
  const [only, ...others] = [...new Set(rows.map((row) => registrationOf(row, registrations)?.id))];
  return only !== undefined && others.length === 0 ? [only] : [];
}

function registrationOf({ vm, registers }: Brief, registrations: Registrations): RegisterPart | undefined {
  return vm && registers ? registrations.get(vm.subscription.toLowerCase()) : undefined;
}

function grantedVms({ vm, item, destination }: Brief): GrantedVm[] {
  const vaultName = item?.vaultName ?? destination?.vaultName ?? null;
  return vm ? [{ id: vm.id, name: vm.name, os: vm.os, tags: vm.tags, vaultName }] : [];
}

/** Two VMs may need different rights in the same key vault: the grant gives both. */
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

type At = {
  readonly index: number;
  readonly registrations: Registrations;
  readonly grants: ReadonlyMap<string, GrantPart>;
  readonly keepDays: number;
};

function partsOf(row: Brief, { index, registrations, grants, keepDays }: At): Part[] {
  if (!row.vm) return [];
  const vm = { id: row.vm.id, name: row.vm.name, os: row.vm.os, tags: row.vm.tags };
  const { keyVaults } = row;
  const after = [
    registrationOf(row, registrations),
    ...row.grants.map((need) => grants.get(keyOfId(need.keyVaultId))),
  ].flatMap((part) => part?.id ?? []);
  const backUp = { id: `back-up-${index}`, does: 'back-up-now' as const, vm, keyVaults, keepDays };
  if (row.item) return [{ ...backUp, after, ref: row.item.ref, vaultName: row.item.vaultName }];
  if (!row.destination) return [];
  const { vaultId, vaultName, policyId, policyName } = row.destination;
  const ref = itemRefOf(vm.id, vaultId);
  const id = `protect-${index}`;
  return [
    { id, after, does: 'protect', vm, keyVaults, ref, vaultName, policyId, policyName },
    { ...backUp, after: [id], ref, vaultName },
  ];
}
