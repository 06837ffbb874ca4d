/** Checks 18, 19 and 20: whether the VM runs, its agent answers, and extensions may be put on it. */
import type { VmFacts } from '../../azure/gateway.ts';
import { blocked, passed, unsettled, warned } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { Picture } from '../picture.ts';

/** Power, and the state of Azure's last change to the VM. */
export function checkPower({ vm }: Picture): readonly Finding[] {
  const provisioning = (vm.provisioningState ?? '').toLowerCase();
  const params = { ...named(vm), state: stateOf(vm), provisioning: vm.provisioningState ?? '' };
  if (provisioning === 'failed') return [blocked({ code: 'power.failed', params })];
  if (['updating', 'creating', 'migrating'].includes(provisioning)) {
    return [warned({ code: 'power.updating', params, fix: { kind: 'wait' } })];
  }
  if (isRunning(vm)) return [passed({ code: 'power.running', params })];
  if (isOff(vm)) return [warned({ code: 'power.off', params, fix: { kind: 'guidance' } })];
  return [unsettled({ code: 'power.unclear', params })];
}

/** The VM agent. Of a VM that is off nothing can be known, and the power check has said so. */
export function checkAgent({ vm }: Picture): readonly Finding[] {
  const status = vm.agent?.status ?? '';
  const params = { ...named(vm), status, version: vm.agent?.version ?? '', os: vm.os ?? '' };
  if (/^(ready|provisioningstate\/succeeded)$/i.test(status)) return [passed({ code: 'agent.ready', params })];
  if (isRunning(vm)) return [blocked({ code: 'agent.not-ready', params })];
  if (isOff(vm)) return [unsettled({ code: 'agent.off', params, aside: true })];
  return [unsettled({ code: 'agent.unclear', params })];
}

/** Azure Backup works through an extension of its own. */
export function checkExtensions({ vm }: Picture): readonly Finding[] {
  if (vm.extensionsAllowed === false) return [blocked({ code: 'extensions.forbidden', params: named(vm) })];
  const failed = vm.extensions.filter(({ type, status }) => isSnapshot(type) && /fail/i.test(status ?? ''));
  if (failed.length === 0) return [passed({ code: 'extensions.allowed' })];
  return [warned({ code: 'extensions.failed', params: { extensions: failed.map(({ name }) => name) } })];
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
