import { inflateSync } from 'node:zlib';

/** A PNG as Teams sees it: its size and its pixels (red, green, blue, alpha). */
export type Picture = { readonly width: number; readonly height: number; readonly pixels: readonly number[][] };

/** Reads an 8-bit PNG in RGB or RGBA without interlacing; anything else throws. */
export function readPng(file: Buffer): Picture {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const [depth, colour, , , interlaced] = file.subarray(24, 29);
  const channels = colour === 6 ? 4 : 3;
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced) throw new Error('another kind of PNG');
  const rows = unfiltered(inflateSync(dataOf(file)), { height, stride: width * channels, channels });
  const pixels = rows.flatMap((row) =>
    Array.from({ length: width }, (_, x) => [...row.subarray(x * channels, (x + 1) * channels), 255].slice(0, 4)),
  );
  return { width, height, pixels };
}

function dataOf(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  return Buffer.concat(parts);
}

/** Each row is stored as the difference from the pixels to the left, above, or both. */
function unfiltered(data: Buffer, shape: { height: number; stride: number; channels: number }): Buffer[] {
  const { height, stride, channels } = shape;
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)] as number;
    const row = Buffer.from(data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    const above = rows[y - 1] ?? Buffer.alloc(stride);
    for (let x = 0; x < stride; x++) {
      const left = row[x - channels] ?? 0;
      const guess = { 0: 0, 1: left, 2: above[x]!, 3: (left + above[x]!) >> 1 }[filter];
      row[x] = (row[x]! + (guess ?? paeth(left, above[x]!, above[x - channels] ?? 0))) & 255;
    }
    rows.push(row);
  }
  return rows;
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const by = [left, above, corner].map((each) => Math.abs(estimate - each));
  if (by[0]! <= by[1]! && by[0]! <= by[2]!) return left;
  return by[1]! <= by[2]! ? above : corner;
}
