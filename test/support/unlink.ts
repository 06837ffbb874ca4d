import type { Queries } from '../../src/store/database.ts';
import type { MemberKey } from '../../src/store/person-links.ts';

/** Ends the link of a member of Slack until they sign in themselves, as an administrator of the database does it. */
export async function unlink(q: Queries, { team, platformId }: MemberKey): Promise<void> {
  await q
    .insertInto('person_link')
    .values({ team, platform_id: platformId, entra: null })
    .onConflict((conflict) => conflict.columns(['team', 'platform_id']).doUpdateSet({ entra: null }))
    .execute();
}
