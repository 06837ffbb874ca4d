import type { DiskRestores } from '../../disk-restores.ts';
import { blobPath } from '../reads/blob-reads.ts';
import type { BlobLine } from '../transport/blob-line.ts';
import type { Ask } from '../transport/observed-call.ts';
import { sentWrite } from './sent-write.ts';

/** Deletes blobs that a restore has left. */
export function blobWrites(line: BlobLine, ask: Ask): Pick<DiskRestores, 'deleteBlob'> {
  return {
    deleteBlob: ({ account, container, blob }, attempt) =>
      ask({ name: 'deleteBlob', doing: `removing a blob of ${account}` }, async () => {
        const sent = sentWrite(attempt);
        const { abortSignal, onResponse, requestOptions } = sent.options;
        const headers = { ...requestOptions.headers, 'x-ms-delete-snapshots': 'include' };
        onResponse(await line({ account, path: blobPath(container, blob), method: 'DELETE', headers, abortSignal }));
        return sent.receipt();
      }),
  };
}
