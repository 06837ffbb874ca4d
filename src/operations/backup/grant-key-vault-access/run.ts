/**
 * Giving Azure Backup access to a key vault, by the grant identity. The key vault is read again first: a changed model
 * ends the part without a write, existing permissions are adopted. Then the entry or the assignment is written once
 * (again only if somebody else's write came first, after another look), read back until it appears, and waited for
 * until it takes effect, which is later. If protection is enabled next, the wait is short, since Azure checks access
 * there at no cost; before a backup it is the full one, since a failed backup costs one of nine daily attempts.
 */
import type { KeyVaultFacts } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import type { Json } from '../../../core/json.ts';
import { failedInternally, failedCall } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import type { Grant } from '../../parts/grant-key-vault-access.ts';

/** How often somebody else's write can come first. */
const maxConflicts = 5;

/** Runs `grant-key-vault-access`. */
export const runGrant: PartRunner<Grant> = {
  first: 'read',
  stages: { read, write, show, wait },
};

async function read(run: Run<Grant>): Promise<Next<Grant['memo']>> {
  if (!run.azure.grants) return { outcome: failedInternally('no-grant-identity') };
  const keyVault = await run.azure.reads.keyVault(run.part.keyVault.id);
  if (keyVault === null) return { outcome: failedInternally('key-vault-vanished') };
  if (keyVault.rbac !== (run.part.by.model === 'roles')) return { outcome: failedInternally('key-vault-changed') };
  // Existing permissions may not have taken effect yet, so the wait is kept; only the write is skipped.
  return (await shows(run, keyVault)) ? inForce(run, { adopted: true }) : { stage: 'write', inMs: 0, memo: run.memo };
}

async function write(run: Run<Grant>): Promise<Next<Grant['memo']>> {
  const tries = run.memo.tries ?? 0;
  const written = await run.write<Json>({
    call: tries === 0 ? 'grant' : `grant-${tries}`,
    target: run.part.keyVault.id,
    send: async (attempt) => ({ requestId: (await give(run, attempt)).requestId }),
    findEffect: async () => ((await showsNow(run)) ? { traced: true } : null),
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'write', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') {
    if (written.fault.kind !== 'conflict' || tries >= maxConflicts) return { outcome: failedCall(written.fault) };
    // It exists, or somebody else is writing right now: a read shows which, and whether anything is missing.
    return { stage: 'read', inMs: run.waits.grantLook * 2 ** tries, memo: { tries: tries + 1 } };
  }
  return { stage: 'show', inMs: 0, memo: { until: later(run, run.waits.grantShows) } };
}

async function show(run: Run<Grant>): Promise<Next<Grant['memo']>> {
  if (await showsNow(run)) return inForce(run);
  if (Date.parse(run.memo.until as string) <= run.now.getTime())
    return { outcome: failedInternally('not-shown-after-grant') };
  return { stage: 'show', inMs: run.waits.grantLook, memo: run.memo };
}

function wait({ memo }: Run<Grant>): Promise<Next<Grant['memo']>> {
  return Promise.resolve({ outcome: { ended: 'done', ...(memo.adopted && { adopted: true }) } });
}

function inForce(run: Run<Grant>, how: Pick<Grant['memo'], 'adopted'> = {}): Next<Grant['memo']> {
  const { policyProbe, policyInForce, roleProbe, roleInForce } = run.waits;
  const [probe, full] = run.part.by.model === 'policies' ? [policyProbe, policyInForce] : [roleProbe, roleInForce];
  const inMs = { protect: probe, 'back-up': full, nothing: 0 }[run.part.then];
  return { stage: 'wait', inMs, memo: { ...how, since: run.now.toISOString(), until: later(run, inMs) } };
}

function give(run: Run<Grant>, attempt: Parameters<NonNullable<Run['azure']['grants']>['addAccessPolicy']>[2]) {
  const grants = run.azure.grants;
  if (!grants) throw new Error('no grant identity');
  const { by, keyVault, principalId } = run.part;
  if (by.model === 'policies') return grants.addAccessPolicy(keyVault.id, by.entry, attempt);
  const description = `Azure Backup reads disk keys here (Kluis, request ${attempt.id})`;
  const assignment = { scope: keyVault.id, name: by.assignment, roleDefinitionId: by.roleId, principalId, description };
  return grants.assignRole(assignment, attempt);
}

async function showsNow(run: Run<Grant>): Promise<boolean> {
  const keyVault = await run.azure.reads.keyVault(run.part.keyVault.id);
  return keyVault !== null && (await shows(run, keyVault));
}

async function shows(run: Run<Grant>, keyVault: KeyVaultFacts): Promise<boolean> {
  const { by, principalId, missing } = run.part;
  if (by.model === 'policies') {
    const entry = keyVault.policies.find(
      (policy) => policy.objectId.toLowerCase() === principalId.toLowerCase() && policy.applicationId === null,
    );
    return entry !== undefined && holds(entry.keys, missing.keys) && holds(entry.secrets, missing.secrets);
  }
  const assignments = await run.azure.reads.roleAssignments(keyVault.id, principalId);
  return assignments.some((assignment) => sameRole(assignment.roleDefinitionId, by.roleId));
}

function holds(present: readonly string[], needed: readonly string[]): boolean {
  const have = new Set(present.map((right) => right.toLowerCase()));
  return have.has('all') || needed.every((right) => have.has(right.toLowerCase()));
}

/** A role's ID may come with or without its scope; its GUID is what counts. */
function sameRole(a: string, b: string): boolean {
  return sameId(a, b) || a.split('/').pop()?.toLowerCase() === b.split('/').pop()?.toLowerCase();
}

function later(run: Run<Grant>, ms: number): string {
  return new Date(run.now.getTime() + ms).toISOString();
}
