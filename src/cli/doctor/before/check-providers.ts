import { z } from 'zod';
import { mapFault } from '../../../azure/arm/map-fault.ts';
import { AzureFault } from '../../../azure/faults.ts';
import { ok, problem, someOf, unknown, warning, type Finding } from '../finding.ts';
import type { BeforeLine } from './before-line.ts';
import type { TemplateNeeds } from './template-needs.ts';

const about = 'Providers';

/** The one that no deployment registers, since the template creates nothing of it: what Kluis is for. */
const backupProvider = 'Microsoft.RecoveryServices';

const providerShape = z.object({
  namespace: z.string(),
  registrationState: z.string(),
  resourceTypes: z.array(z.object({ resourceType: z.string(), locations: z.array(z.string()).default([]) })),
});
type Provider = z.infer<typeof providerShape>;

type Place = {
  readonly subscription: string;
  readonly needs: Pick<TemplateNeeds, 'providers' | 'regional'>;
  /** As written on the command line: `westeurope`; null: not given. */
  readonly region: string | null;
};

/** Whether the providers of everything in the template are registered, and offer it in the region. */
export async function checkProviders(line: BeforeLine, place: Place): Promise<readonly Finding[]> {
  const namespaces = [...new Set([...place.needs.providers, backupProvider])];
  const asked = await Promise.all(namespaces.map((namespace) => providerOf(line, place.subscription, namespace)));
  const known = asked.filter((one): one is Provider => !(one instanceof AzureFault));
  const unread = namespaces.filter((_, at) => asked[at] instanceof AzureFault);
  const look = `az provider list --subscription ${place.subscription} --query "[].{provider: namespace, state: registrationState}" -o table`;
  return [
    ...registrationFindings(known, place.subscription),
    ...(unread.length > 0 ? [unknown(about, `${someOf(unread, 20)} can't be read`, look)] : []),
    ...regionFindings(known, place),
  ];
}

async function providerOf({ read }: BeforeLine, subscription: string, namespace: string) {
  try {
    return providerShape.parse(
      await read(`/subscriptions/${subscription}/providers/${namespace}?api-version=2021-04-01`),
    );
  } catch (error) {
    return mapFault(error, `reading the provider ${namespace}`);
  }
}

function registrationFindings(known: readonly Provider[], subscription: string): readonly Finding[] {
  const off = known.filter(({ registrationState }) => registrationState !== 'Registered');
  const names = known.map(({ namespace }) => namespace);
  if (off.length === 0)
    return names.length > 0 ? [ok(about, `registered in ${subscription}: ${names.join(', ')}`)] : [];
  return off.map(({ namespace, registrationState }) => {
    const found = `${namespace} is ${registrationState}`;
    const register = `az provider register --namespace ${namespace} --subscription ${subscription} --wait`;
    // learn.microsoft.com, "Azure resource providers and types": a deployment registers those of its own template.
    return namespace === backupProvider
      ? problem(about, `${found}, and no deployment registers it`, register)
      : warning(about, `${found}: the deployment tries to register it, which takes minutes and a right`, register);
  });
}

function regionFindings(known: readonly Provider[], { needs, region }: Place): readonly Finding[] {
  const offers = needs.regional.flatMap((type) => {
    const locations = locationsOf(known, type);
    return locations === null ? [] : [{ type, locations }];
  });
  if (offers.length === 0) return [];
  const everywhere = offers
    .map(({ locations }) => locations)
    .reduce((some, more) => some.filter((one) => more.includes(one)));
  if (region === null) {
    const remedy = `Say which: npm run doctor -- --before --region <region>; everything is offered in ${someOf(everywhere, 12)}`;
    return [unknown('Region', 'no region was named', remedy)];
  }
  const lacking = offers.filter(({ locations }) => !locations.includes(plain(region))).map(({ type }) => type);
  if (lacking.length === 0) return [ok('Region', `${region} offers all ${offers.length} resource types`)];
  const elsewhere = `Deploy to another region: ${someOf(everywhere, 12) || 'none has all of it in this subscription'}`;
  return [problem('Region', `${region} doesn't offer ${someOf(lacking, 20)} to this subscription`, elsewhere)];
}

/** Where a type is offered, in command-line form; null: its provider wasn't read or doesn't say. */
function locationsOf(known: readonly Provider[], type: string): readonly string[] | null {
  const [namespace = '', name = ''] = type.toLowerCase().split('/');
  const provider = known.find((one) => one.namespace.toLowerCase() === namespace);
  const found = provider?.resourceTypes.find(({ resourceType }) => resourceType.toLowerCase() === name);
  return found && found.locations.length > 0 ? found.locations.map(plain) : null;
}

/** `West Europe` and `westeurope` are the same. */
function plain(region: string): string {
  return region.toLowerCase().replaceAll(' ', '');
}
