import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sentWrite } from '../../src/azure/arm/writes/sent-write.ts';
import { epochOrNull, filterTime, timeOfDay, timeOrNull } from '../../src/azure/arm/parse/azure-times.ts';
import { numberOrNull, subject, tagsOf, wordOrNull } from '../../src/azure/arm/parse/azure-values.ts';
import { timeSpanMs } from '../../src/azure/arm/parse/time-span.ts';
import { itemRefOf } from '../../src/azure/gateway.ts';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { attemptOf } from './support/attempt.ts';

const moment = fc.date({ min: new Date('2001-01-01T00:00:01Z'), max: new Date('2099-12-31'), noInvalidDate: true });

describe('times', () => {
  test.each(['0001-01-01T00:00:00', '0001-01-01T00:00:00Z', '2001-01-01T00:00:00Z', '', 'soon', null, undefined])(
    '%j has not happened',
    (text) => {
      expect(timeOrNull(text)).toBeNull();
      expect(timeOrNull(new Date(text ?? Number.NaN))).toBeNull();
    },
  );

  test('every other time is kept, with one to seven decimals and any offset', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 4 }), fc.integer({ min: -720, max: 720 }), (time, more, offset) => {
        const text = time.toISOString().replace('Z', `${'0'.repeat(more)}Z`);
        expect(timeOrNull(text)).toEqual(time);
        const local = new Date(time.getTime() + offset * 60_000).toISOString().replace('Z', '');
        const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        expect(timeOrNull(local + zone)).toEqual(time);
      }),
    );
  });

  test('seconds of a key, a date of a secret, and neither', () => {
    expect(epochOrNull(1767225600)).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(epochOrNull(new Date('2026-01-01T00:00:00Z'))).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(epochOrNull(undefined)).toBeNull();
  });

  test('a filter’s time reads back as the same second', () => {
    fc.assert(
      fc.property(moment, (time) => {
        const text = filterTime(time);
        expect(text).toMatch(/^\d{4}-\d\d-\d\d (0[1-9]|1[0-2]):\d\d:\d\d (AM|PM)$/);
        expect(Date.parse(`${text} UTC`)).toBe(Math.floor(time.getTime() / 1000) * 1000);
      }),
    );
  });

  test('the time of day is as written, whatever the date', () => {
    fc.assert(
      fc.property(moment, (time) => {
        const text = timeOfDay(time);
        expect(text).toBe(
          `${String(time.getUTCHours()).padStart(2, '0')}:${String(time.getUTCMinutes()).padStart(2, '0')}`,
        );
      }),
    );
    expect(timeOfDay(new Date(Number.NaN))).toBeNull();
  });
});

describe('.NET time spans', () => {
  test.each([
    ['13.23:59:43.8068908', ((13 * 24 + 23) * 3600 + 59 * 60 + 43) * 1000 + 806],
    ['00:00:00', 0],
    ['14.00:00:00', 14 * 86_400_000],
    ['-00:05:00', -300_000],
    ['PT5S', null],
    ['24:00:00', null],
    ['1:60:00', null],
    ['', null],
    [null, null],
  ])('%j', (text, ms) => {
    expect(timeSpanMs(text)).toBe(ms);
  });

  test('any span reads back', () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(fc.tuple(part(9999), part(23), part(59), part(59), part(9_999_999)), ([days, h, m, s, ticks]) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const text = `${days}.${two(h)}:${two(m)}:${two(s)}.${String(ticks).padStart(7, '0')}`;
        expect(timeSpanMs(text)).toBe(((days * 24 + h) * 3600 + m * 60 + s) * 1000 + Math.floor(ticks / 10_000));
      }),
    );
  });

  test('no text breaks it', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(typeof (timeSpanMs(text) ?? 0)).toBe('number')));
  });
});

describe('values', () => {
  test('empty words are null, others are kept exactly', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const kept = typeof value === 'string' && value.trim() !== '';
        expect(wordOrNull(value)).toBe(kept ? value : null);
        expect(numberOrNull(value)).toBe(typeof value === 'number' && Number.isFinite(value) ? value : null);
      }),
    );
    expect(tagsOf(null)).toEqual({});
  });
});

describe('ids', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_.()-]{1,40}$/);

  test('the location of an item, from its VM’s ID', () => {
    fc.assert(
      fc.property(name, name, fc.boolean(), (group, vm, upper) => {
        const id = `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${vm}`;
        const written = upper ? id.replace('resourceGroups', 'RESOURCEGROUPS') : id;
        expect(itemRefOf(written, '/vault')).toEqual({
          vaultId: '/vault',
          container: `IaasVMContainer;iaasvmcontainerv2;${group};${vm}`,
          item: `VM;iaasvmcontainerv2;${group};${vm}`,
        });
        expect(subject(written)).toMatchObject({ resourceGroup: group, name: vm });
      }),
    );
    expect(() => itemRefOf('vm-sql-01', '/vault')).toThrow(TypeError);
  });

  test('the operation’s ID is found in every URL of Azure’s, with any signature', () => {
    const kinds = ['operationsStatus', 'operationResults', 'backupOperations', 'backupOperationResults', 'operations'];
    fc.assert(
      fc.property(
        fc.tuple(fc.constantFrom(...kinds), fc.uuid(), fc.webQueryParameters(), fc.boolean()),
        ([kind, id, query, async]) => {
          const sent = sentWrite(attemptOf('a'));
          const address = `https://management.azure.com/subscriptions/s/vaults/operations-vault/${kind}/${id}?api-version=1&${query}`;
          const headers = createHttpHeaders({ [async ? 'Azure-AsyncOperation' : 'Location']: address });
          sent.options.onResponse({ headers });
          expect(sent.operation('/v')).toEqual({ vaultId: '/v', operationId: id, requestId: null });
        },
      ),
    );
  });
});
