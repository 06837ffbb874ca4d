import type { SigningKey } from '../audit/drill-file.ts';
import type { Queries } from './database.ts';

/** The installation's key pair; `make` makes it if there is none yet. The first stored one stays. */
export async function signingKey(q: Queries, make: () => SigningKey): Promise<SigningKey> {
  const found = await storedKey(q);
  if (found) return found;
  const { privateKey, publicKey } = make();
  await q
    .insertInto('signing_key')
    .values({ id: 1, private_key: privateKey, public_key: publicKey })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await storedKey(q)) as SigningKey;
}

async function storedKey(q: Queries): Promise<SigningKey | null> {
  const row = await q.selectFrom('signing_key').select(['private_key', 'public_key']).executeTakeFirst();
  return row ? { privateKey: row.private_key, publicKey: row.public_key } : null;
}
