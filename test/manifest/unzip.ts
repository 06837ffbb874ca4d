import { crc32, inflateRawSync } from 'node:zlib';

/** An archive's files, read from its central directory as Teams does; throws if a size or a checksum is wrong. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (at + archive.readUInt32LE(end + 12) !== end) throw new Error('the directory does not reach to its end');
  const files = new Map<string, Buffer>();
  for (let n = 0; n < count; n++) {
    const length = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + length);
    files.set(name, fileAt(archive, at, name));
    at += 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

function fileAt(archive: Buffer, entry: number, name: string): Buffer {
  const local = archive.readUInt32LE(entry + 42);
  if (archive.readUInt32LE(local) !== 0x04034b50) throw new Error(`${name} is not where the directory says`);
  const nameLength = archive.readUInt16LE(local + 26);
  if (archive.toString('utf8', local + 30, local + 30 + nameLength) !== name) throw new Error(`${name} has two names`);
  const start = local + 30 + nameLength + archive.readUInt16LE(local + 28);
  const bytes = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(entry + 20)));
  if (bytes.length !== archive.readUInt32LE(entry + 24)) throw new Error(`${name} has another size`);
  if (crc32(bytes) !== archive.readUInt32LE(entry + 16)) throw new Error(`${name} has another checksum`);
  return bytes;
}
