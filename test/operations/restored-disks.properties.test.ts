import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GroupDisk } from '../../src/azure/gateway.ts';
import { judge } from '../../src/operations/restored/restored-disks.ts';

type Evidence = Parameters<typeof judge>[0];
const group = '/subscriptions/s/resourceGroups/rg-restore';
const other = 'bbbbbbbb-0000-0000-0000-000000000002';
const jobId = 'aaaaaaaa-0000-0000-0000-000000000001';
const began = new Date('2026-12-01T10:00:00Z');
const after = new Date('2026-12-01T10:10:00Z');
const earlier = new Date('2026-11-01T10:00:00Z');
const foreignVm = `${group}/providers/Microsoft.Compute/virtualMachines/someones`;

/** A disk of the group. `whose`: this restore's, one that was there, one of another restore or of a person. */
type Placed = { readonly disk: GroupDisk; readonly whose: 'ours' | 'old' | 'other' | 'person' };

const diskOf = (name: string, over: Partial<GroupDisk> = {}): GroupDisk => ({
  ...{ id: `${group}/providers/Microsoft.Compute/disks/${name}`, name, tags: {}, created: after },
  ...{ holder: null, source: null, os: null },
  ...over,
});
const sourceOf = (vm: string) => `${group}/restorePointCollections/AzureBackup_${vm}_12345/restorePoints/r/disks/d`;

/** How a world may differ: what the tags, the sources and the names show, and what the group has besides. */
const worlds = fc.record({
  data: fc.integer({ min: 0, max: 3 }),
  tags: fc.constantFrom('kept', 'removed'),
  names: fc.constantFrom('public', 'strange'),
  sources: fc.boolean(),
  old: fc.integer({ min: 0, max: 3 }),
  others: fc.integer({ min: 0, max: 2 }),
  persons: fc.integer({ min: 0, max: 2 }),
  dates: fc.constantFrom('told', 'not told'),
  before: fc.constantFrom('read', 'unread'),
});
type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never;

function placedIn(world: World): Placed[] {
  const { data, tags, names, sources, old, others, persons, dates } = world;
  const created = (at: Date) => (dates === 'told' ? at : null);
  const restored = (vm: string, at: number, id: string): GroupDisk => {
    const kind = at === 0 ? 'osdisk' : `datadisk-00${at}`;
    const name = names === 'public' ? `${vm}-${kind}-20261201-101000` : `x${vm}${at}`;
    const source = sources ? sourceOf(vm) : null;
    const os = at === 0 ? 'Windows' : null;
    return diskOf(name, { tags: tags === 'kept' ? { RSVaultBackup: id } : {}, source, os, created: created(after) });
  };
  const count = (n: number) => Array.from({ length: n }, (_, at) => at);
  return [
    ...count(data + 1).map((at) => ({ disk: restored('vm-1', at, jobId), whose: 'ours' as const })),
    ...count(others).map((at) => ({ disk: restored('vm-2', at, other), whose: 'other' as const })),
    ...count(old).map((at) => ({
      disk: diskOf(`vm-1-osdisk-2025010${at}-000000`, {
        ...{ source: sourceOf('vm-1'), created: created(earlier), tags: { RSVaultBackup: other } },
      }),
      whose: 'old' as const,
    })),
    ...count(persons).map((at) => ({
      disk: diskOf(`mine-${at}`, { created: created(after) }),
      whose: 'person' as const,
    })),
  ];
}

const evidenceOf = (world: World, placed: readonly Placed[], over: Partial<Evidence> = {}): Evidence => ({
  ...{ jobId, vmName: 'vm-1', since: began, vmId: null, job: [], count: null, file: null },
  before: world.before === 'read' ? placed.filter(({ whose }) => whose === 'old').map(({ disk }) => disk.name) : null,
  now: placed.map(({ disk }) => disk),
  ...over,
});
const ours = (placed: readonly Placed[]) => idsOf(placed.filter(({ whose }) => whose === 'ours'));
const idsOf = (placed: readonly Placed[]) => placed.map(({ disk }) => disk.id).toSorted();
/** Any file: what it names may be in the group, its owner whoever, or nowhere. */
const filesFor = (placed: readonly Placed[]) =>
  fc.option(
    fc.array(
      fc.constantFrom(...placed.map(({ disk }) => disk.name), 'nowhere').map((name) => ({ ids: [], names: [name] })),
      { maxLength: 4 },
    ),
    { nil: null },
  );
const found = (verdict: ReturnType<typeof judge>) => (verdict.is === 'found' ? verdict.disks.toSorted() : null);

