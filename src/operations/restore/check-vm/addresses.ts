/** The addresses of a new VM, the first thing that somebody who restored it needs. */
import type { VmFacts } from '../../../azure/gateway.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Run } from '../../ground/part.ts';
import type { CheckVm } from '../../parts/check-vm.ts';

/**
 * As Azure says after it has created the network interfaces, which the restore identity may read in the target group.
 * One that can't be read stops nothing: it is counted. A public one may be unread by itself: a role that was assigned
 * before its read was added lacks that.
 */
export async function addressesOf({ azure: { restores } }: Run<CheckVm>, vm: VmFacts): Promise<CheckVm['memo']> {
  const read = async <T>(ask: Promise<T> | undefined) => {
    const answer = await tried(async () => (await ask) ?? null);
    return answer.ok ? answer.value : 'unread';
  };
  const interfaces = await Promise.all(vm.interfaceIds.map((id) => read(restores?.interfaceAddresses(id))));
  const found = interfaces.map((one) => (one === 'unread' ? null : one));
  const ids = found.flatMap((one) => one?.publicIds ?? []);
  const publics = await Promise.all(ids.map((id) => read(restores?.publicAddress(id))));
  return {
    addresses: {
      privates: found.flatMap((one) => one?.privates ?? []),
      unread: found.filter((one) => !one?.privates.length).length,
      // Null: Azure hasn't given it a number yet.
      publics: publics.flatMap((one) => (one === null || one === 'unread' ? [] : [one])),
      publicUnread: publics.filter((one) => one === 'unread').length,
    },
  };
}
