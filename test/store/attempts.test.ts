import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { attemptsOf, insertAttempt, settleAttempt } from '../../src/store/attempts.ts';
import { claimOperation, saveOperation } from '../../src/store/operations.ts';
import { describeOnBoth } from '../support/databases.ts';
import { addOperation, pass } from './sample-rows.ts';

const minute = 60_000;

describeOnBoth('attempts', (testDatabase) => {
  const db = () => testDatabase().database.db;
  const attempt = (fields: { part?: string; call?: string } = {}) => ({
    id: randomUUID(),
    part: 'back-up',
    call: 'back-up',
    target: 'VM;iaasvmcontainerv2;rg;vm',
    ...fields,
  });
  const of = { part: 'back-up', call: 'back-up' };
  const claimed = async () => {
    const { id } = await addOperation(db());
    return (await claimOperation(db(), id, minute))!.claim;
  };

  test('an intent is stored before its outcome is known', async () => {
    const claim = await claimed();
    const intent = attempt();
    expect(await insertAttempt(db(), claim, intent)).toBe(true);
    const [stored] = await attemptsOf(db(), claim.id, of);
    expect(stored).toMatchObject({ ...intent, outcome: null, receipt: null });
    expect(stored!.ageMs).toBeGreaterThanOrEqual(0);
    expect(stored!.ageMs).toBeLessThan(minute);
  });

  test('without the claim nothing is stored: another worker has it, or the operation has ended', async () => {
    const lost = await claimed();
    await pass(db(), minute + 1, { table: 'operation', column: 'held_until', id: lost.id });
    const heir = (await claimOperation(db(), lost.id, minute))!.claim;
    expect(await insertAttempt(db(), lost, attempt())).toBe(false);
    expect(await insertAttempt(db(), heir, attempt())).toBe(true);
    await saveOperation(db(), heir, { parts: {}, status: 'failed', dueInMs: null });
    expect(await insertAttempt(db(), heir, attempt())).toBe(false);
    expect(await insertAttempt(db(), { id: randomUUID(), fence: 1 }, attempt())).toBe(false);
    expect(await attemptsOf(db(), lost.id, of)).toHaveLength(1);
  });

  test('the attempts of one call are listed newest first, with their age by the database’s clock', async () => {
    const claim = await claimed();
    const tries = [attempt(), attempt(), attempt({ call: 'cancel-job' }), attempt({ part: 'other' })];
    for (const made of tries) await insertAttempt(db(), claim, made);
    await pass(db(), minute, { table: 'attempt', column: 'made_at', id: tries[0]!.id });
    const told = await attemptsOf(db(), claim.id, of);
    expect(told.map((one) => one.id)).toEqual([tries[1]!.id, tries[0]!.id]);
    expect(told[1]!.ageMs - told[0]!.ageMs).toBeGreaterThan(minute - 5000);
  });

  test('its outcome is stored with its receipt, and only for that attempt', async () => {
    const claim = await claimed();
    const [first, second] = [attempt(), attempt()];
    await insertAttempt(db(), claim, first);
    await insertAttempt(db(), claim, second);
    // The embedded database counts whole milliseconds.
    await pass(db(), 1, { table: 'attempt', column: 'made_at', id: first.id });
    await settleAttempt(db(), first.id, { outcome: 'lost', receipt: null });
    await settleAttempt(db(), second.id, { outcome: 'accepted', receipt: { operationId: 'o', requestId: null } });
    const told = await attemptsOf(db(), claim.id, of);
    expect(told.map(({ outcome, receipt }) => [outcome, receipt])).toEqual([
      ['accepted', { operationId: 'o', requestId: null }],
      ['lost', null],
    ]);
  });

  test('Azure’s answer replaces an attempt inferred as lost, and an inference replaces nothing', async () => {
    const claim = await claimed();
    const settled = async (...ends: string[]) => {
      const tried = attempt();
      await insertAttempt(db(), claim, tried);
      const wrote: boolean[] = [];
      for (const outcome of ends) wrote.push(await settleAttempt(db(), tried.id, { outcome, receipt: outcome }));
      const stored = (await attemptsOf(db(), claim.id, of)).find(({ id }) => id === tried.id)!;
      return [stored.outcome, wrote];
    };
    expect(await settled('lost', 'accepted')).toEqual(['accepted', [true, true]]);
    expect(await settled('lost', 'not-sent')).toEqual(['not-sent', [true, true]]);
    expect(await settled('lost', 'adopted')).toEqual(['lost', [true, false]]);
    for (const known of ['accepted', 'refused', 'not-sent', 'adopted']) {
      expect(await settled(known, 'lost')).toEqual([known, [true, false]]);
      expect(await settled(known, 'not-sent')).toEqual([known, [true, false]]);
    }
    expect(await settled('adopted', 'accepted')).toEqual(['adopted', [true, false]]);
  });
});
