import type { VirtualMachine } from '@azure/arm-compute';
import { keyOfId } from '../../../core/arm-id.ts';
import type { ListedVm } from '../../facts.ts';
import { idOf } from './azure-values.ts';
import { vmFacts } from './vm-facts.ts';

/**
 * The VMs of a list of models, each with its instance view from the list of states (`statusOnly=true`). What Azure puts
 * into that view is documented as "run time status" and no more, so a VM of which it tells no power state, or that it
 * runs and nothing of an agent, is marked as not whole.
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
