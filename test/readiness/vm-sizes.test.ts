import { expect, test } from '@jest/globals';
import type { VmSize } from '../../src/azure/gateway.ts';
import { fittingSizes } from '../../src/readiness/restores/vm-sizes.ts';

const size = (name: string, over: Partial<VmSize> = {}): VmSize => ({
  name: `Standard_${name}`,
  family: 'standardDSv5Family',
  vCpus: 4,
  memoryGiB: 16,
  maxDataDisks: 8,
  premiumDisks: true,
  generations: ['V1', 'V2'],
  architecture: 'x64',
  controllers: [],
  tempDisk: false,
  confidential: null,
  trustedLaunch: true,
  isAvailable: true,
  zones: null,
  ...over,
});
const had = size('D4s_v5');
const need = { was: 'standard_d4S_v5', dataDisks: 4, encrypted: true, quotas: [], zones: [] as string[] };
const names = (all: readonly VmSize[], over: Partial<typeof need> = {}) =>
  fittingSizes([had, ...all], { ...need, ...over }).sizes.map(({ name }) => name.replace('Standard_', ''));

test.each<[string, VmSize, boolean]>([
  ['one like it', size('D4as_v5'), true],
  ['not available for the subscription', size('D4as_v5', { isAvailable: false }), false],
  ['as many data disks as there are', size('D2s_v5', { maxDataDisks: 4 }), true],
  ['fewer data disks than there are', size('D2s_v5', { maxDataDisks: 3 }), false],
  ['data disks not told', size('D2s_v5', { maxDataDisks: null }), false],
  ['no premium disks', size('D4_v5', { premiumDisks: false }), false],
  ['premium disks not told', size('D4_v5', { premiumDisks: null }), false],
  ['generation 2 alone', size('D4x_v5', { generations: ['V2'] }), false],
  ['another processor', size('D4ps_v5', { architecture: 'Arm64' }), false],
  ['NVMe alone', size('D4x_v5', { controllers: ['NVMe'] }), false],
  ['NVMe too', size('D4x_v5', { controllers: ['SCSI', 'NVMe'] }), true],
  ['a temporary disk', size('D4ds_v5', { tempDisk: true }), false],
  ['confidential', size('DC4as_v5', { confidential: 'SNP' }), false],
  ['no Trusted Launch', size('D4x_v5', { trustedLaunch: false }), false],
  ['too little memory for Azure Disk Encryption', size('B1s', { memoryGiB: 1 }), false],
  ['just enough', size('B1ms', { memoryGiB: 2 }), true],
  ['A-series', size('A4_v2'), false],
  ['a later series than Azure Disk Encryption knows', size('D4s_v6'), false],
  ['v10', size('D4s_v10'), false],
])('%s', (_what, one, fits) => {
  expect(names([one])).toEqual(fits ? [one.name.replace('Standard_', '')] : []);
});

test('without Azure Disk Encryption its limits don’t apply', () => {
  const later = [size('D4s_v6'), size('B1s', { memoryGiB: 1 })];
  expect(names(later, { encrypted: false })).toEqual(['D4s_v6', 'B1s']);
});

test('the most similar come first', () => {
  const all = [
    size('D16s_v5', { vCpus: 16, memoryGiB: 64 }),
    size('E4s_v5', { memoryGiB: 32 }),
    size('D8s_v5', { vCpus: 8, memoryGiB: 32 }),
    size('D4as_v5'),
  ];
  expect(names(all)).toEqual(['D4as_v5', 'D8s_v5', 'E4s_v5', 'D16s_v5']);
});

test('whether the previous one still exists', () => {
  const hasWas = (all: readonly VmSize[], was: string | null = need.was) => fittingSizes(all, { ...need, was }).hasWas;
  expect(hasWas([had])).toBe(true);
  expect(hasWas([{ ...had, isAvailable: false }])).toBe(false);
  expect(hasWas([])).toBe(false);
  expect(hasWas([had], null)).toBe(null);
});

test('a size that is closed in the VM’s zone isn’t available; one of unknown zones may be', () => {
  const all = [size('D4as_v5', { zones: ['1', '2'] }), size('D4is_v5', { zones: null }), size('D4c_v5', { zones: [] })];
  expect(names(all, { zones: [] })).toHaveLength(3);
  expect(names(all, { zones: ['3'] })).toEqual(['D4is_v5']);
  expect(names(all, { zones: ['1'] })).toHaveLength(2);
  expect(fittingSizes([{ ...had, zones: ['1'] }], { ...need, zones: ['3'] }).hasWas).toBe(false);
});

test('if it doesn’t exist, only sizes for any disks fit', () => {
  const all = [size('D4as_v5'), size('D4ds_v5', { tempDisk: true }), size('D4x_v5', { generations: ['V2'] })];
  const { sizes } = fittingSizes(all, { ...need, was: 'Standard_Gone' });
  expect(sizes.map(({ name }) => name)).toEqual(['Standard_D4as_v5', 'Standard_D4ds_v5']);
});

type Told = { readonly told: readonly [name: string, used: number, limit: number][]; readonly over?: Partial<VmSize> };
const [family, region] = ['standardDSv5Family', 'cores'];

test.each<[string, Told, unknown]>([
  [
    'room in both',
    {
      told: [
        [family, 6, 10],
        [region, 96, 100],
      ],
    },
    'enough',
  ],
  [
    'named with other capitals',
    {
      told: [
        ['STANDARDDSV5Family', 6, 10],
        ['Cores', 6, 10],
      ],
    },
    'enough',
  ],
  [
    'too few in its family',
    {
      told: [
        [family, 7, 10],
        [region, 7, 100],
      ],
    },
    { of: family, needs: 4, left: 3 },
  ],
  [
    'too few in the region',
    {
      told: [
        [family, 6, 10],
        [region, 97, 100],
      ],
    },
    { of: region, needs: 4, left: 3 },
  ],
  [
    'lowered below what is used',
    {
      told: [
        [family, 7, 5],
        [region, 7, 100],
      ],
    },
    { of: family, needs: 4, left: 0 },
  ],
  [
    'no quota of its family',
    {
      told: [
        ['standardESv5Family', 0, 10],
        [region, 0, 100],
      ],
    },
    'unknown',
  ],
  ['none of its family, too few in the region', { told: [[region, 0, 1]] }, { of: region, needs: 4, left: 1 }],
  [
    'no processors told',
    {
      told: [
        [family, 0, 10],
        [region, 0, 100],
      ],
      over: { vCpus: null },
    },
    'unknown',
  ],
  [
    'no family told',
    {
      told: [
        [family, 0, 10],
        [region, 0, 100],
      ],
      over: { family: null },
    },
    'unknown',
  ],
])('quotas: %s', (_what, { told, over = {} }, room) => {
  const quotas = told.map(([name, used, limit]) => ({ name, used, limit }));
  const fitting = fittingSizes([{ ...had, ...over }, size('D4as_v5', over)], { ...need, quotas });
  expect([fitting.wasRoom, fitting.sizes[0]!.room]).toEqual([room, room]);
  expect(fittingSizes([had], { ...need, quotas: null }).wasRoom).toBe('unknown');
});
