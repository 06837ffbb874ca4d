import { guidsSetting, numberSetting, readingOf, wordSetting, type Env } from '../../../config/settings/environment.ts';
import { checkOutbound } from '../../../config/settings/outbound-settings.ts';
import { checkSimulator } from '../checks/check-simulator.ts';
import { guarded, problem, type Finding } from '../finding.ts';
import { beforeLine, type BeforeLine } from './before-line.ts';
import { checkDatabaseRegion } from './check-database-region.ts';
import { checkDeployerRights } from './check-deployer-rights.ts';
import { checkProviders } from './check-providers.ts';
import { checkQuotas } from './check-quotas.ts';
import { checkRoleNames } from './check-role-names.ts';
import { checkSignIn, chosenSubscription } from './check-sign-in.ts';
import { checkTenantRules } from './check-tenant-rules.ts';
import { notLookedAt } from './not-looked-at.ts';
import { readNeedsElsewhere, readTemplateNeeds } from './template-needs.ts';

/** The command line: where Kluis is to be deployed (first), and where it is to work; null: not given. */
type Wanted = { readonly subscriptions: readonly string[]; readonly region: string | null };

/**
 * What a deployment of `deploy/azuredeploy.json` by whoever is signed in here would be refused, or, with several
 * subscriptions, one of `deploy/azuredeploy.mg.json`. It changes nothing, and needs no setting: from the environment
 * only the proxy, which Azure and which subscription are read.
 */
export async function examineBefore(env: Env, wanted: Wanted): Promise<readonly Finding[]> {
  const reading = readingOf(env);
  const mode = wordSetting(reading, 'KLUIS_AZURE', ['azure', 'simulator']);
  const port = numberSetting(reading, 'KLUIS_SIM_PORT', { from: 1, to: 65_535, otherwise: 4280 });
  const listed = guidsSetting(reading, 'AZURE_SUBSCRIPTION_IDS', {
    each: 'a subscription id',
    remedy: 'Correct it, or unset it and give --subscription',
  });
  checkOutbound(reading);
  if (reading.problems.length > 0)
    return reading.problems.map(({ subject, wrong, remedy }) => problem('Settings', `${subject}: ${wrong}`, remedy));
  const [subscription = listed[0] ?? null, ...others] = wanted.subscriptions.map((id) => id.toLowerCase());
  const given = {
    subscription,
    others: [...new Set(others)].filter((id) => id !== subscription),
    region: wanted.region,
  };
  // Without a setting the product simulates Azure; before a deployment the real one is meant.
  if (mode !== 'simulator') return askedOf(beforeLine(null), given);
  const { url, findings } = await checkSimulator(port);
  return url === null ? findings : [...findings, ...(await askedOf(beforeLine(url), given))];
}

type Given = {
  readonly subscription: string | null;
  /** Those in which it only works. */
  readonly others: readonly string[];
  readonly region: string | null;
};

async function askedOf(line: BeforeLine, { subscription: given, others, region }: Given): Promise<readonly Finding[]> {
  const { who, findings: signIn } = await checkSignIn(line);
  if (who === null) return signIn;
  const { subscription, visible, findings: found } = await chosenSubscription(line, given);
  if (subscription === null) return [...signIn, ...found];
  const needs = await readTemplateNeeds();
  const groups = await Promise.all([
    guarded('Rights', () => checkDeployerRights(line, { subscription, needs, who: who.oid ?? null })),
    guarded('Providers', () => checkProviders(line, { subscription, needs, region })),
    guarded('Region', () => checkDatabaseRegion(line, { subscription, needs, region })),
    guarded('Quota', () => checkQuotas(line, { subscription, region })),
    guarded('Roles', () => checkRoleNames(line, { subscription, visible, roles: needs.roles })),
    guarded('Directory', () => checkTenantRules(line)),
    ...others.map((other) => guarded('Rights', () => elsewhere(line, other, who.oid ?? null))),
  ]);
  const group = others.length > 0;
  return [...signIn, ...found, ...groups.flat(), ...notLookedAt({ region, group, who: who.oid ?? null })];
}

/** Another subscription, in which only roles are assigned, and which has to be registered for Azure Backup. */
async function elsewhere(line: BeforeLine, other: string, who: string | null): Promise<readonly Finding[]> {
  const { subscription, findings } = await chosenSubscription(line, other);
  if (subscription === null) return findings;
  const needs = await readNeedsElsewhere();
  const asked = await Promise.all([
    checkDeployerRights(line, { subscription, needs, who }),
    checkProviders(line, { subscription, needs: { providers: [], regional: [] }, region: null }),
  ]);
  return [...findings, ...asked.flat()];
}
