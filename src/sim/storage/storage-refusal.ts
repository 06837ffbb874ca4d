import type { Reply } from '../http/reply.ts';
import { escaped } from './blob-list.ts';

/** A refusal by the blob service, which has its own envelope. */
export class StorageRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The response for it: XML, and the code in a header too. */
export function storageRefusalReply({ status, code, message }: StorageRefusal): Reply {
  const text = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  return {
    status,
    headers: { 'x-ms-error-code': code },
    content: { type: 'application/xml', bytes: Buffer.from(text) },
    limit: 'none',
  };
}
