import { expect, test } from '@jest/globals';
import { claimLookup, dialogById, newestOpenDialog, updateDialog, type StoredDialog } from '../../src/store/dialogs.ts';
import { whatIsDue } from '../../src/store/what-is-due.ts';
import { describeOnBoth } from '../support/databases.ts';
import { addDialog, ben, pass } from './sample-rows.ts';

const hours = 12;

function next(dialog: StoredDialog, fields: Partial<StoredDialog> = {}): StoredDialog {
  return { ...dialog, state: { ...dialog.state, revision: dialog.state.revision + 1 }, ...fields };
}

describeOnBoth('dialogs', (testDatabase) => {
  const db = () => testDatabase().database.db;

  test('a dialog is read back as it was written and changed', async () => {
    const dialog = await addDialog(db());
    expect(await dialogById(db(), dialog.id)).toEqual(dialog);
    const trail = [{ did: 'answer' as const, inputs: { vm: 'sql-01', days: 30 } }];
    const changed = next(dialog, {
      actor: ben,
      lookup: { step: 'reading', basis: 'b1' },
      state: { ...dialog.state, revision: 1, trail },
    });
    expect(await updateDialog(db(), changed, { revision: 0, hours })).toBe(true);
    expect(await dialogById(db(), dialog.id)).toEqual(changed);
  });

  test('of two writers that read the same revision one writes, and the other gets a conflict', async () => {
    const dialog = await addDialog(db());
    const other = await testDatabase().second();
    const mine = next(dialog, { lookup: { step: 'a', basis: 'mine' } });
    const theirs = next(dialog, { lookup: { step: 'a', basis: 'theirs' } });
    const wrote = await Promise.all([
      db()
        .transaction()
        .execute((trx) => updateDialog(trx, mine, { revision: 0, hours })),
      other.db.transaction().execute((trx) => updateDialog(trx, theirs, { revision: 0, hours })),
    ]);
    expect([...wrote].sort()).toEqual([false, true]);
    expect(await dialogById(db(), dialog.id)).toEqual(wrote[0] ? mine : theirs);
    await other.close();
  });

  test('a writer that waits for one that rolls back does write', async () => {
    const dialog = await addDialog(db());
    const crash = db()
      .transaction()
      .execute(async (trx) => {
        await updateDialog(trx, next(dialog), { revision: 0, hours });
        throw new Error('crash');
      });
    const other = await testDatabase().second();
    const [, wrote] = await Promise.allSettled([crash, updateDialog(other.db, next(dialog), { revision: 0, hours })]);
    expect(wrote).toEqual({ status: 'fulfilled', value: true });
    await other.close();
  });

  test('the newest open dialog of a conversation answers typed text; closed ones and other places do not', async () => {
    const older = await addDialog(db());
    const newer = await addDialog(db());
    await addDialog(db(), { conversationId: 'elsewhere' });
    expect((await newestOpenDialog(db(), 'conversation'))!.id).toBe(newer.id);
    const closed = next(newer, { state: { ...newer.state, revision: 1, status: 'cancelled' } });
    await updateDialog(db(), closed, { revision: 0, hours });
    expect((await newestOpenDialog(db(), 'conversation'))!.id).toBe(older.id);
    expect(await newestOpenDialog(db(), 'nowhere')).toBeNull();
  });

  test('a due reading is made by one worker; a claimed one isn’t found again until its claim expires', async () => {
    const { id } = await addDialog(db(), { lookup: { step: 'reading', basis: 'b' } });
    await addDialog(db());
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([id]);
    const claims = await Promise.all([claimLookup(db(), id, 60_000), claimLookup(db(), id, 60_000)]);
    expect(claims.filter((claimed) => claimed)).toHaveLength(1);
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([]);
    await pass(db(), 60_001, { table: 'dialog', column: 'look_due_at', id });
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([id]);
    expect(await claimLookup(db(), id, 60_000)).toBe(true);
  });

  test('a reading that a dialog no longer waits for isn’t made', async () => {
    const dialog = await addDialog(db(), { lookup: { step: 'reading', basis: 'b' } });
    await updateDialog(db(), next(dialog, { lookup: null }), { revision: 0, hours });
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([]);
    expect(await claimLookup(db(), dialog.id, 60_000)).toBe(false);
  });

  test('an open dialog expires some hours after its last change; a closed one never does', async () => {
    const hour = 3_600_000;
    const dialog = await addDialog(db());
    const at = { table: 'dialog', column: 'expires_at', id: dialog.id };
    await pass(db(), 11 * hour, at);
    expect((await whatIsDue(db(), 10)).expiredDialogs).toEqual([]);
    await pass(db(), hour + 1, at);
    expect((await whatIsDue(db(), 10)).expiredDialogs).toEqual([dialog.id]);
    const touched = next(dialog);
    await updateDialog(db(), touched, { revision: 0, hours });
    expect((await whatIsDue(db(), 10)).expiredDialogs).toEqual([]);
    await pass(db(), 12 * hour + 1, at);
    expect((await whatIsDue(db(), 10)).expiredDialogs).toEqual([dialog.id]);
    const closed = next(touched, { state: { ...touched.state, revision: 2, status: 'expired' } });
    await updateDialog(db(), closed, { revision: 1, hours });
    expect((await whatIsDue(db(), 10)).expiredDialogs).toEqual([]);
  });
});
