/** The pure core of readiness: readings in, assessment out. */
import type { PreValidation, VmFacts } from '../../azure/gateway.ts';
import { parseArmId } from '../../core/arm-id.ts';
import { assessedEncryption } from './assessed-encryption.ts';
import type { Assessment, AssessedProtection, AssessedVm, Destinations, Judged } from '../findings/assessment.ts';
import { checkPrincipal, checkRights } from '../checks/access.ts';
import { checkAzureAnswer, checkBotRights, checkPolicy, checkProvider, checkVault } from '../checks/destination.ts';
import { checkDiskChoice, checkDiskKinds, checkDiskSizes } from '../checks/disks.ts';
import { checkEncrypting, checkEncryption, checkKek, noteEndOfAde, noteEntraApp } from '../checks/encryption.ts';
import { checkConfidential, checkExistence, checkIdentity } from '../checks/identity.ts';
import { checkKekOrigin } from '../checks/kek-origin.ts';
import { checkKeyVersions, checkSecrets } from '../checks/keys.ts';
import { checkFirewall, checkKeyVaults, checkKeyVaultSettings } from '../checks/key-vault.ts';
import { checkLocks } from '../checks/locks.ts';
import { checkAgent, checkExtensions, checkPower } from '../checks/machine.ts';
import { checkAttempts, checkProtection, daysLeft } from '../checks/protection.ts';
import { destinationsOf } from '../destinations.ts';
import { encryptionOf } from '../encryption.ts';
import type { Finding } from '../findings/finding.ts';
import { grantNeeds } from '../grant-need.ts';
import { isKeyAccessCode } from '../key-access-code.ts';
import { keyVaultUses } from '../key-use.ts';
import { assessedKeyVault, keyVaultPictures } from '../pictures/key-vault-picture.ts';
import type { Picture } from '../pictures/picture.ts';
import { policyNeeds } from '../policy-needs.ts';
import { isProven, protectionOf } from '../protection.ts';
import type { VmReading } from '../reading.ts';
import type { ReadinessRules } from '../rules.ts';
import { tonightOf } from './tonight.ts';
import { verdictOf } from '../findings/verdict.ts';

/** The checks, in the order of the guide, which is the order in which they matter and are shown. */
const checks: readonly ((picture: Picture) => readonly Finding[])[] = [
  checkIdentity,
  checkProtection,
  checkAttempts,
  checkEncryption,
  noteEntraApp,
  checkEncrypting,
  checkKek,
  checkConfidential,
  checkKeyVaults,
  checkPrincipal,
  checkRights,
  checkFirewall,
  checkKeyVersions,
  checkSecrets,
  checkKekOrigin,
  checkKeyVaultSettings,
  checkPower,
  checkAgent,
  checkExtensions,
  checkDiskChoice,
  checkDiskSizes,
  checkDiskKinds,
  checkVault,
  checkPolicy,
  checkAzureAnswer,
  checkProvider,
  checkLocks,
  checkBotRights,
  noteEndOfAde,
];

/**
 * Assesses one VM. Never throws because something couldn't be read, and never treats that as fine: it becomes
 * `unknown`.
 */
export function assess(reading: VmReading, rules: ReadinessRules): Assessment {
  const picture = pictureOf(reading, rules);
  return picture ? { ...judgedOf(picture), destinations: picture.destinations() } : withoutVm(reading);
}

/** The same without where its backups can go: of thousands of VMs, each vault would be a choice of each. */
export function judge(reading: VmReading, rules: ReadinessRules): Judged {
  const picture = pictureOf(reading, rules);
  return picture ? judgedOf(picture) : withoutVm(reading);
}

function judgedOf(picture: Picture): Judged {
  const { vm, reading } = picture;
  const findings = checks.flatMap((check) => check(picture));
  return {
    vm: assessedVm(vm),
    readAt: reading.readAt.toISOString(),
    verdict: verdictOf(findings, picture.grants),
    findings,
    encryption: assessedEncryption(picture.encryption),
    keyVaults: picture.keyVaults.map(assessedKeyVault),
    grants: picture.grants,
    protection: assessedProtection(picture, findings),
  };
}

