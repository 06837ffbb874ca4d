import type { SimState } from '../../src/sim/state/state.ts';
import { eventually } from './eventually.ts';
import type { TestBot } from './start-bot.ts';

/** Somebody changes the new VM as soon as it has started; until then nothing goes on. */
export function changesVm(
  bot: TestBot,
  name: string,
  change: (state: SimState, vm: SimState['vms'][number]) => void,
): void {
  let changed: Promise<void> | undefined;
  const changes = async () => {
    // All lists are replaced: whatever still changes the VM by itself has to have happened by then.
    await eventually('a VM that has started', async () => {
      const one = (await bot.azure.state('vms')).vms.find((each) => each.name === name);
      return one?.power === 'running' && one.agent === 'ready';
    });
    const state = (await bot.azure.state()) as SimState;
    change(
      state,
      state.vms.find((one) => one.name === name)!,
    );
    const { vms, disks, networkInterfaces, publicAddresses } = state;
    await bot.azure.change({ vms, disks, networkInterfaces, publicAddresses });
  };
  bot.failpoint = async () => {
    const { vms } = await bot.azure.state('vms');
    // Several failpoints may be reached at once, and it is changed once.
    if (vms.some((one) => one.name === name)) await (changed ??= changes());
  };
}
