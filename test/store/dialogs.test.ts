import { expect, test } from '@jest/globals';
import {
  claimLookup,
  dialogById,
  newestOpenDialog,
  outliveLookup,
  postponeLookup,
  renewLookup,
  updateDialog,
  type StoredDialog,
} from '../../src/store/dialogs.ts';
import { whatIsDue } from '../../src/store/what-is-due.ts';
import { describeOnBoth } from '../support/databases.ts';
import { addDialog, ben, pass } from './sample-rows.ts';

const hours = 12;
type Claim = Parameters<typeof claimLookup>[1];

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
    const claims = await Promise.all(['a', 'b'].map((claimId) => claimLookup(db(), { id, claimId }, 60_000)));
    expect(claims.filter((claimed) => claimed)).toHaveLength(1);
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([]);
    await pass(db(), 60_001, { table: 'dialog', column: 'look_due_at', id });
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([id]);
    expect(await claimLookup(db(), { id, claimId: 'c' }, 60_000)).toBe(true);
  });

  test('a reading that a dialog no longer waits for isn’t made', async () => {
    const dialog = await addDialog(db(), { lookup: { step: 'reading', basis: 'b' } });
    await updateDialog(db(), next(dialog, { lookup: null }), { revision: 0, hours });
    expect((await whatIsDue(db(), 10)).dialogsToLookUp).toEqual([]);
    expect(await claimLookup(db(), { id: dialog.id, claimId: 'a' }, 60_000)).toBe(false);
  });

  test('a claim on a reading is prolonged until another worker has it, or the dialog waits for a new one', async () => {
    const lookup = { step: 'reading', basis: 'b' };
    const dialog = await addDialog(db(), { lookup });
    const at = { table: 'dialog', column: 'look_due_at', id: dialog.id };
    const [mine, theirs] = ['mine', 'theirs'].map((claimId) => ({ id: dialog.id, claimId })) as [Claim, Claim];
    const isDue = async () => (await whatIsDue(db(), 10)).dialogsToLookUp.includes(dialog.id);
    await claimLookup(db(), mine, 60_000);
    expect(await dialogById(db(), dialog.id)).toEqual({
      ...dialog,
      lookup: { ...lookup, claimId: 'mine', begun: ['mine'] },
    });
    await pass(db(), 50_000, at);
    expect(await renewLookup(db(), mine, 60_000)).toBe(true);
    await pass(db(), 50_000, at);
    expect(await isDue()).toBe(false);
    // Whoever had it died, or was suspended.
    await pass(db(), 10_001, at);
    expect([await isDue(), await claimLookup(db(), theirs, 60_000)]).toEqual([true, true]);
    expect((await dialogById(db(), dialog.id))!.lookup).toMatchObject({ begun: ['mine', 'theirs'] });
    expect(await renewLookup(db(), mine, 60_000)).toBe(false);
    expect(await postponeLookup(db(), mine, { inMs: 5_000, lookup })).toBe(false);
    await updateDialog(db(), next(dialog, { lookup }), { revision: 0, hours });
    expect(await renewLookup(db(), theirs, 60_000)).toBe(false);
    expect([await isDue(), (await dialogById(db(), dialog.id))!.lookup]).toEqual([true, lookup]);
  });

  test('a reading whose claim was lost isn’t counted any more once its process is heard of; a new one is untouched', async () => {
    const lookup = { step: 'reading', basis: 'b' };
    const dialog = await addDialog(db(), { lookup });
    const at = { table: 'dialog', column: 'look_due_at', id: dialog.id };
    const begun = async () => (await dialogById(db(), dialog.id))!.lookup?.begun;
    for (const claimId of ['a', 'b', 'c']) {
      await claimLookup(db(), { id: dialog.id, claimId }, 60_000);
      await pass(db(), 60_001, at);
    }
    for (const _ of ['once', 'again']) await outliveLookup(db(), { id: dialog.id, claimId: 'b' });
    expect(await begun()).toEqual(['a', 'c']);
    expect(await postponeLookup(db(), { id: dialog.id, claimId: 'c' }, { inMs: 0, lookup })).toBe(true);
    expect([await begun(), await renewLookup(db(), { id: dialog.id, claimId: 'c' }, 60_000)]).toEqual([
      undefined,
      false,
    ]);
    await claimLookup(db(), { id: dialog.id, claimId: 'd' }, 60_000);
    await outliveLookup(db(), { id: dialog.id, claimId: 'a' });
    expect(await begun()).toEqual(['d']);
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
