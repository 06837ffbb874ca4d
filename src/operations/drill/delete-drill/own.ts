/**
 * What can be deleted at the end of a drill. Azure deletes with a VM what is attached to it and says so
 * (`deleteOption`), and anybody may have attached something since. So something is deleted only if everything attached
 * to it is this drill's own, too.
 */
import type { Deletable } from '../../../azure/gateway.ts';
import { keyOfId, sameId } from '../../../core/arm-id.ts';
import { drillOf } from '../../../core/drill-tag.ts';
import type { Run } from '../../ground/part.ts';
import type { DeleteDrill } from '../../parts/delete-drill.ts';

type Deleting = Run<DeleteDrill>;

/**
 * Something of the drill's rows as it is now. `foreign`: it has the name, but not the tag. `others`: the IDs of what is
 * attached to it, directly or through something of the drill's own, and isn't its own; `holder`: the VM that has it.
 */
type Found =
  | { readonly is: 'gone' | 'foreign' }
  | { readonly is: 'own'; readonly others: readonly string[]; readonly holder: string | null };

/** Reads it, and what is attached to it. `made`: what the drill created, by its rows. */
export async function readOwn(run: Deleting, id: string, made: readonly string[]): Promise<Found> {
  const found = (await run.azure.restores?.deletable(id)) ?? null;
  if (found === null) return { is: 'gone' };
  if (!hasTag(run, found)) return { is: 'foreign' };
  const others = await Promise.all(found.has.map((one) => othersIn(run, one, made)));
  return { is: 'own', others: others.flat(), holder: found.holder };
}

async function othersIn(run: Deleting, id: string, made: readonly string[]): Promise<readonly string[]> {
  if (!made.some((one) => sameId(one, id))) return [id];
  const found = await readOwn(run, id, made);
  return found.is === 'own' ? found.others : [id];
}

/** The operation whose ID the tag has to contain. */
function hasTag({ part, operation }: Deleting, { tags }: Deletable): boolean {
  return drillOf(tags) === (part.left?.drill ?? operation);
}

/**
 * What is left of the drill. `free` can be deleted, in this order; `kept` can't, since others' things are attached to
 * it (`has`); `stuck` neither, since it is attached to something that stays; `spared` doesn't have the tag.
 */
type Remains = {
  readonly free: readonly string[];
  readonly kept: readonly { readonly id: string; readonly has: readonly string[] }[];
  readonly stuck: readonly string[];
  readonly spared: readonly string[];
};

/** Reads all of it. */
export async function remainsOf(run: Deleting, made: readonly string[]): Promise<Remains> {
  const [own, spared]: [Own[], string[]] = [[], []];
  for (const id of made) {
    const found = await readOwn(run, id, made);
    if (found.is === 'foreign') spared.push(id);
    if (found.is === 'own') own.push({ id, ...found });
  }
  const held = own.filter(({ others }) => others.length > 0);
  const stays = new Set([...held.map(({ id }) => id), ...spared].map(keyOfId));
  const isStuck = ({ holder }: Own) => holder !== null && stays.has(keyOfId(holder));
  const stuck = own.filter(isStuck);
  const rest = own.filter((one) => !isStuck(one));
  return {
    free: rest.filter(({ others }) => others.length === 0).map(({ id }) => id),
    kept: rest.filter(({ others }) => others.length > 0).map(({ id, others }) => ({ id, has: [...new Set(others)] })),
    stuck: stuck.map(({ id }) => id),
    spared,
  };
}

type Own = { readonly id: string; readonly others: readonly string[]; readonly holder: string | null };
