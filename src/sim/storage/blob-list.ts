import type { Call } from '../http/call.ts';
import type { BlobSpec } from '../state/state-storage.ts';

/** A page of a container's blobs, ordered by name, as in "List Blobs" of Microsoft's REST reference. */
export function listText(call: Call, container: string, blobs: readonly BlobSpec[]): string {
  const prefix = call.query.get('prefix') ?? '';
  const marker = call.query.get('marker') ?? '';
  const sorted = blobs.filter(({ name }) => name.startsWith(prefix) && name >= marker).sort(byName);
  const size = Math.min(Number(call.query.get('maxresults') ?? 5000), call.world.state.settings.pageSize);
  const shown = sorted.slice(0, size);
  const next = sorted[size]?.name ?? '';
  const entries = shown.map((blob) => {
    const type = 'bytes' in blob || blob.encoding === 'utf16le' ? 'PageBlob' : 'BlockBlob';
    return `<Blob><Name>${escaped(blob.name)}</Name><Properties><BlobType>${type}</BlobType></Properties></Blob>`;
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<EnumerationResults ServiceEndpoint="https://${call.host}/" ContainerName="${escaped(container)}">`,
    `<Blobs>${entries.join('')}</Blobs><NextMarker>${escaped(next)}</NextMarker></EnumerationResults>`,
  ].join('');
}

/** A text inside XML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function byName(one: BlobSpec, other: BlobSpec): number {
  return one.name < other.name ? -1 : Number(one.name > other.name);
}
