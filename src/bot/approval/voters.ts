import type { Voter } from '../../approval/decide.ts';
import type { Vote } from '../../approval/request.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { planDigest, type Plan } from '../../operations/parts/plan.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import type { Ask, NamedNow } from '../../people/rights.ts';
import { openRequestOf, requestOfOperation, startedRequest, type StoredRequest } from '../../store/approvals.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import type { Deps } from '../deps.ts';
import { namedNow } from './named-now.ts';
import { personNow } from '../rights/person-now.ts';
import { rightsOf } from '../rights/turn-rights.ts';

/** What a dialog is about to start (null: nothing), and for whom. */
type About = { readonly plan: Plan | null; readonly requester: string };

/**
 * Those who approved what a dialog is about to start, or used break-glass for it, with their rights now; if nobody was
 * asked, those who approved this very plan when the requester started it and it failed, since it can be tried again. It
 * is read before the transaction of the start; null if the source of identities doesn't answer: then nothing starts
 * yet.
 */
export async function votersOf(
  deps: Deps,
  dialog: StoredDialog,
  { plan, requester }: About,
): Promise<readonly Voter[] | null> {
  if (!plan) return [];
  const { db } = deps.database;
  const open = await openRequestOf(db, dialog.id);
  const stored = open ?? (await startedRequest(db, { digest: planDigest(plan), requester }));
  return asTheyAreNow(deps, stored, dialog.channel);
}

/** Those who approved an operation, with their rights now, so that its plan can continue; null as above. */
export async function votersOfOperation(
  deps: Deps,
  operationId: string,
  channel: string | null,
): Promise<readonly Voter[] | null> {
  return asTheyAreNow(deps, await requestOfOperation(deps.database.db, operationId), channel);
}

async function asTheyAreNow(
  deps: Deps,
  stored: StoredRequest | null,
  channel: string | null,
): Promise<readonly Voter[] | null> {
  const plan = stored && readPlan(stored.plan);
  if (!stored || !plan) return [];
  const asks = asksOf(plan);
  const today = deps.authority.rules(asks, channel);
  const named = namedNow(stored, today.gate === 'approvals' ? today.terms : undefined);
  const { votes, glass } = stored.request;
  const acted = [...votes, ...(glass && !votes.some(({ person }) => person === glass.person) ? [glass] : [])];
  return votersNow(deps, acted, { asks, named });
}

type Acted = Pick<Vote, 'person' | 'name' | 'slack'>;
type Deciding = { readonly asks: readonly Ask[]; readonly named: NamedNow };

/** Those who decided about something that needs these rights, with their rights now; null as above. */
export async function votersNow(
  deps: Deps,
  acted: readonly Acted[],
  { asks, named }: Deciding,
): Promise<readonly Voter[] | null> {
  const voters: Voter[] = [];
  for (const { person, name, slack } of acted) {
    const known = { id: person, name, platformId: slack?.user ?? person, ...(slack && { team: slack.team }) };
    const now = await personNow(deps, known);
    const rights = now && (await rightsOf(deps, now, null));
    if (!rights) return null;
    voters.push({ ...rights.voter(asks, named), name });
  }
  return voters;
}
