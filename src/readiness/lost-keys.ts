/** What is wrong with the keys of a VM's disks, and what of that a restore mends by itself. */
import { preventsRestart } from '../core/restart.ts';
import type { Assessment } from './findings/assessment.ts';
import type { Finding } from './findings/finding.ts';

/** Whether restored disks would stay locked for this: a key, secret or key vault that cannot be used. */
export function locksDisks({ verdict, code }: Finding): boolean {
  return verdict === 'block' && /^(key-vault|kek-version|secret)\./.test(code);
}

/** What is gone that the VM needs to start again; undefined: nothing. */
export function lostKeys({ findings }: Pick<Assessment, 'findings'>): Finding | undefined {
  return findings.find((finding) => finding.verdict === 'block' && !finding.aside && preventsRestart(finding));
}

const broughtBack = new Set(['key-vault.deleted', 'kek-version.absent', 'secret.absent']);

/**
 * Whether a restore brings these keys back: it recovers a deleted key vault, and puts keys and secrets back. Of a
 * secret that somebody disabled it makes a new version, but only where a key is around what it writes.
 */
export function isBroughtBack({ code, params }: Pick<Finding, 'code' | 'params'>): boolean {
  return broughtBack.has(code) || (code === 'secret.disabled' && params['wrapped'] === true);
}

/** A deleted key vault that can be recovered; `others`: the names of the other VMs that need it. */
type ToRecover = { readonly id: string; readonly name: string; readonly others: readonly string[] };

/** The deleted key vaults with keys of a VM, as far as Azure can still recover them. */
export function keyVaultsToRecover({
  findings,
}: {
  readonly findings: readonly Pick<Finding, 'code' | 'params'>[];
}): readonly ToRecover[] {
  return findings.flatMap(({ code, params }) => {
    const { keyVaultId: id, keyVault: name, others } = params;
    if (code !== 'key-vault.deleted' || typeof id !== 'string' || typeof name !== 'string') return [];
    return [{ id, name, others: Array.isArray(others) ? (others as readonly string[]) : [] }];
  });
}
