import type { DiskFacts } from '../../azure/gateway.ts';
import { locksDisks } from '../../readiness/lost-keys.ts';
import type { Judged } from '../../readiness/findings/assessment.ts';
import type { VmReading } from '../../readiness/reading.ts';

/** What a forecast needs of what the checks say about a VM: a fraction of it, since it is kept for every VM. */
export type Checked = Pick<Judged, 'vm' | 'findings'> & {
  readonly encryption: Pick<Judged['encryption'], 'kind'>;
  readonly protection: Pick<Judged['protection'], 'tonight'>;
};

/** That, and the VM's disks if a restore has to look for their keys; they are no part of a verdict. */
export type CheckedVm = { readonly checked: Checked; readonly disks: readonly DiskFacts[] };

/** Leaves out which checks passed, unless that is all there is to say why the next run is in doubt. */
export function checkedOf({ around }: VmReading, { vm, findings, encryption, protection }: Judged): CheckedVm {
  const { tonight } = protection;
  const isKept = ({ verdict, code }: Judged['findings'][number], at: number) =>
    verdict !== 'ok' || code === tonight.because || at === 0;
  const checked = {
    vm,
    findings: findings.filter(isKept),
    encryption: { kind: encryption.kind },
    protection: { tonight },
  };
  const disks = (around?.disks ?? []).flatMap(({ disk }) => (disk.ok && disk.value ? [disk.value] : []));
  return { checked, disks: areKeysLost(checked) ? disks : [] };
}

/** Whether its keys can't be used, or a secret has a newer version than the disks use. */
export function areKeysLost({ findings }: Pick<Checked, 'findings'>): boolean {
  return findings.some((one) => locksDisks(one) || one.code === 'secret.other-version');
}
