import type { ItemSpec, JobSpec, PointSpec } from '../state/state-backup.ts';
import type { VmSpec } from '../state/state-compute.ts';
import type { SimState } from '../state/state.ts';
import { containerOf } from '../backup/names.ts';
import { copiedKeys } from '../backup/disks/copied-keys.ts';
import { machineOf } from '../restore/restored-disks.ts';
import { KEY_VAULT_ERROR } from '../backup/job-errors.ts';
import { diskId, same, vaultId, vmId } from '../ids.ts';
import { millis, stamp } from '../times.ts';
import { guidOf, numberOf } from '../invented.ts';

const DAY = 86_400_000;

/** How a VM of the estate has been protected: nightly runs at this hour (UTC), the last one before `now`. */
export type PastPlan = {
  vault: string;
  policy: string;
  at: string;
  points: number;
  older?: string[];
  encrypted: boolean;
  failedNights?: number;
};

/** Protects a VM as if it had been protected for long: recovery points, and the jobs of the last nights. */
export function addProtected(state: SimState, vm: VmSpec, past: PastPlan & { now: Date }): ItemSpec {
  const vault = state.vaults.find((known) => known.name === past.vault);
  if (!vault) throw new Error(`the estate has no vault ${past.vault}`);
  const failed = past.failedNights ?? 0;
  const runs = lastNights(past, past.points - (past.older?.length ?? 0) + failed);
  const nights = runs.slice(failed);
  const times = [...nights, ...(past.older ?? [])];
  const item: ItemSpec = {
    vaultId: vaultId(vault),
    vmId: vmId(vm),
    vmGuid: vm.vmId,
    container: containerOf(vmId(vm)),
    policyId: `${vaultId(vault)}/backupPolicies/${past.policy}`,
    state: 'Protected',
    dataId: numberOf(`item ${vmId(vm)}`),
    lastBackupStatus: failed > 0 ? 'Failed' : 'Completed',
    lastBackupTime: runs[0],
    lastRecoveryPoint: nights[0],
    ...keptMachine(state, vm),
    points: times.map((time) => pastPoint(state, vm, { time, now: past.now, encrypted: past.encrypted })),
  };
  state.items.push(item);
  for (const [back, time] of runs.slice(0, 7).entries()) {
    const run = { time, back, now: past.now };
    state.jobs.push(back < failed ? failedJob(item, vm, run) : pastJob(item, vm, run));
  }
  return item;
}

function keptMachine(state: SimState, vm: VmSpec): Pick<ItemSpec, 'machine'> {
  const machine = machineOf(state, vmId(vm));
  return machine ? { machine } : {};
}

const lateMs = 7000;

/**
 * The starts of the last nightly runs, newest first, each a few seconds after the hour, as real ones are. One is always
 * within the last 24 hours; it has ended, however recently it began.
 */
function lastNights({ now, at }: { now: Date; at: string }, count: number): string[] {
  const today = Date.parse(`${now.toISOString().slice(0, 10)}T${at}:00Z`);
  const last = today + lateMs > now.getTime() ? today - DAY : today;
  return Array.from({ length: count }, (_, night) =>
    stamp(new Date(last - night * DAY + lateMs + ((night * 3691) % 40_000))),
  );
}

type Run = { readonly time: string; readonly back: number; readonly now: Date };

/** This long after the start of a run, but not later than now. */
function after({ time, now }: Run, ms: number): string {
  return stamp(new Date(Math.min(millis(time) + ms, now.getTime())));
}

function pastPoint(state: SimState, vm: VmSpec, past: { time: string; now: Date; encrypted: boolean }): PointSpec {
  const fresh = past.now.getTime() - millis(past.time) < 2 * DAY;
  const disk = state.disks.find((known) => same(diskId(known), vm.disks[0]?.diskId));
  return {
    id: numberOf(`point ${vmId(vm)} ${past.time}`),
    time: past.time,
    consistency: 'AppConsistent',
    tiers: ['InstantRP', 'HardenedRP'],
    ...(fresh ? {} : { snapshotOver: true as const, expires: after30Days(past.time), ruleName: 'Daily' as const }),
    encrypted: past.encrypted,
    ...(carriesKeys(past) && disk?.ade?.keyUrl ? { keys: { ...disk.ade } } : {}),
    size: vm.size,
    os: vm.os,
    securityType: 'None',
    policyType: 'V1',
    ...copiedKeys(state, vm),
  };
}

function after30Days(time: string): string {
  return stamp(new Date(millis(time) + 30 * DAY));
}

// The last day of the old format, see `PointSpec`.
function carriesKeys({ time, encrypted }: { time: string; encrypted: boolean }): boolean {
  return encrypted && time < '2017-07-11';
}

function pastJob(item: ItemSpec, vm: VmSpec, run: Run): JobSpec {
  const snapshot = after(run, 280_000 + run.back * 9000);
  const end = after(run, 2_900_000 + ((run.back * 77_000) % 400_000));
  return {
    id: guidOf(`job ${item.vmId} ${run.time}`),
    vaultId: item.vaultId,
    vmId: item.vmId,
    container: item.container,
    vmName: vm.name,
    operation: 'Backup',
    status: 'Completed',
    start: run.time,
    end,
    activityId: guidOf(`activity ${item.vmId} ${run.time}`),
    cancellable: true,
    tasks: [
      { id: 'Take Snapshot', status: 'Completed', start: run.time, end: snapshot },
      { id: 'Transfer data to vault', status: 'Completed', start: snapshot, end },
    ],
    bag: { 'VM Name': vm.name, 'Backup Size': '18432 MB' },
  };
}

function failedJob(item: ItemSpec, vm: VmSpec, run: Run): JobSpec {
  const job = pastJob(item, vm, run);
  const end = after(run, 61_000 + run.back * 4000);
  const tasks = [{ id: 'Take Snapshot', status: 'Failed', start: run.time, end }];
  return {
    ...job,
    status: 'Failed',
    end,
    tasks,
    bag: { 'VM Name': vm.name },
    errors: [structuredClone(KEY_VAULT_ERROR)],
  };
}
