import type { VmFacts } from '../../../azure/gateway.ts';

/** Whether a VM is running. */
export function isRunning({ powerState }: VmFacts): boolean {
  return /^PowerState\/running$/i.test(powerState ?? '');
}

/** Whether a VM's agent answers. */
export function hasAgent({ agent }: Pick<VmFacts, 'agent'>): boolean {
  return /^Ready$/i.test(agent?.status ?? '');
}