describe('which disks a restore created', () => {
  test('whatever the group holds and whatever a file names, what is found is exactly what was restored', () => {
    const cases = worlds.chain((world) => {
      const placed = placedIn(world);
      return filesFor(placed).map((file) => ({ world, placed, file }));
    });
    fc.assert(
      fc.property(cases, ({ world, placed, file }) => {
        const disks = found(judge(evidenceOf(world, placed, { file })));
        // With nothing but a file that others may write, and a group that wasn't read before, an old disk isn't new.
        if (disks !== null && world.tags === 'kept') expect(disks).toEqual(ours(placed));
        for (const id of disks ?? []) expect(ours(placed).concat(idsOf(placed.filter(isNewHere)))).toContain(id);
      }),
      { numRuns: 2000 },
    );
  });
  const isNewHere = ({ whose }: Placed) => whose !== 'old';

  test('a disk that was there before is never a restored one, whatever tag it carries and whatever names it', () => {
    const cases = worlds.chain((world) => {
      const placed = placedIn({ ...world, before: 'read' }).map((one) =>
        one.whose === 'old' ? { ...one, disk: { ...one.disk, tags: { rsvaultbackup: jobId }, created: after } } : one,
      );
      return filesFor(placed).map((file) => ({ world: { ...world, before: 'read' as const }, placed, file }));
    });
    fc.assert(
      fc.property(cases, ({ world, placed, file }) => {
        const old = idsOf(placed.filter(({ whose }) => whose === 'old'));
        for (const id of found(judge(evidenceOf(world, placed, { file }))) ?? []) expect(old).not.toContain(id);
      }),
      { numRuns: 1000 },
    );
  });

  test('with the tags, they are found without any file, beside the disks of others', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const placed = placedIn({ ...world, tags: 'kept' });
        const verdict = judge(evidenceOf({ ...world, before: 'read' }, placed));
        expect(found(verdict)).toEqual(ours(placed));
        expect(verdict).toMatchObject({ ways: expect.arrayContaining(['tag', 'difference']) });
      }),
    );
  });

  test('without tags, a restore that is alone is found by what its disks show, or by a file that names them all', () => {
    fc.assert(
      fc.property(worlds, fc.boolean(), (world, hasFile) => {
        const alone = { ...world, tags: 'removed' as const, others: 0, persons: 0, before: 'read' as const };
        const placed = placedIn(alone);
        const file = placed.filter(({ whose }) => whose === 'ours').map(({ disk }) => ({ ids: [disk.id], names: [] }));
        const verdict = judge(evidenceOf(alone, placed, hasFile ? { file } : {}));
        const isShown = alone.names === 'public' || alone.sources || hasFile;
        if (isShown) expect(found(verdict)).toEqual(ours(placed));
        else expect(verdict).toMatchObject({ is: 'unknown', why: 'one-way' });
      }),
    );
  });

  test('a foreign disk with this job’s tag, half of the disks gone, a file with another restore’s disks: nobody guesses', () => {
    const world: World = {
      ...{ data: 1, tags: 'kept', names: 'public', sources: true, old: 1, others: 1, persons: 1 },
      ...{ dates: 'told', before: 'read' },
    };
    const placed = placedIn(world);
    const by = (whose: Placed['whose']) => placed.find((one) => one.whose === whose)!.disk;
    const tagged = placed.map((one) =>
      one.whose === 'person' ? { ...one, disk: { ...one.disk, tags: { RSVaultBackup: jobId } } } : one,
    );
    expect(judge(evidenceOf(world, tagged)).is).toBe('disagree');
    const [, ...half] = placed;
    expect(judge(evidenceOf(world, half, { count: 2 })).is).toBe('disagree');
    const told = [by('ours'), placed[1]!.disk].map(({ name }) => ({ ids: [], names: [name] }));
    expect(judge(evidenceOf(world, half, { file: told })).is).toBe('disagree');
    const theirs = [{ ids: [by('other').id], names: [] }];
    expect(judge(evidenceOf(world, placed, { file: theirs })).is).toBe('disagree');
    const held = placed.map((one) =>
      one.whose === 'ours' ? { ...one, disk: { ...one.disk, holder: foreignVm } } : one,
    );
    expect(judge(evidenceOf(world, held)).is).toBe('disagree');
    expect(found(judge(evidenceOf(world, held, { vmId: foreignVm })))).toEqual(ours(placed));
    // One of them lost its tag.
    const bare = placed.map((one, at) => (at === 0 ? { ...one, disk: { ...one.disk, tags: {} } } : one));
    expect(judge(evidenceOf(world, bare)).is).toBe('disagree');
    expect(judge(evidenceOf(world, placed, { now: null }))).toEqual({ is: 'unknown', why: 'group-unread', said: [] });
    expect(
      judge(
        evidenceOf(
          world,
          placed.filter(({ whose }) => whose === 'old'),
        ),
      ),
    ).toMatchObject({ why: 'nothing' });
  });

  test('the OS disk comes first', () => {
    const world: World = {
      ...{ data: 3, tags: 'kept', names: 'strange', sources: false, old: 0, others: 0, persons: 0 },
      ...{ dates: 'told', before: 'read' },
    };
    const verdict = judge(evidenceOf(world, placedIn(world).toReversed()));
    expect(verdict.is === 'found' && verdict.disks[0]).toMatch(/xvm-10$/);
  });
});
