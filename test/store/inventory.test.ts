import { expect, test } from '@jest/globals';
import {
  inventoryAgeMs,
  inventoryNamed,
  inventoryAt,
  inventoryOf,
  readingBegins,
  replaceInventory,
  type InventoryLine,
} from '../../src/store/inventory.ts';
import { describeOnBoth } from '../support/databases.ts';
import { pass } from './sample-rows.ts';

describeOnBoth('inventory', (testDatabase) => {
  const db = () => testDatabase().database.db;
  const line = (kind: InventoryLine['kind'], key: string, name = key): InventoryLine => ({
    kind,
    key,
    name,
    body: { id: key },
  });
  const replace = async (kinds: InventoryLine['kind'][], lines: InventoryLine[], began?: string) => {
    const readAt = began ?? (await readingBegins(db()));
    return db()
      .transaction()
      .execute((trx) => replaceInventory(trx, { kinds, lines, readAt }));
  };
  const ids = async (kind: InventoryLine['kind']) =>
    (await inventoryOf(db(), kind)).map((body) => (body as { id: string }).id);

  test('a reading replaces what was known: new, changed and deleted VMs', async () => {
    await replace(['vm', 'vault'], [line('vm', 'a'), line('vm', 'b'), line('vault', 'v')]);
    await replace(['vm'], [{ ...line('vm', 'b', 'b2'), body: { id: 'b', moved: true } }, line('vm', 'c')]);
    expect(await inventoryOf(db(), 'vm')).toEqual([{ id: 'b', moved: true }, { id: 'c' }]);
    expect(await ids('vault')).toEqual(['v']);
    await replace(['vm'], []);
    expect(await ids('vm')).toEqual([]);
    expect(await ids('vault')).toEqual(['v']);
  });

  test('an estate too large for one statement is stored completely', async () => {
    const names = Array.from({ length: 1203 }, (_, i) => `vm-${String(i).padStart(4, '0')}`);
    await replace(
      ['vm'],
      names.map((name) => line('vm', name)),
    );
    expect(await ids('vm')).toEqual(names);
  });

  test('what Azure listed twice is stored once, as it was listed last', async () => {
    await replace(['vm'], [line('vm', 'a'), line('vm', 'b'), { ...line('vm', 'a'), body: { id: 'a', last: true } }]);
    expect(await inventoryOf(db(), 'vm')).toEqual([{ id: 'a', last: true }, { id: 'b' }]);
  });

  test('namesakes are always in the same order, however they were listed', async () => {
    for (const listed of [
      ['b', 'a'],
      ['a', 'b'],
    ]) {
      await replace(['vm'], []);
      await replace(
        ['vm'],
        listed.map((key) => line('vm', key, 'namesake')),
      );
      expect(await ids('vm')).toEqual(['a', 'b']);
      expect(await inventoryAt(db(), 'vm', ['b', 'a'])).toEqual([{ id: 'a' }, { id: 'b' }]);
    }
  });

  test('a reading that took longer than one that began later undoes nothing of it', async () => {
    const began = await readingBegins(db());
    await new Promise((done) => setTimeout(done, 5)); // PGlite's clock knows no microseconds
    expect(await replace(['vm'], [{ ...line('vm', 'a'), body: { id: 'a', tagged: true } }])).toBe(true);
    expect(await replace(['vm'], [line('vm', 'a'), line('vm', 'deleted')], began)).toBe(false);
    expect(await inventoryOf(db(), 'vm')).toEqual([{ id: 'a', tagged: true }]);
  });

  test('a reading from before the clock was set back is replaced', async () => {
    await replace(['vm'], [line('vm', 'a')]);
    await db()
      .updateTable('inventory')
      .set({ seen_at: new Date(Date.now() + 86_400_000) })
      .execute();
    expect(await replace(['vm'], [line('vm', 'b')])).toBe(true);
    expect(await ids('vm')).toEqual(['b']);
  });

  test('an interrupted reading leaves what was known', async () => {
    await replace(['vm'], [line('vm', 'a')]);
    const readAt = await readingBegins(db());
    const broken = db()
      .transaction()
      .execute(async (trx) => {
        await replaceInventory(trx, { kinds: ['vm'], lines: [line('vm', 'b')], readAt });
        throw new Error('crash');
      });
    await expect(broken).rejects.toThrow('crash');
    expect(await ids('vm')).toEqual(['a']);
  });

  test('outside a transaction nothing is replaced', async () => {
    await replace(['vm'], [line('vm', 'a')]);
    const readAt = await readingBegins(db());
    await expect(replaceInventory(db(), { kinds: ['vm'], lines: [line('vm', 'b')], readAt })).rejects.toThrow(
      'inside a transaction',
    );
    expect(await ids('vm')).toEqual(['a']);
  });

  test('a name is found in any case, with everything that has it', async () => {
    await replace(['vm'], [line('vm', '/rg-web/dup', 'vm-dup'), line('vm', '/rg-app/dup', 'vm-dup'), line('vm', 'x')]);
    expect(await inventoryNamed(db(), 'vm', 'VM-Dup')).toEqual([{ id: '/rg-app/dup' }, { id: '/rg-web/dup' }]);
    expect(await inventoryNamed(db(), 'vault', 'vm-dup')).toEqual([]);
  });

  test('its age is that of the newest reading', async () => {
    expect(await inventoryAgeMs(db())).toBeNull();
    await replace(['vm'], [line('vm', 'a')]);
    expect(await inventoryAgeMs(db())).toBeLessThan(60_000);
    await pass(db(), 300_000, { table: 'inventory', column: 'seen_at', key: 'key', id: 'a' });
    expect(await inventoryAgeMs(db())).toBeGreaterThanOrEqual(300_000);
  });
});
