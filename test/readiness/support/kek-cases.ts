import * as s from './scenarios.ts';
import type { Scenario } from './scenarios.ts';

const dated = (world: Parameters<Scenario['lay']>[0], start: object = { notBefore: new Date('2026-01-01') }) => {
  s.put(world);
  world.keys['kv-prod-weu/kek'] = [
    { name: 'kek', version: 'k1', enabled: true, expires: new Date('2036-01-01'), ...start },
  ];
};

/** Whether a KEK may be a certificate's. */
export const kekCases: readonly Scenario[] = [
  {
    name: "a KEK with both dates may be a certificate's",
    lay: (w) => dated(w),
    verdict: 'unknown',
    codes: ['kek-origin.dated'],
  },
  {
    name: 'a KEK with both dates, which a backup of this VM has copied; what others have is closed',
    lay: (w) => {
      dated(w);
      s.protect(w, s.vmName, { points: s.nights });
    },
    ...s.forbidden('disks'),
    verdict: 'ready',
    codes: ['kek-origin.copied'],
  },
  {
    name: 'a KEK that ends one day, but has no start',
    lay: (w) => dated(w, {}),
    verdict: 'ready',
    codes: ['kek-origin.standalone'],
  },
];
