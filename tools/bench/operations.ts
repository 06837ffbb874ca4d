/** Operations for a measurement: typed through the endpoint, or seeded into the tables in a later state. */
import { randomUUID } from 'node:crypto';
import { itemRefOf } from '../../src/azure/gateway.ts';
import { planDigest, planVersion, type Plan } from '../../src/operations/parts/plan.ts';
import type { PartState } from '../../src/operations/ground/part.ts';
import { seeConversation } from '../../src/store/conversations.ts';
import { enqueueMessage, noteSent } from '../../src/store/messages.ts';
import { insertOperation } from '../../src/store/operations.ts';
import { deliver, saidInThread, threadId } from './activities.ts';
import type { Added } from './estate.ts';
import type { TestDatabase } from './processes/postgres.ts';

const ana = { id: '00000000-0000-0000-0000-0000000000a1', name: 'Ana de Vries', platformId: '29:bench-ana' };

/** Types `backup now` for each VM, each in a thread named after the VM; a limited number at a time. */
export async function typeBackups(botUrl: string, serviceUrl: string, vms: readonly Added[]): Promise<void> {
  const left = [...vms];
  const one = async () => {
    for (let vm = left.shift(); vm; vm = left.shift()) {
      const status = await deliver(
        botUrl,
        saidInThread({ serviceUrl, thread: vm.name, text: `backup now ${vm.name}` }),
      );
      if (status !== 200) throw new Error(`the bot answered ${status}`);
    }
  };
  await Promise.all([one(), one(), one(), one()]);
}

/** A seeded operation's progress. */
type Seeded = { readonly vm: Added; readonly stage: 'start' | 'job'; readonly jobId?: string };

/** Seeds a backup of a VM into the tables, with its thread and its card, due now; resolves with its ID. */
export async function seedOperation(testDatabase: TestDatabase, serviceUrl: string, seeded: Seeded): Promise<string> {
  const q = testDatabase.database.db;
  const { vm } = seeded;
  const conversationId = `teams:${threadId(vm.name)}`;
  await seeConversation(q, { id: conversationId, ...placeOf(vm, serviceUrl) });
  const messageId = randomUUID();
  await enqueueMessage(q, {
    id: messageId,
    conversationId,
    desired: { card: null, text: '…', summary: '…', mentions: [] },
  });
  await noteSent(q, messageId, { rev: 1, platformId: `m-${vm.name}`, fence: 0, editGapMs: 0 });
  const plan = planOf(vm);
  const operation = { id: randomUUID(), conversationId, messageId, dialogId: null, status: 'running', plan };
  const parts = { 'back-up': stateOf(seeded) };
  const where = { locale: 'en', timeZone: 'Europe/Amsterdam' } as const;
  await insertOperation(q, { ...operation, digest: planDigest(plan), parts, requester: ana, ...where });
  return operation.id;
}

function placeOf(vm: Added, serviceUrl: string) {
  const conversationId = threadId(vm.name);
  const channelId = conversationId.split(';')[0] as string;
  const bot = { botId: '28:kluis', botName: 'Kluis' };
  const address = { kind: 'channel', serviceUrl, conversationId, tenantId: 'bench', channelId, ...bot };
  const words = { locale: 'en', timeZone: 'Europe/Amsterdam' } as const;
  return { platform: 'teams', kind: 'channel', channel: channelId, address, ...words };
}

function planOf(vm: Added): Plan {
  const { id, name, vaultId, vaultName } = vm;
  const planned = { vm: { id, name, os: null, tags: {} }, keyVaults: [] };
  const part = { id: 'back-up', after: [], does: 'back-up-now', ...planned, vaultName, keepDays: 30 } as const;
  return { version: planVersion, vms: [{ id, name }], parts: [{ ...part, ref: itemRefOf(id, vaultId) }] };
}

function stateOf({ stage, jobId }: Seeded): PartState {
  const began = new Date().toISOString();
  const memo = jobId === undefined ? {} : { jobId };
  return {
    stage,
    dueAt: began,
    began: stage === 'start' ? null : began,
    memo,
    silentSince: null,
    outcome: null,
    endedAt: null,
  };
}
