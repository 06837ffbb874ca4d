import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const call = z.object({ method: z.string(), path: z.string(), body: z.unknown().optional() });
const exchange = z.object({
  source: z.string(),
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

const folder = join(import.meta.dirname, '../../fixtures/azure');

/**
 * All exchanges, by the file and the name in it. Each is the form of what somebody recorded of Azure, or of an example
 * of its specification (`source`): the fields, types, codes and statuses are Azure's, the names, IDs and texts ours.
 */
export function exchanges(): { file: string; exchange: Exchange }[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const all = z.record(z.string(), exchange).parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return Object.entries(all).map(([name, one]) => ({
        file: `${file.replace('.json', '')}/${name}`,
        exchange: one,
      }));
    });
}
