import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { andTerms, wanted } from '../../src/sim/http/filter.ts';
import { allows } from '../../src/sim/access/allows.ts';
import { conditionHolds } from '../../src/sim/access/condition.ts';
import { scopeOf } from '../../src/sim/access/scope.ts';
import { dotnetSpan, isoDuration, millis, stamp, usTime } from '../../src/sim/times.ts';
import { runsBetween } from '../../src/sim/backup/policies/schedule.ts';
import { enhancedPolicy, standardPolicy } from '../../src/sim/backup/policies/policy-properties.ts';

describe('filters', () => {
  const name = fc.stringMatching(/^[a-zA-Z]{1,12}$/).filter((word) => !/^(and|or)$/i.test(word));
  const value = fc.stringMatching(/^[a-zA-Z0-9 :.;/-]{0,20}$/).filter((text) => !/\b(and|or)\b/i.test(text));
  test('terms joined by and are returned one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 5 }), (terms) => {
        const text = terms.map(([left, right]) => `${left} eq '${right}'`).join(' and ');
        expect(andTerms(text).map((term) => term.value)).toEqual(terms.map(([, right]) => right));
        expect(wanted(andTerms(text), terms[0]![0])).toBeDefined();
      }),
    );
  });
  test('functions, and invalid filters', () => {
    expect(andTerms("atScope() and assignedTo('x')")).toEqual([
      { name: 'atscope', operator: 'call', value: '' },
      { name: 'assignedto', operator: 'call', value: 'x' },
    ]);
    expect(() => andTerms('status = Failed')).toThrow('Invalid $filter');
  });
});

describe('rights', () => {
  const only = (actions: string[], notActions: string[] = []) => ({
    actions,
    notActions,
    dataActions: [],
    notDataActions: [],
  });
  const cases: [string[], string[], string, boolean][] = [
    [['*'], [], 'Microsoft.X/y/read', true],
    [['*/read'], [], 'Microsoft.X/y/read', true],
    [['*/read'], [], 'Microsoft.X/y/write', false],
    [['Microsoft.X/y/*'], ['Microsoft.X/y/delete'], 'microsoft.x/Y/DELETE', false],
    [['Microsoft.X/y/*'], ['Microsoft.X/y/delete'], 'Microsoft.X/y/z/action', true],
    [['Microsoft.X.z/y/read'], [], 'Microsoft.XYz/y/read', false],
  ];
  test.each(cases)('%j without %j: %s is %s', (...one) => {
    const [actions, notActions, action, allowed] = one;
    expect(allows(only(actions, notActions), { action })).toBe(allowed);
  });

  test('an action never counts as a data action', () => {
    expect(allows(only(['*']), { action: 'Microsoft.KeyVault/vaults/keys/read', data: true })).toBe(false);
  });

  test('a condition that isn’t understood allows nothing', () => {
    expect(conditionHolds('@Resource[x] StringEquals y', { roleId: 'r', principalId: 'p' })).toBe(false);
  });

  const scopes: [string, string][] = [
    ['/subscriptions/s/providers/Microsoft.Compute/virtualMachines', '/subscriptions/s'],
    [
      '/subscriptions/s/resourceGroups/g/providers/M.R/vaults/v/backupJobs',
      '/subscriptions/s/resourceGroups/g/providers/M.R/vaults/v',
    ],
    [
      '/subscriptions/s/resourceGroups/g/providers/M.R/vaults/v/backupJobs/j/cancel',
      '/subscriptions/s/resourceGroups/g/providers/M.R/vaults/v/backupJobs/j',
    ],
    ['/subscriptions/s/providers/M.R/locations/westeurope/backupStatus', '/subscriptions/s'],
    ['/subscriptions/s/resourceGroups', '/subscriptions/s'],
  ];
  test.each(scopes)('%s is checked at %s', (path, scope) => {
    expect(scopeOf(path)).toBe(scope);
  });
});

describe('times', () => {
  test('a timestamp keeps its milliseconds and has no trailing zeros', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (time) => {
        expect(millis(stamp(time))).toBe(time.getTime());
        expect(stamp(time)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?Z$/);
      }),
    );
  });
  test('durations and US times are written as Azure writes them', () => {
    expect([isoDuration(0), isoDuration(101_675), isoDuration(3_672_064)]).toEqual([
      'PT0S',
      'PT1M41.675S',
      'PT1H1M12.064S',
    ]);
    expect(dotnetSpan(13 * 86_400_000 + 86_383_806)).toBe('13.23:59:43.8060000');
    expect([
      usTime('2022-03-13T00:00:00.000Z'),
      usTime('2022-02-11T02:18:40Z'),
      usTime('2022-02-11T13:08:09Z'),
    ]).toEqual(['3/13/2022 12:00:00 AM', '2/11/2022 2:18:40 AM', '2/11/2022 1:08:09 PM']);
  });
});

describe('schedules', () => {
  const runs = (properties: ReturnType<typeof standardPolicy>, from: string, until: string): string[] =>
    runsBetween({ vaultId: '', name: '', properties }, Date.parse(from), Date.parse(until)).map((at) =>
      new Date(at).toISOString(),
    );
  test('a daily policy in its own time zone, in winter and in summer', () => {
    const policy = standardPolicy({ time: '01:00', days: 30, timeZone: 'W. Europe Standard Time' });
    expect(runs(policy, '2026-01-10T00:00:00Z', '2026-01-11T00:00:00Z')).toEqual(['2026-01-11T00:00:00.000Z']);
    expect(runs(policy, '2026-07-10T00:00:00Z', '2026-07-11T00:00:00Z')).toEqual(['2026-07-10T23:00:00.000Z']);
  });
  test('an hourly policy runs inside its window only', () => {
    expect(
      runs(enhancedPolicy(30), '2026-01-10T00:00:00Z', '2026-01-11T00:00:00Z').map((at) => at.slice(11, 16)),
    ).toEqual(['08:00', '12:00', '16:00', '20:00']);
  });
});
