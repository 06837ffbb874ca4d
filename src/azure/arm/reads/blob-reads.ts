import type { DiskRestores } from '../../disk-restores.ts';
import { WireFailure } from '../map-fault.ts';
import { blobList, blobText } from '../parse/restore/blob-text.ts';
import { bytesOf, type BlobLine } from '../transport/blob-line.ts';
import { orNull, type Ask } from '../transport/observed-call.ts';

const maxPages = 100;

/** Reads of the blobs that a restore has left. */
export function blobReads(line: BlobLine, ask: Ask): Pick<DiskRestores, 'blob' | 'blobs'> {
  return {
    blob: ({ account, container, blob }) =>
      ask({ name: 'blob', doing: `reading a blob of ${account}` }, async () => {
        const answer = await orNull(line({ account, path: blobPath(container, blob), method: 'GET' }));
        return answer && blobText(await bytesOf(answer));
      }),

    blobs: ({ account, container }) =>
      ask({ name: 'blobs', doing: `listing the blobs of ${account}` }, async () => {
        const all: string[] = [];
        let marker: string | null = '';
        for (let page = 0; marker !== null; page++) {
          if (page === maxPages) throw new WireFailure({ kind: 'garbled', code: 'EndlessList' });
          const from: string = marker === '' ? '' : `&marker=${encodeURIComponent(marker)}`;
          const path = `/${encodeURIComponent(container)}?restype=container&comp=list${from}`;
          const answer = await orNull(line({ account, path, method: 'GET' }));
          if (answer === null) return [];
          const { names, next } = blobList((await bytesOf(answer)).toString('utf8'));
          all.push(...names);
          marker = next;
        }
        return all;
      }),
  };
}

/** The path of a blob, whose name may contain slashes. */
export function blobPath(container: string, blob: string): string {
  return `/${[container, ...blob.split('/')].map(encodeURIComponent).join('/')}`;
}