/** Null: there is no such VM, or it couldn't be read. */
function pictureOf(reading: VmReading, rules: ReadinessRules): Picture | null {
  const { around } = reading;
  const vm = reading.vm.ok ? reading.vm.value : null;
  if (checkExistence(reading) || !vm || !around) return null;
  const encryption = encryptionOf(vm, around.disks);
  const principalId = reading.principal.ok ? reading.principal.value : null;
  const keyVaults = keyVaultPictures(keyVaultUses(encryption), around.keyVaults, principalId);
  const protection = protectionOf(reading, around);
  const traits = policyNeeds({ vm, encryption, protection, vaults: around.vaultReadings, chosen: reading.chosen });
  const grants = grantNeeds(reading, keyVaults);
  const ask = {
    region: vm.region,
    subscription: vm.subscription,
    vaults: reading.vaults.ok ? reading.vaults.value : [],
    readings: around.vaultReadings,
    traits,
    protection,
    rules,
    now: reading.readAt,
    excused: ({ code }: PreValidation) => isKeyAccessCode(code) && grants.some((grant) => grant.offered),
  };
  let known: Destinations | null = null;
  const destinations = () => (known ??= destinationsOf(ask));
  const proven = isProven(protection);
  return { reading, vm, around, rules, encryption, traits, keyVaults, protection, proven, grants, destinations };
}

function assessedVm({
  id,
  name,
  resourceGroup,
  subscription,
  region,
  os,
  powerState,
  vmId,
  tags,
}: VmFacts): AssessedVm {
  return { id, name, resourceGroup, subscription, region, os, powerState, vmId, tags };
}

function assessedProtection(picture: Picture, findings: readonly Finding[]): AssessedProtection {
  const { protection, reading } = picture;
  const { item, lastPoint, running } = protection;
  return {
    kind: protection.kind,
    vaultId: protection.vaultId,
    vaultName: protection.vaultName,
    item: protection.ref,
    policyId: item?.policyId ?? null,
    policyName: protection.policyName,
    diskChoice: item?.diskChoice ?? null,
    lastBackup: item && { status: item.lastBackupStatus, time: item.lastBackupTime?.toISOString() ?? null },
    lastPoint: lastPoint && {
      time: lastPoint.time.toISOString(),
      encrypted: lastPoint.encrypted,
    },
    points: protection.points,
    earlierVm: protection.earlierVm,
    runningJob: running && {
      id: running.name,
      operation: running.operation,
      since: running.startTime?.toISOString() ?? null,
    },
    attemptsToday: protection.attempts,
    daysLeft: daysLeft(picture),
    tonight: tonightOf(protection, findings, reading.readAt),
  };
}

function withoutVm(reading: VmReading): Assessment {
  const early = checkExistence(reading);
  const findings = early ? [early] : [];
  const id = parseArmId(reading.vmId);
  return {
    vm: {
      id: reading.vmId,
      name: id?.name ?? reading.vmId,
      resourceGroup: id?.resourceGroup ?? '',
      subscription: reading.subscription,
      region: null,
      os: null,
      powerState: null,
      vmId: null,
      tags: null,
    },
    readAt: reading.readAt.toISOString(),
    verdict: findings.length === 0 ? 'unknown' : verdictOf(findings, []),
    findings,
    encryption: { kind: 'unknown', readFrom: null, disks: [] },
    keyVaults: [],
    grants: [],
    protection: noProtection,
    destinations: { vaults: [], policies: {}, preset: { vaultId: null, policyId: null } },
  };
}

const noProtection: AssessedProtection = {
  kind: 'unknown',
  vaultId: null,
  vaultName: null,
  item: null,
  policyId: null,
  policyName: null,
  diskChoice: null,
  lastBackup: null,
  lastPoint: null,
  points: null,
  earlierVm: false,
  runningJob: null,
  attemptsToday: null,
  daysLeft: null,
  tonight: { works: 'unknown', nextRun: null, because: null },
};
