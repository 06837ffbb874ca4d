import { sql, type RawBuilder } from 'kysely';
import type { Person } from '../core/person.ts';

/** Every ID of somebody as they act: in Entra, and as a member of Slack. */
export function idsOf({ id, team, platformId }: Person): readonly string[] {
  return [...new Set([id.toLowerCase(), ...(team === undefined ? [] : [`${team}/${platformId}`.toLowerCase()])])];
}

/** Whom the members of Slack among these IDs are linked to now by their own sign-in. */
export function linkedNow(ids: RawBuilder<unknown>) {
  return sql<readonly string[]>`(select coalesce(jsonb_agg(entra) filter (where entra is not null), '[]')
    from person_link where ${ids} @> to_jsonb(lower(team || '/' || platform_id)))`;
}
