import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runDeleteDrill } from '../../src/operations/drill/delete-drill/run.ts';
import { deleteDrillMemo } from '../../src/operations/parts/delete-drill.ts';
import { drillTag } from '../../src/core/drill-tag.ts';
import { diskId, idOf, interfaceId, vmId } from '../../src/sim/ids.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import type { AttachedDiskSpec } from '../../src/sim/state/state-compute.ts';
import { ref, runPart, subscription, vmId as backedUp } from './scripted-azure.ts';
import { simulated, type Simulated } from '../azure/support/simulated.ts';

let sim: Simulated;
let estate: SimState;
beforeAll(async () => {
  sim = await simulated();
  estate = (await sim.state()) as SimState;
});
afterAll(async () => sim[Symbol.asyncDispose]());

const drill = '00000000-0000-4000-8000-0000000000d1';
const group = `/subscriptions/${subscription}/resourceGroups/rg-drills`;
const addressId = (place: Parameters<typeof diskId>[0]) => idOf('Microsoft.Network/publicIPAddresses', place);

/** Something on the drill's VM, or lying beside it. `isRecorded`: it is in the drill's rows. */
const thing = fc.record({
  kind: fc.constantFrom('disk' as const, 'interface' as const, 'address' as const),
  isRecorded: fc.boolean(),
  isAttached: fc.boolean(),
  tag: fc.constantFrom(drill, drill, 'another drill', null),
  resourceGroup: fc.constantFrom('rg-drills', 'rg-app'),
  deleteOption: fc.constantFrom('Delete' as const, 'Detach' as const),
});
type Thing = typeof thing extends fc.Arbitrary<infer T> ? T : never;

const foreign: Thing = {
  ...{ kind: 'disk', isRecorded: false, isAttached: true, tag: null, resourceGroup: 'rg-app', deleteOption: 'Delete' },
};

/** The simulated Azure with a drill's VM and these things; resolves with the rows of the drill. */
async function lay(things: readonly Thing[], vmTag: string | null): Promise<string[]> {
  const state = structuredClone(estate);
  const like = state.vms.find(({ name }) => name === 'vm-app-01')!;
  const disk = state.disks.find(({ managedBy }) => managedBy === vmId(like))!;
  const { location } = like;
  const tags = (tag: string | null): Record<string, string> => (tag === null ? {} : { [drillTag]: tag });
  const vm = { ...structuredClone(like), resourceGroup: 'rg-drills', name: 'vm-drill', tags: tags(vmTag) };
  Object.assign(vm, { disks: [] as AttachedDiskSpec[], interfaceIds: [] as string[] });
  const os = { ...disk, subscription, resourceGroup: 'rg-drills', name: 'os-0', location, tags: tags(drill) };
  state.disks.push({ ...os, managedBy: vmId(vm) });
  vm.disks.push({ role: 'os', lun: 0, name: os.name, diskId: diskId(os) });
  const rows = [vmId(vm), diskId(os)];
  const first = { subscription, resourceGroup: 'rg-drills', location, name: 'nic-0', tags: tags(drill), subnetId: '' };
  const nics: SimState['networkInterfaces'] = [{ ...first, vmId: vmId(vm) }];
  things.forEach(({ kind, isRecorded, isAttached, tag, resourceGroup, deleteOption }, at) => {
    const place = { subscription, resourceGroup, name: `${kind}-${at}`, location, tags: tags(tag) };
    const held = isAttached ? vmId(vm) : undefined;
    // A drill's rows name nothing outside its group, and no addresses.
    const isRow = isRecorded && kind !== 'address' && resourceGroup === 'rg-drills';
    if (kind === 'disk') {
      state.disks.push({ ...disk, ...place, ...(held ? { managedBy: held } : { managedBy: '' }) });
      if (held) vm.disks.push({ role: 'data', lun: at, name: place.name, diskId: diskId(place), deleteOption });
      if (isRow) rows.push(diskId(place));
    } else if (kind === 'interface') {
      nics.push({ ...place, subnetId: '', deleteOption, ...(held ? { vmId: held } : {}) });
      if (isRow) rows.push(interfaceId(place));
    } else {
      state.publicAddresses.push({ ...place, deleteOption });
      if (held) nics[nics.length - 1]!.publicAddressId = addressId(place);
    }
  });
  rows.push(interfaceId(nics[0]!));
  vm.interfaceIds = nics.filter(({ vmId: holder }) => holder).map(interfaceId);
  state.vms.push(vm);
  state.networkInterfaces.push(...nics);
  const { vms, disks, networkInterfaces, publicAddresses } = state;
  await sim.change({ vms, disks, networkInterfaces, publicAddresses });
  return rows;
}

async function all(): Promise<string[]> {
  const { vms, disks, networkInterfaces, publicAddresses } = (await sim.state()) as SimState;
  return [
    ...vms.map(vmId),
    ...disks.map(diskId),
    ...networkInterfaces.map(interfaceId),
    ...publicAddresses.map(addressId),
  ];
}

const part = (ids: readonly string[]) => ({
  ...{ id: 'delete', after: [], vm: { id: backedUp, name: 'vm-sql-01', os: null, tags: {} }, ref, vaultName: 'rsv' },
  ...{ keyVaults: [], does: 'delete-drill' as const, targetGroup: { id: group, name: 'rg-drills' }, name: 'vm-drill' },
  ...{ keepMs: 0, left: { drill, ids } },
});

test('what is gone after a drill is in its rows with its tag, whatever was attached and is to be deleted with what', async () => {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(thing, { maxLength: 5 }),
      fc.constantFrom(drill, drill, drill, null),
      async (things, tag) => {
        const rows = await lay(things, tag);
        const before = await all();
        const { restores } = sim.azure;
        const passing = {
          deletable: async (id: string) => {
            await sim.advance(30);
            return restores!.deletable(id);
          },
          remove: restores!.remove,
        };
        const ran = await runPart({ runner: runDeleteDrill, part: part(rows) }, () => ({ restores: passing }));
        const after = new Set(await all());
        const gone = before.filter((id) => !after.has(id));
        expect(rows).toEqual(expect.arrayContaining(gone));
        const memo = deleteDrillMemo.parse(ran.state.memo);
        expect(gone).toEqual(expect.arrayContaining([...(memo.deleted ?? [])]));
        // Everything that is still there of its own is named.
        const named = [...(memo.left ?? []), ...(memo.spared ?? [])];
        expect(named.toSorted()).toEqual(rows.filter((id) => after.has(id)).toSorted());
        const { outcome } = ran;
        const isWhole = rows.every((id) => !after.has(id));
        expect(outcome?.ended).toBe(isWhole ? 'done' : 'failed');
        ends.add(outcome && 'failure' in outcome ? (outcome.failure.internal ?? outcome.failure.codes.join()) : 'done');
        // What is its own, with nothing else attached to it, doesn't stay.
        if (tag === drill && things.every((one) => !one.isAttached)) expect(after.has(rows[0]!)).toBe(false);
      },
    ),
    {
      numRuns: 30,
      examples: [
        [[], drill],
        [[], null],
        [[foreign], drill],
      ],
    },
  );
  expect([...ends].toSorted()).toEqual(['done', 'not-of-drill', 'others-attached']);
});
