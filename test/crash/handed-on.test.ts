/**
 * What continues by itself between two operations or before one, if the process is killed or paused: a policy on the
 * way to a VM, and a plan that somebody else approved; and a restore whose process ends by an error. Each process
 * begins with what the previous one left, so the tests are one story, and each start happens once.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BotChat } from '../support/bot-chat.ts';
import { viewOf } from '../support/card-view.ts';
import { eventually } from '../support/eventually.ts';
import { fillsInPolicy } from '../support/fills-in-policy.ts';
import { secretsIn } from '../support/kept-logs.ts';
import { materialOf, traceOf } from '../support/key-material.ts';
import { ChildProcesses, type RunningChild } from './child-process.ts';
import { restoring } from './restoring.ts';
import { CrashHarness } from './whole-operation.ts';

const create = 'Create this policy';
const approve = 'Approve';
/** Before the write of a policy the vault and the policy are read, after it the VM. */
const readingsBefore = 2;

describe('work that continues by itself, in separate processes, on PostgreSQL', () => {
  let harness: CrashHarness;
  let host: ChildProcesses;
  const policies: Record<string, BotChat> = {};
  const requests: Record<string, BotChat> = {};
  let paused: RunningChild;
  beforeAll(async () => {
    harness = await CrashHarness.open(
      async (simulatorUrl) => (host = await ChildProcesses.open('postgres', simulatorUrl)),
    );
    await harness.calm(async () => {
      await harness.platform.meets('ana');
      for (const vm of ['vm-sql-01', 'vm-plain-01']) policies[vm] = await asksForPolicy(vm);
      for (const vm of ['vm-many-01', 'vm-cmk-01', 'vm-off-01']) requests[vm] = await asksForApproval(vm);
    });
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  /** The VM's card, and below it what is to be created. */
  async function asksForPolicy(vm: string): Promise<BotChat> {
    const { chat } = await harness.platform.says('ana', `backup ${vm}`);
    const card = await chat.untilTitle(new RegExp(`${vm}.* ready`));
    await chat.clicks(card.titles.find((title) => title.startsWith('Protect')) ?? '', { policy: 'new-policy' });
    await chat.untilTitle('A new policy in');
    await fillsInPolicy(chat, { name: `for-${vm}`, kind: 'Enhanced', often: 'daily', daily: '45' });
    await chat.untilButton(create);
    return chat;
  }

  /** Ana asks for approval; resolves with the place to give it. */
  async function asksForApproval(vm: string): Promise<BotChat> {
    const { chat } = await harness.platform.says('ana', `backup ${vm}`);
    await chat.untilTitle(/^(?!⏳)/u);
    await chat.clicks((await chat.card()).titles.find((title) => title.includes('Protect only')) ?? '');
    await chat.untilWaits('0 of 1');
    return chat;
  }

  const isChosen = async (vm: string) =>
    (await policies[vm]!.cards()).some(({ card }) => viewOf(card).inputs['policy']?.value.endsWith(`/for-${vm}`)) ||
    null;
  const operationsOf = (chat: BotChat) =>
    harness.host.read((db) =>
      db.selectFrom('operation').select(['id', 'digest', 'status']).where('conversation_id', '=', chat.id).execute(),
    );
  const requestsOf = (chat: BotChat) =>
    harness.host.read((db) =>
      db
        .selectFrom('approval_request')
        .innerJoin('dialog', 'dialog.id', 'approval_request.dialog_id')
        .select(['digest', 'approval_request.state', 'operation_id', 'votes'])
        .where('conversation_id', '=', chat.id)
        .execute(),
    );
  const protections = (vm: string) => harness.azure.requests('PUT', new RegExp(`protectedItems/[^?]*;${vm}[?]`, 'i'));

  /** Selected on the VM's card, by one write; the form is closed, and nothing else was begun. */
  async function expectReturned(vm: string): Promise<void> {
    const chat = policies[vm]!;
    await chat.until('the policy chosen on the card', () => isChosen(vm));
    expect(await harness.azure.requests('PUT', new RegExp(`/backupPolicies/for-${vm}[?]`, 'i'))).toHaveLength(1);
    expect(await protections(vm)).toEqual([]);
    expect((await operationsOf(chat)).map(({ status }) => status)).toEqual(['succeeded']);
  }

  /** One vote, one operation, one write: that of the approved plan. */
  async function expectStartedOnce(vm: string): Promise<void> {
    const chat = requests[vm]!;
    await chat.untilTitle(`${vm} is protected`);
    const [request, ...others] = await requestsOf(chat);
    expect([request?.state, request?.votes, others]).toEqual(['started', [expect.anything()], []]);
    const { operation_id: id, digest } = request!;
    expect(await operationsOf(chat)).toEqual([{ id, digest, status: 'succeeded' }]);
    expect(await protections(vm)).toHaveLength(1);
  }

  test('a policy is created, and the process is killed before the VM is read again', async () => {
    const chat = policies['vm-sql-01']!;
    const crash = { failpoint: 'lookup:before-commit', reach: readingsBefore + 1 } as const;
    await harness.crash(crash, () => chat.clicks(create));
    expect((await operationsOf(chat)).map(({ status }) => status)).toEqual(['succeeded']);
    expect(await isChosen('vm-sql-01')).toBeNull();
  });

  test('the next process does that; it is killed after starting an approved plan, before anybody works on it', async () => {
    await harness.crash({ failpoint: 'start:after-commit' }, async () => {
      await expectReturned('vm-sql-01');
      await requests['vm-many-01']!.as('ben').clicks(approve);
    });
  });

  test('the next continues it; it is killed while everything in an approved plan is read again', async () => {
    await harness.crash({ failpoint: 'lookup:before-commit' }, async () => {
      await expectStartedOnce('vm-many-01');
      await requests['vm-cmk-01']!.as('ben').clicks(approve);
    });
    expect(await operationsOf(requests['vm-cmk-01']!)).toEqual([]);
    await harness.calm(() => expectStartedOnce('vm-cmk-01'));
  });

  test('paused before the start while another process starts it: it starts nothing when it resumes', async () => {
    paused = await host.start({ failpoint: 'lookup:before-commit', paused: true });
    harness.platform.speaksTo(paused.url);
    const pressed = requests['vm-off-01']!.as('ben').clicks(approve);
    await eventually('the last reading', () => paused.reached.includes('lookup:before-commit'));
    await harness.calm(async () => {
      await expectStartedOnce('vm-off-01');
      await paused.goOn();
      await pressed.catch(() => null);
      await expectStartedOnce('vm-off-01');
    });
  });

  test('paused before the VM is read again while another reads it: it does nothing twice when it resumes', async () => {
    const chat = policies['vm-plain-01']!;
    const from = paused.reached.length;
    const pauses = (count: number) => () =>
      paused.reached.slice(from).filter((failpoint) => failpoint === 'lookup:before-commit').length === count;
    harness.platform.speaksTo(paused.url);
    const pressed = chat.clicks(create);
    for (let reading = 1; reading <= readingsBefore; reading += 1) {
      await eventually(`reading ${reading} before the write`, pauses(reading));
      await paused.goOn();
    }
    await pressed;
    await eventually('the reading after it', pauses(readingsBefore + 1));
    expect((await operationsOf(chat)).map(({ status }) => status)).toEqual(['succeeded']);
    expect(await isChosen('vm-plain-01')).toBeNull();
    const dialogs = () => harness.host.read((db) => db.selectFrom('dialog').select(['id', 'revision']).execute());
    await harness.calm(async () => {
      await expectReturned('vm-plain-01');
      const before = await dialogs();
      await paused.goOn();
      await expectReturned('vm-plain-01');
      expect(await dialogs()).toEqual(before);
    });
    await paused.stop();
  });

  // A card that one of them edited last, in an older state, is edited once more by the next.
  test('whatever resumed: each operation was begun once, and the cards are right', () =>
    harness.calm(async () => {
      for (const vm of Object.keys(policies)) await expectReturned(vm);
      for (const vm of Object.keys(requests)) await expectStartedOnce(vm);
    }));

  test('an error that nothing catches, with a key and a token in it: the process prints neither, and another goes on', async () => {
    const { platform, azure } = harness;
    const material = await materialOf(azure, ['vm-hr-02']);
    const carries = material.at(-1)!.toString('base64');
    expect(traceOf(material, carries)).toHaveLength(1);
    // Right after the key was put back, which comes after the restore itself.
    const running = await host.start({ failpoint: 'write:after-send', reach: 2, carries });
    platform.speaksTo(running.url);
    await platform.meets('ana', 'ben');
    const chat = await restoring(harness, { vm: 'vm-hr-02', button: 'Request approval' });
    await chat.clicks('Request approval');
    await chat.untilWaits('0 of 1');
    await chat.as('ben').clicks('Approve');
    const { code, printed } = await running.ended;
    platform.speaksTo();
    expect(code).toBe(1);
    expect(printed).toMatch(/MADE_UP.*could not parse.*nothing caught this: the process ends/);
    expect([...traceOf(material, printed), ...secretsIn(printed)]).toEqual([]);
    await harness.calm(() => chat.untilTitle('Disks of vm-hr-02 are restored, with their keys', 60_000));
    const sent = await azure.requests('POST', /^\/keys\/restore/);
    expect(sent.map(({ status }) => status)).toEqual([200]);
  });
});
