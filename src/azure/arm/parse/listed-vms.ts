import type { VirtualMachine } from '@azure/arm-compute';
import { keyOfId } from '../../../core/arm-id.ts';
import type { ListedVm } from '../../facts.ts';
import { idOf } from './azure-values.ts';
import { vmFacts } from './vm-facts.ts';

/**
 * The VMs of a list of models, each with its instance view from the list of states (`statusOnly=true`). The content of
 * that view is documented only as "run time status", so a VM without a power state, or one that is running without a
 * word on its agent, is marked as incomplete.
 */
export function listedVms(models: readonly VirtualMachine[], states: readonly VirtualMachine[]): ListedVm[] {
  const views = new Map(states.map(({ id, instanceView }) => [keyOfId(idOf(id).id), instanceView]));
  return models.map((model) => {
    const instanceView = views.get(keyOfId(idOf(model.id).id));
    const vm = vmFacts({ ...model, ...(instanceView && { instanceView }) });
    const isSilent = vm.powerState === null || (/running$/i.test(vm.powerState) && vm.agent === null);
    return { vm, isWhole: !isSilent };
  });
}
