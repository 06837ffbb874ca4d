import { z } from 'zod';
import { mapFault } from '../../../azure/arm/map-fault.ts';
import { armHost } from '../../../azure/arm/transport/arm-clients.ts';
import { ok, problem, someOf, type Finding } from '../finding.ts';
import { claimsOf, type TokenClaims } from '../token-claims.ts';
import type { BeforeLine } from './before-line.ts';

const about = 'Sign-in';
const subscriptionShape = z.object({ subscriptionId: z.string(), displayName: z.string(), state: z.string() });

/** Who is signed in on this machine; null: nobody. The token is only read for that and then thrown away. */
export async function checkSignIn({
  credential,
}: BeforeLine): Promise<{ readonly who: TokenClaims | null; readonly findings: readonly Finding[] }> {
  try {
    const token = await credential.getToken(`https://${armHost}/.default`);
    const who = claimsOf(token?.token ?? '');
    return { who, findings: [ok(about, `signed in${who.oid ? ` as ${who.oid} of tenant ${who.tid}` : ''}`)] };
  } catch (error) {
    const { code, kind } = mapFault(error, 'signing in').facts;
    const found = `nobody is signed in on this machine (${code ?? kind})`;
    return { who: null, findings: [problem(about, found, 'Sign in as whoever will deploy Kluis: az login')] };
  }
}

type Chosen = {
  /** Its ID; null: it is unknown which is meant, or it isn't visible. */
  readonly subscription: string | null;
  /** Every visible subscription. */
  readonly visible: readonly string[];
  readonly findings: readonly Finding[];
};

/** The subscription to deploy to: the given one, or the only visible one. */
export async function chosenSubscription({ list }: BeforeLine, given: string | null): Promise<Chosen> {
  try {
    const all = (await list('/subscriptions?api-version=2022-12-01')).map((one) => subscriptionShape.parse(one));
    const visible = all.map(({ subscriptionId }) => subscriptionId.toLowerCase());
    const wanted = given ?? (visible.length === 1 ? (visible[0] as string) : null);
    const found = all.find(({ subscriptionId }) => subscriptionId.toLowerCase() === wanted);
    if (found === undefined) return { subscription: null, visible, findings: [unchosen(wanted, visible)] };
    const { displayName, state } = found;
    const isOff = state !== 'Enabled';
    const told = `subscription ${wanted} (${displayName})`;
    const off = problem(about, `${told} is ${state}: nothing can be made in it`, 'Ask its owner, or choose another');
    return { subscription: wanted, visible, findings: [isOff ? off : ok(about, told)] };
  } catch (error) {
    const { message } = mapFault(error, 'listing the subscriptions');
    const remedy = `Check the connection to ${armHost}, and that az account list shows the subscription`;
    return { subscription: null, visible: [], findings: [problem(about, message, remedy)] };
  }
}

function unchosen(wanted: string | null, visible: readonly string[]): Finding {
  if (wanted !== null)
    return problem(
      about,
      `subscription ${wanted} can't be seen`,
      'az account list shows those that can; az login --tenant for those of another tenant',
    );
  if (visible.length === 0)
    return problem(about, 'no subscription can be seen', 'Ask for a role on the one that Kluis is to be deployed to');
  const remedy = 'Say which: npm run doctor -- --before --subscription <id>';
  return problem(about, `${visible.length} subscriptions can be seen: ${someOf(visible)}`, remedy);
}
