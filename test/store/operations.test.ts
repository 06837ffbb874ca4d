import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { renewLease } from '../../src/store/lease.ts';
import {
  askCancel,
  claimOperation,
  freeEverything,
  expediteOperation,
  insertOperation,
  operationById,
  runningOperations,
  saveOperation,
  type Claim,
} from '../../src/store/operations.ts';
import { whatIsDue } from '../../src/store/what-is-due.ts';
import { describeOnBoth } from '../support/databases.ts';
import { addOperation, ana, ben, pass, sampleOperation } from './sample-rows.ts';

const minute = 60_000;

describeOnBoth('operations', (testDatabase) => {
  const db = () => testDatabase().database.db;
  const claim = async (id: string) => (await claimOperation(db(), id, minute))?.claim ?? null;
  const leaseEnds = (id: string) => pass(db(), minute + 1, { table: 'operation', column: 'held_until', id });

  test('an operation is read back as it was written', async () => {
    const operation = await addOperation(db(), { dialogId: randomUUID() });
    const { createdAt, ...read } = (await operationById(db(), operation.id))!;
    expect(read).toEqual({ ...operation, cancelAsked: null, glass: null, approval: null });
    expect(createdAt).toBeInstanceOf(Date);
    expect(await operationById(db(), randomUUID())).toBeNull();
  });

  test('a dialog starts one operation only, also when two ask at once; without a dialog there is no such limit', async () => {
    const first = await addOperation(db(), { dialogId: randomUUID() });
    expect(await insertOperation(db(), sampleOperation({ dialogId: first.dialogId }))).toBe(false);
    const dialogId = randomUUID();
    const other = await testDatabase().second();
    const twice = [db(), other.db].map((q) => insertOperation(q, sampleOperation({ dialogId })));
    expect((await Promise.all(twice)).sort()).toEqual([false, true]);
    expect(await insertOperation(db(), sampleOperation())).toBe(true);
    expect(await insertOperation(db(), sampleOperation())).toBe(true);
    await other.close();
  });

  test('an operation is due at once, and claimed by one worker', async () => {
    const { id } = await addOperation(db());
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([id]);
    const other = await testDatabase().second();
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, i) => claimOperation(i % 2 ? other.db : db(), id, minute)),
    );
    expect(claims.filter((claimed) => claimed !== null)).toHaveLength(1);
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([]);
    await other.close();
  });

  test('a save writes the parts, releases the claim and sets when it is due again', async () => {
    const { id } = await addOperation(db());
    const held = (await claim(id))!;
    expect(await saveOperation(db(), held, { parts: { a: 1 }, status: 'running', dueInMs: 30_000 })).toEqual({
      dueInMs: 30_000,
    });
    expect((await operationById(db(), id))!.parts).toEqual({ a: 1 });
    expect(await claim(id)).toBeNull();
    await pass(db(), 30_000, { table: 'operation', column: 'due_at', id });
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([id]);
    expect((await claim(id))!.fence).toBeGreaterThan(held.fence);
  });

  test('a crashed worker is replaced by another when its lease expires; its later writes are refused', async () => {
    const { id } = await addOperation(db());
    const crashed = (await claim(id))!;
    expect(await claim(id)).toBeNull();
    await leaseEnds(id);
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([id]);
    const heir = (await claim(id))!;
    expect(await renewLease(db(), 'operation', { key: crashed.id, fence: crashed.fence, forMs: minute })).toBe(false);
    expect(await saveOperation(db(), crashed, { parts: { late: true }, status: 'failed', dueInMs: null })).toBeNull();
    expect(await operationById(db(), id)).toMatchObject({
      status: 'running',
      parts: { protect: { stage: 'inspect' } },
    });
    expect(await saveOperation(db(), heir, { parts: { heir: true }, status: 'running', dueInMs: 0 })).toEqual({
      dueInMs: 0,
    });
  });

  test('a slow worker that prolongs its claim in time keeps it', async () => {
    const { id } = await addOperation(db());
    const held = (await claim(id))!;
    await pass(db(), minute - 1000, { table: 'operation', column: 'held_until', id });
    expect(await renewLease(db(), 'operation', { key: held.id, fence: held.fence, forMs: minute })).toBe(true);
    await pass(db(), minute - 1000, { table: 'operation', column: 'held_until', id });
    expect(await claim(id)).toBeNull();
  });

  test('an ended operation is neither due, nor claimed, nor cancelled', async () => {
    const { id } = await addOperation(db());
    await saveOperation(db(), (await claim(id))!, { parts: {}, status: 'succeeded', dueInMs: null });
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([]);
    await expediteOperation(db(), id);
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([]);
    expect(await claim(id)).toBeNull();
    expect(await askCancel(db(), id, ben)).toBe(false);
    expect(await runningOperations(db())).toEqual([]);
    const row = await db().selectFrom('operation').select('ended_at').where('id', '=', id).executeTakeFirst();
    expect(row!.ended_at).toBeInstanceOf(Date);
  });

  test('what an operation waits for makes it due: a hint, or a cancel request with its requester', async () => {
    const { id } = await addOperation(db());
    const wait = async () =>
      saveOperation(db(), (await claim(id))!, { parts: {}, status: 'running', dueInMs: 10 * minute });
    await wait();
    expect(await claim(id)).toBeNull();
    await expediteOperation(db(), id);
    await wait();
    expect(await askCancel(db(), id, ben)).toBe(true);
    expect((await claimOperation(db(), id, minute))!.operation.cancelAsked).toEqual(ben);
    expect((await operationById(db(), id))!.requester).toEqual(ana);
  });

  const requests: [string, (id: string) => Promise<unknown>][] = [
    ['a cancel request', (id) => askCancel(db(), id, ben)],
    ['a hint', (id) => expediteOperation(db(), id)],
  ];

  test.each(requests)(
    '%s that arrives during a claim isn’t erased by its save, and is seen by the next',
    async (_, request) => {
      const { id } = await addOperation(db());
      const save = (held: Claim) => saveOperation(db(), held, { parts: {}, status: 'running', dueInMs: 10 * minute });
      const first = (await claimOperation(db(), id, minute))!;
      expect(first.expedited).toBe(false);
      await request(id);
      expect(await save(first.claim)).toEqual({ dueInMs: 0 });
      expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([id]);
      const second = (await claimOperation(db(), id, minute))!;
      expect(second.expedited).toBe(true);
      await request(id);
      expect(await save(second.claim)).toEqual({ dueInMs: 0 });
      expect(await save((await claim(id))!)).toEqual({ dueInMs: 10 * minute });
      expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([]);
    },
  );

  test('a cancel request is seen again by the successor of a worker that crashed after seeing it', async () => {
    const { id } = await addOperation(db());
    await expediteOperation(db(), id);
    expect((await claimOperation(db(), id, minute))!.expedited).toBe(true);
    await leaseEnds(id);
    expect((await claimOperation(db(), id, minute))!.expedited).toBe(true);
  });

  test('a cancel request during the last stage doesn’t reopen an operation', async () => {
    const { id } = await addOperation(db());
    const held = (await claim(id))!;
    await askCancel(db(), id, ben);
    expect(await saveOperation(db(), held, { parts: {}, status: 'succeeded', dueInMs: null })).toEqual({
      dueInMs: null,
    });
    expect((await whatIsDue(db(), 10)).operationsToAdvance).toEqual([]);
  });

  test('the running ones are listed oldest first', async () => {
    const ids = [];
    for (let i = 0; i < 3; i += 1) ids.push((await addOperation(db())).id);
    await saveOperation(db(), (await claim(ids[1]!))!, { parts: {}, status: 'failed', dueInMs: null });
    expect((await runningOperations(db())).map((operation) => operation.id)).toEqual([ids[0], ids[2]]);
  });

  test('the only holder of an embedded database releases every claim of its dead predecessor', async () => {
    const { id } = await addOperation(db());
    const dead = (await claim(id))!;
    await freeEverything(db());
    const heir = await claim(id);
    expect(heir!.fence).toBeGreaterThan(dead.fence);
  });
});
