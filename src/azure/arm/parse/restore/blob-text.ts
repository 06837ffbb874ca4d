import { storableText } from '../../storable-text.ts';

/**
 * A blob's bytes as text that can be stored, whoever wrote it. Azure Backup writes its settings file as UTF-16 in a
 * page blob, whose last page ends with NULs, with or without a byte order mark; the template is UTF-8.
 */
export function blobText(bytes: Buffer): string {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const text = new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes);
  return storableText(text.replace(/\0+$/, ''));
}

/** The names in one page of a container's list, and where the next page begins; null: it was the last. */
export function blobList(xml: string): { readonly names: readonly string[]; readonly next: string | null } {
  const names = [...xml.matchAll(/<Blob><Name>([^<]*)<\/Name>/g)].map(([, name = '']) => plain(name));
  const next = /<NextMarker>([^<]+)<\/NextMarker>/.exec(xml)?.[1];
  return { names, next: next === undefined ? null : plain(next) };
}

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities.get(name) ?? '');
}
