import type { VmRestoreReads } from '../../vm-restores.ts';
import { virtualNetworkOf, type NetworkBody } from '../parse/restore/virtual-network.ts';
import type { Ask } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';
import { plainPages, type PlainReads } from './plain-reads.ts';

const version = '2025-05-01';

/** Reads of virtual networks. Not by the SDK: for this one list it would bring 64 MB. */
export function networkReads(arm: PlainReads, ask: Ask): VmRestoreReads {
  return {
    virtualNetworks: (subscription) =>
      ask({ name: 'virtualNetworks', doing: `listing the virtual networks of ${subscription}` }, async () => {
        const below = `/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Network`;
        const path = `${below}/virtualNetworks?api-version=${version}`;
        return (await everyPage(plainPages<NetworkBody>(arm, path))).map(virtualNetworkOf);
      }),
  };
}
