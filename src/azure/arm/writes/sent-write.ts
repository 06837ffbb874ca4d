import type { HttpHeaders } from '@azure/core-rest-pipeline';
import type { Attempt, OperationRef, Receipt } from '../../gateway.ts';
import { signalOf } from '../transport/departure.ts';
import { WireFailure } from '../map-fault.ts';
import { timeOrNull } from '../parse/azure-times.ts';

/** One write being sent: what the SDK needs, and what its response left behind. */
type SentWrite = {
  readonly options: ReturnType<typeof optionsOf>;
  receipt(): Receipt;
  /**
   * The accepted operation. A response without one is `garbled`, so the write is in doubt and its trace is looked for.
   */
  operation(vaultId: string): OperationRef;
};

/**
 * Prepares one write of `attempt`: its ID becomes the client request ID, its signal aborts the call, its deadline is
 * passed along.
 */
export function sentWrite(attempt: Attempt): SentWrite {
  let headers: HttpHeaders | null = null;
  const options = optionsOf(attempt, (answer) => {
    headers = answer.headers;
  });
  const read = (name: string) => headers?.get(name) ?? null;
  return {
    options,
    receipt: () => ({ requestId: read('x-ms-request-id'), date: timeOrNull(read('date')) }),
    operation(vaultId) {
      const operationId = operationIn(read);
      if (operationId === null) throw new WireFailure({ kind: 'garbled', code: 'NoOperation' });
      return { vaultId, operationId, requestId: read('x-ms-request-id') };
    },
  };
}

function optionsOf(attempt: Attempt, onResponse: (answer: { headers: HttpHeaders }) => void) {
  const headers = { 'x-ms-client-request-id': attempt.id };
  // The two families of SDKs have two names for the same option; each ignores the other's.
  return { abortSignal: signalOf(attempt), onResponse, requestOptions: { headers, customHeaders: headers } };
}

/** The id of the operation that a response's headers name; null if they name none. */
export function operationIn(header: (name: string) => string | null | undefined): string | null {
  return idIn(header('azure-asyncoperation')) ?? idIn(header('location'));
}

// URLs have thousands of characters of signature after the ID.
const operation =
  /\/(?:operationsStatus|operationResults|operations|backupOperations|backupOperationResults|backupValidateOperationsStatuses)\/([^/?]+)/i;

function idIn(address: string | null | undefined): string | null {
  return operation.exec(address ?? '')?.[1] ?? null;
}
