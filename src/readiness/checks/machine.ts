/** Checks 18, 19 and 20: whether the VM is running, its agent responds, and extensions are allowed. */
import type { VmFacts } from '../../azure/gateway.ts';
import { hasAgent, isWithoutAgent } from '../agentless.ts';
import { blocked, type Finding, type FindingParams, passed, unsettled, warned } from '../findings/finding.ts';
import type { Picture } from '../pictures/picture.ts';

/** Power, and the state of Azure's last change to the VM. */
export function checkPower({ vm }: Picture): readonly Finding[] {
  const provisioning = (vm.provisioningState ?? '').toLowerCase();
  const params = { ...named(vm), state: stateOf(vm), provisioning: vm.provisioningState ?? '' };
  if (provisioning === 'failed') return [blocked({ code: 'power.failed', params })];
  if (['updating', 'creating', 'migrating'].includes(provisioning)) {
    return [warned({ code: 'power.updating', params, fix: { kind: 'wait' } })];
  }
  if (isRunning(vm)) return [passed({ code: 'power.running' })];
  if (isOff(vm)) return [warned({ code: 'power.off', params, fix: { kind: 'guidance' } })];
  return [unsettled({ code: 'power.unclear', params })];
}

/** The VM agent. For a VM that is off it is unknown, and the power check has said so. */
export function checkAgent(picture: Picture): readonly Finding[] {
  const { vm } = picture;
  const status = vm.agent?.status ?? '';
  const params = { ...named(vm), ...agentless(picture), status, version: vm.agent?.version ?? '', os: vm.os ?? '' };
  if (hasAgent(vm)) return [passed({ code: 'agent.ready' })];
  if (isWithoutAgent(vm))
    return [withoutHelp(picture, { missing: 'agent.not-ready', spared: 'agent.not-needed', params })];
  if (isOff(vm)) return [unsettled({ code: 'agent.off', params, aside: true })];
  return [unsettled({ code: 'agent.unclear', params })];
}

/** Azure Backup works through an extension of its own. */
export function checkExtensions(picture: Picture): readonly Finding[] {
  const { vm } = picture;
  if (vm.extensionsAllowed === false) {
    const params = { ...named(vm), ...agentless(picture) };
    return [withoutHelp(picture, { missing: 'extensions.forbidden', spared: 'extensions.not-needed', params })];
  }
  const failed = vm.extensions.filter(({ type, status }) => isSnapshot(type) && /fail/i.test(status ?? ''));
  if (failed.length === 0) return [passed({ code: 'extensions.allowed' })];
  return [warned({ code: 'extensions.failed', params: { extensions: failed.map(({ name }) => name) } })];
}

type Helper = {
  readonly missing: 'agent.not-ready' | 'extensions.forbidden';
  readonly spared: 'agent.not-needed' | 'extensions.not-needed';
  readonly params: FindingParams;
};

/**
 * What Azure Backup works through is missing. A policy with crash-consistent snapshots doesn't need it for supported
 * VMs.
 */
function withoutHelp({ traits, protection }: Picture, { missing, spared, params }: Helper): Finding {
  const { agentless: way } = traits;
  const needless = protection.policy ? protection.policy.crashConsistentOnly : way.asked;
  if (!needless || way.fits === 'no') return blocked({ code: missing, params });
  return way.fits === 'yes' ? passed({ code: spared, params }) : unsettled({ code: `${spared}-unclear`, params });
}

/** Whether a backup without agent and extension can be suggested. */
function agentless({ traits }: Picture): { readonly agentless: string } {
  return { agentless: traits.agentless.fits };
}

// The commands of a fix need both.
function named(vm: VmFacts) {
  return { vm: vm.name, group: vm.resourceGroup };
}

function isSnapshot(type: string): boolean {
  return /(^|\.)VMSnapshot(Linux)?$/i.test(type);
}

function isRunning(vm: VmFacts): boolean {
  return stateOf(vm) === 'running';
}

function isOff(vm: VmFacts): boolean {
  return ['stopped', 'deallocated', 'stopping', 'deallocating'].includes(stateOf(vm));
}

/** `running` of `PowerState/running`. */
function stateOf(vm: VmFacts): string {
  return (vm.powerState ?? '').toLowerCase().replace(/^powerstate\//, '');
}
