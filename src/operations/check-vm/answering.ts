import type { VmFacts } from '../../azure/gateway.ts';

/** Whether a VM runs. */
export function isRunning({ powerState }: VmFacts): boolean {
  return /^PowerState\/running$/i.test(powerState ?? '');
}

/** Whether its agent answers. */
export function hasAgent({ agent }: Pick<VmFacts, 'agent'>): boolean {
  return /^Ready$/i.test(agent?.status ?? '');
}
