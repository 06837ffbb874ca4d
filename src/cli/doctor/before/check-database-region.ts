import { z } from 'zod';
import { mapFault } from '../../../azure/arm/map-fault.ts';
import { AzureFault } from '../../../azure/faults.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { ok, problem, unknown, type Finding } from '../finding.ts';
import type { BeforeLine } from './before-line.ts';
import type { TemplateNeeds } from './template-needs.ts';

const about = 'Region';

const named = z.object({ name: z.string().optional(), status: z.string().optional() });
/** CapabilitiesByLocation_List of 2025-08-01, as typed in @azure/arm-postgresql-flexible. */
const capabilityShape = z.object({
  /** To be replaced by the feature of the same name, the package says. */
  restricted: z.string().optional(),
  reason: z.string().nullish(),
  supportedFeatures: z.array(named).nullish(),
  supportedServerVersions: z.array(named).nullish(),
  supportedServerEditions: z.array(z.object({ supportedServerSkus: z.array(named).nullish() })).nullish(),
});
type Capability = z.infer<typeof capabilityShape>;

type Place = {
  readonly subscription: string;
  readonly needs: Pick<TemplateNeeds, 'database'>;
  /** As written on the command line: `westeurope`; null: not given. */
  readonly region: string | null;
};

/** Whether this subscription may create the server in the region, which may offer it to others. */
export async function checkDatabaseRegion(line: BeforeLine, place: Place): Promise<readonly Finding[]> {
  const { subscription, region, needs } = place;
  if (region === null) return []; // checkProviders asks for one
  const plain = region.toLowerCase().replaceAll(' ', '');
  const look = `az postgres flexible-server list-skus --location ${shellWord(plain)} --subscription ${subscription} -o table`;
  const path = `/subscriptions/${subscription}/providers/Microsoft.DBforPostgreSQL/locations/${plain}/capabilities?api-version=2025-08-01`;
  try {
    const [offered] = (await line.list(path)).map((one) => capabilityShape.parse(one));
    if (!offered) return [unknown(about, `what ${region} offers of PostgreSQL isn't said`, look)];
    const refusal = refusalOf(offered, needs.database);
    if (refusal === null) return [ok(about, `${region} lets this subscription create a PostgreSQL server`)];
    const remedy = `Deploy to another region, or ask Azure's support for access to this one; what it offers: ${look}`;
    return [problem(about, `${region} doesn't let this subscription create a PostgreSQL server: ${refusal}`, remedy)];
  } catch (error) {
    if (!(mapFault(error, 'reading what PostgreSQL offers') instanceof AzureFault)) throw error;
    return [unknown(about, `what ${region} offers of PostgreSQL can't be read`, look)];
  }
}

/** Why the server would be refused; null: it wouldn't. Pure. */
function refusalOf(offered: Capability, wanted: TemplateNeeds['database']): string | null {
  const { supportedServerVersions: versions, supportedServerEditions: editions } = offered;
  const isRestricted =
    offered.restricted === 'Enabled' ||
    offered.supportedFeatures?.some(({ name, status }) => name === 'Restricted' && status === 'Enabled');
  if (isRestricted) return offered.reason ?? 'it is restricted';
  // A subscription's offer can also show in lists that are empty (hashicorp/terraform-provider-azurerm, issue 21306).
  if (versions && !lists(versions, wanted.version)) return `version ${wanted.version} isn't offered`;
  const skus = editions?.flatMap(({ supportedServerSkus }) => supportedServerSkus ?? []);
  return skus && !lists(skus, wanted.sku) ? `${wanted.sku} isn't offered` : null;
}

function lists(offered: readonly z.infer<typeof named>[], wanted: string): boolean {
  return offered.some(({ name, status }) => name?.toLowerCase() === wanted.toLowerCase() && status !== 'Disabled');
}
