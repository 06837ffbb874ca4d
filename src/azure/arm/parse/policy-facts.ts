import type {
  AzureIaaSVMProtectionPolicy,
  LongTermRetentionPolicy,
  ProtectionPolicyResource,
  RetentionDuration,
  SimpleRetentionPolicy,
} from '@azure/arm-recoveryservicesbackup';
import type { PolicyFacts, Retention } from '../../facts.ts';
import { numberOrNull, required, wordOrNull } from './azure-values.ts';
import { scheduleOf } from './policy-schedule.ts';

/** A backup policy for VMs as the product sees it; null if it is for something else. */
export function policyFacts({ id, name, properties }: ProtectionPolicyResource): PolicyFacts | null {
  if (properties?.backupManagementType !== 'AzureIaasVM') return null;
  const policy = properties as AzureIaaSVMProtectionPolicy & { snapshotConsistencyType?: string };
  return {
    id: required(id, 'id'),
    name: required(name, 'name'),
    // A Standard policy created before there were two kinds says nothing.
    kind: policy.policyType === 'V2' ? 'Enhanced' : 'Standard',
    timeZone: wordOrNull(policy.timeZone) ?? 'UTC',
    schedule: scheduleOf(policy.schedulePolicy),
    ...retentionOf(policy),
    snapshotDays: numberOrNull(policy.instantRpRetentionRangeInDays),
    // Newer than the package's model, which passes on what it doesn't know.
    crashConsistentOnly: policy.snapshotConsistencyType === 'OnlyCrashConsistent',
    restorePointGroup: groupOf(policy),
    protectedItems: policy.protectedItemsCount ?? 0,
  };
}

function groupOf({ instantRPDetails }: AzureIaaSVMProtectionPolicy): PolicyFacts['restorePointGroup'] {
  const prefix = wordOrNull(instantRPDetails?.azureBackupRGNamePrefix);
  return prefix ? { prefix, suffix: wordOrNull(instantRPDetails?.azureBackupRGNameSuffix) ?? '' } : null;
}

function retentionOf({ retentionPolicy }: AzureIaaSVMProtectionPolicy): Pick<PolicyFacts, Period> {
  if (retentionPolicy?.retentionPolicyType === 'SimpleRetentionPolicy') {
    const { retentionDuration } = retentionPolicy as SimpleRetentionPolicy;
    return { daily: kept(retentionDuration), weekly: null, monthly: null, yearly: null };
  }
  const long = (retentionPolicy ?? {}) as Partial<LongTermRetentionPolicy>;
  return {
    daily: kept(long.dailySchedule?.retentionDuration),
    weekly: kept(long.weeklySchedule?.retentionDuration),
    monthly: kept(long.monthlySchedule?.retentionDuration),
    yearly: kept(long.yearlySchedule?.retentionDuration),
  };
}

type Period = 'daily' | 'weekly' | 'monthly' | 'yearly';

const units = ['Days', 'Weeks', 'Months', 'Years'] as const;

function kept(duration: RetentionDuration | undefined): Retention | null {
  const unit = units.find((known) => known === duration?.durationType);
  return duration?.count && unit ? { count: duration.count, unit } : null;
}
