import { setTimeout as wait } from 'node:timers/promises';
import { createHttpHeaders, createPipelineRequest, type PipelineRequestOptions } from '@azure/core-rest-pipeline';
import type { DiskRestores, RestoreRequest } from '../../disk-restores.ts';
import { retryAfter, WireFailure } from '../map-fault.ts';
import { vaultPath } from '../reads/backup-reads.ts';
import { isOver, restoreBody, restoreProblemsOf } from '../parse/restore/restore-messages.ts';
import { subject } from '../parse/azure-values.ts';
import { armHost, backupVersion, type ClientsOf } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { operationIn, sentWrite } from './sent-write.ts';

type Calls = { readonly clients: ClientsOf; readonly ask: Ask };

const maxWaitMs = 60_000;
const paceMs = 2000;

/**
 * The restore of a point. Both bodies bypass the SDK: for one it starts waiting for the end by itself, and in the other
 * it knows no Resource Guard.
 */
export function restoreWrites(writing: Calls, reading: Calls): Pick<DiskRestores, 'startRestore' | 'validateRestore'> {
  return {
    startRestore: (request, attempt) =>
      writing.ask({ name: 'startRestore', doing: `starting a restore of ${request.ref.item}` }, async () => {
        const sent = sentWrite(attempt);
        const { abortSignal, onResponse, requestOptions } = sent.options;
        const path = `${pointPath(request)}/restore`;
        const body = { properties: restoreBody(request) };
        onResponse(await post(writing.clients, { path, body, abortSignal, headers: requestOptions.headers }));
        return sent.operation(request.ref.vaultId);
      }),

    validateRestore: (request) =>
      reading.ask({ name: 'validateRestore', doing: `checking a restore of ${request.ref.item}` }, async () => {
        const { vaultId } = request.ref;
        const properties = {
          objectType: 'ValidateIaasVMRestoreOperationRequest',
          restoreRequest: restoreBody(request),
        };
        const body = { id: pointPath(request), properties };
        const path = `${vaultId}/backupTriggerValidateOperation`;
        const accepted = await post(reading.clients, { path, body });
        const operationId = operationIn((name) => accepted.headers.get(name));
        if (operationId === null) throw new WireFailure({ kind: 'garbled', code: 'NoOperation' });
        return verdict(reading.clients, { vaultId, operationId, pace: retryAfter(accepted) ?? paceMs });
      }),
  };
}

async function verdict(clients: ClientsOf, at: { vaultId: string; operationId: string; pace: number }) {
  const { validateOperationStatuses } = clients(subject(at.vaultId).subscription).backup();
  const until = performance.now() + maxWaitMs;
  for (;;) {
    await wait(Math.min(at.pace, until - performance.now()));
    const status = await validateOperationStatuses.get(...vaultPath(at.vaultId), at.operationId);
    if (isOver(status)) return restoreProblemsOf(status);
    if (performance.now() >= until) throw new WireFailure({ kind: 'unavailable', code: 'ValidationTimedOut' });
  }
}

function pointPath({ ref, point }: RestoreRequest): string {
  const item = `backupFabrics/Azure/protectionContainers/${ref.container}/protectedItems/${ref.item}`;
  return `${ref.vaultId}/${item}/recoveryPoints/${point}`;
}

type Post = Pick<PipelineRequestOptions, 'abortSignal'> & {
  readonly path: string;
  readonly body: object;
  readonly headers?: Record<string, string>;
};

function post(clients: ClientsOf, { path, body, headers, ...options }: Post) {
  const [, , subscription = ''] = path.split('/');
  const request = createPipelineRequest({
    url: `https://${armHost}${path.split('/').map(encodeURIComponent).join('/')}?api-version=${backupVersion}`,
    method: 'POST',
    body: JSON.stringify(body),
    headers: createHttpHeaders({ 'content-type': 'application/json', accept: 'application/json', ...headers }),
    ...options,
  });
  return clients(subscription).backup().sendRequest(request);
}
