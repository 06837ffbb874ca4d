import type { ItemRef } from '../../../../azure/gateway.ts';
import { calledApart } from '../../../../core/vm-target.ts';
import type { Refusal } from '../../../../core/refusal.ts';
import type { Assessment, GrantNeed } from '../../../../readiness/findings/assessment.ts';
import type { Finding, FindingParams } from '../../../../readiness/findings/finding.ts';
import type { LeftOutReason } from '../../../parts/left-out.ts';
import type { PlannedKeyVault } from '../../../ground/part.ts';
import { ownOf } from '../../../../core/own-of.ts';
import { does, type BackupChoice } from '../choices.ts';
import { bindsForGood } from '../known.ts';
import { keyVaultsOf } from '../../../ground/targets.ts';
import { providerToRegister } from '../plan-backup.ts';

/**
 * What keeps a VM from continuing, or that nothing does. `unsure`: nothing is known to block it, but something that
 * might couldn't be read; `unknown`: somebody has to choose where its backups go; `provider`: one has to be registered
 * in its subscription first, and for `provider-access` access be given after that.
 */
export type Cause =
  | 'ready'
  | 'protected'
  | 'unsure'
  | 'access'
  | 'provider'
  | 'provider-access'
  | 'blocked'
  | 'unknown'
  | 'not-found'
  | 'several';

type Said = { readonly code: string; readonly params: FindingParams };

/**
 * One VM of many: only what the table, the rights and the plan need, since fifty of them are stored with the dialog.
 */
export type Brief = {
  readonly asked: string;
  readonly cause: Cause;
  readonly vm: {
    readonly id: string;
    readonly name: string;
    readonly resourceGroup: string;
    readonly subscription: string;
    readonly os: 'Windows' | 'Linux' | null;
    readonly tags: Readonly<Record<string, string>> | null;
  } | null;
  readonly keyVaults: readonly PlannedKeyVault[] | null;
  /** The resource provider that has to be registered first; absent: none. */
  readonly registers?: string;
  /** What blocks it. */
  readonly finding: Said | null;
  /** What is worth knowing about it although it continues. */
  readonly notes: readonly Said[];
  readonly destination: {
    readonly vaultId: string;
    readonly vaultName: string;
    readonly policyId: string;
    readonly policyName: string;
    /** The vault is locked as immutable, so choosing it is irreversible; absent: it isn't. */
    readonly isFinal?: true;
  } | null;
  readonly item: { readonly ref: ItemRef; readonly vaultName: string } | null;
  readonly grants: readonly GrantNeed[];
  /** Whether the grants that it needs can be given from here. */
  readonly mayGrant: boolean;
  /** What the rules deny to everybody; null: nothing. */
  readonly held: Refusal | null;
};

/** Each row's name next to the others, or what was typed for it. */
export function rowNames(rows: readonly Brief[]): (row: Brief) => string {
  const called = calledApart(rows.flatMap(({ vm }) => vm ?? []));
  return ({ vm, asked }) => (vm ? called(vm) : asked);
}

/** A name that no VM has, or several. */
export function briefOfName(asked: string, cause: 'not-found' | 'several'): Brief {
  return {
    asked,
    cause,
    vm: null,
    keyVaults: null,
    finding: null,
    notes: [],
    destination: null,
    item: null,
    grants: [],
    mayGrant: false,
    held: null,
  };
}

/** What can be chosen for a VM, and whether it includes grants. */
type Offered = { readonly choices: readonly BackupChoice[]; readonly mayGrant: boolean };

/** The brief of one VM. Pure. */
export function briefOf(asked: string, assessment: Assessment, { choices, mayGrant }: Offered): Brief {
  const { id, name, resourceGroup, subscription, os, tags } = assessment.vm;
  const { protection } = assessment;
  const cause = causeOf(assessment, choices);
  const isUnregistered = cause === 'provider' || cause === 'provider-access';
  const provider = isUnregistered ? providerToRegister(assessment) : null;
  return {
    asked,
    cause,
    vm: { id, name, resourceGroup, subscription, os, tags },
    keyVaults: keyVaultsOf(assessment),
    ...(provider !== null && { registers: provider }),
    finding: cause === 'blocked' || isUnregistered ? stopperOf(assessment) : null,
    notes: weighed(assessment, ['unknown', 'warn']).slice(0, maxNotes).map(said),
    destination: destinationOf(assessment),
    item: protection.item ? { ref: protection.item, vaultName: protection.vaultName ?? '' } : null,
    grants: assessment.grants.filter((need) => need.required),
    mayGrant,
    held: null,
  };
}

const maxNotes = 3;

/**
 * The first thing that blocks; if nothing does, what keeps its protection from continuing, or what couldn't be read.
 */
function stopperOf(assessment: Assessment): Said | null {
  const [block] = weighed(assessment, ['block']);
  const open = weighed(assessment, ['warn', 'unknown']);
  const stopper = block ?? open.find(({ check }) => check === 'protection') ?? open[0];
  return stopper ? said(stopper) : null;
}

function weighed({ findings }: Assessment, verdicts: readonly Finding['verdict'][]): readonly Finding[] {
  return findings.filter(({ verdict, aside }) => !aside && verdicts.includes(verdict));
}

function said({ code, params }: Finding): Said {
  return { code, params };
}

/** Why a VM is left out, as stored in the plan and its cards. */
export function whyNot(row: Brief): LeftOutReason {
  if (row.held) return { is: 'held', by: row.held };
  switch (row.cause) {
    case 'access':
      return { is: 'access', keyVaults: row.grants.map((need) => need.keyVaultName) };
    case 'several':
    case 'not-found':
      return { is: row.cause };
    default:
      return row.finding ? { is: 'finding', ...row.finding } : { is: 'choice' };
  }
}

function causeOf(assessment: Assessment, choices: readonly BackupChoice[]): Cause {
  const [choice] = choices;
  const unsure = assessment.verdict === 'unknown';
  if (choice === 'back-up-now') return unsure ? 'unsure' : 'protected';
  if (choice !== undefined && does(choice, 'register-provider')) {
    const isPlaced = assessment.protection.item !== null || destinationOf(assessment) !== null;
    if (!isPlaced || !does(choice, 'back-up-now')) return 'blocked';
    return does(choice, 'grant-key-vault-access') ? 'provider-access' : 'provider';
  }
  if (choice?.startsWith('grant') || (choice === undefined && assessment.verdict === 'fixable')) return 'access';
  if (choice === undefined) return 'blocked';
  if (destinationOf(assessment) === null) return 'unknown';
  return unsure ? 'unsure' : 'ready';
}

/** The same VM if the rules deny what would be done with it: it is left out, with the reason. */
export function heldBack(brief: Brief, held: Refusal | null): Brief {
  return held ? { ...brief, held, cause: 'blocked' } : brief;
}

/** The default vault and policy of the VM's own card; null if a person would have to choose. */
function destinationOf({ destinations }: Assessment): Brief['destination'] {
  const { vaultId, policyId } = destinations.preset;
  const vault = destinations.vaults.find((choice) => choice.id === vaultId);
  const policy =
    vaultId === null ? undefined : ownOf(destinations.policies, vaultId)?.find((choice) => choice.id === policyId);
  if (!vault || !policy) return null;
  const isFinal = bindsForGood(vault) ? { isFinal: true as const } : {};
  return { vaultId: vault.id, vaultName: vault.name, policyId: policy.id, policyName: policy.name, ...isFinal };
}
