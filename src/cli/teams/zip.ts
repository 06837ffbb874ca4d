import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive. */
type ZipFile = { readonly name: string; readonly bytes: Uint8Array };

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const version = 20;
const deflated = 8;
/** Names are UTF-8. */
const flags = 0x0800;
/** 1 January 1980, the first day that the format knows: the same files always make the same archive. */
const firstDay = 0x0021;

/** A ZIP archive of a few small files, deflated, without folders. The same files always give the same bytes. */
export function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name, 'utf8');
    const body = deflateRawSync(file.bytes, { level: 9 });
    const facts = factsOf({ crc: crc32(file.bytes), packed: body.length, size: file.bytes.length, name: name.length });
    const local = Buffer.concat([numbers([signatures.local, 4], [version, 2]), facts, name, body]);
    const rest = numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    directory.push(numbers([signatures.central, 4], [version, 2], [version, 2]), facts, rest, name);
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endOf(files.length, { size: central.length, offset })]);
}

/** What the local and the central entry of a file have in common. */
function factsOf({ crc, packed, size, name }: { crc: number; packed: number; size: number; name: number }): Buffer {
  const times = [[0, 2] as const, [firstDay, 2] as const];
  return numbers([flags, 2], [deflated, 2], ...times, [crc, 4], [packed, 4], [size, 4], [name, 2], [0, 2]);
}

function endOf(count: number, central: { size: number; offset: number }): Buffer {
  return numbers(
    [signatures.end, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [central.size, 4],
    [central.offset, 4],
    [0, 2],
  );
}

/** Numbers one after the other, little end first; each with its count of bytes. */
function numbers(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}
