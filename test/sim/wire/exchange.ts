import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';

const call = z.object({ method: z.string(), path: z.string(), body: z.unknown().optional() });
const exchange = z.object({
  source: z.string(),
  note: z.string(),
  request: call,
  responses: z
    .array(
      z.object({
        status: z.number().nullable(),
        headers: z.record(z.string(), z.string()),
        body: z.unknown(),
        poll: call.optional(),
        date: z.string().optional(),
      }),
    )
    .min(1),
});

/** A recorded exchange: a request, the answers to it, and to what followed it (`poll`). */
export type Exchange = z.infer<typeof exchange>;
export type Recorded = Exchange['responses'][number];

/** The folder of the recorded exchanges. */
export const WIRE_DIR = process.env.AZURE_WIRE_DIR ?? join(import.meta.dirname, '../../../../shared/azure-wire');

/** All exchanges below the folder, by file name; empty if there is no such folder. */
export function exchanges(): { file: string; exchange: Exchange }[] {
  if (!existsSync(WIRE_DIR)) return [];
  return readdirSync(WIRE_DIR, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      file: relative('.', file),
      exchange: exchange.parse(JSON.parse(readFileSync(join(WIRE_DIR, file), 'utf8'))),
    }));
}
