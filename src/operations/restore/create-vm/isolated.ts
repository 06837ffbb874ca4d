/**
 * What a drill deploys of a restore's template. Anyone who can write to the staging account may have written it, so it
 * is accepted only if its VM has no interfaces except the template's, each of them in the subnet that was checked, and
 * nothing in it is unknown; nothing is corrected. A public address, which Azure Backup's templates have, is left out,
 * and everything gets the drill's tag. Pure.
 */
import { z } from 'zod';
import { sameId } from '../../../core/arm-id.ts';
import { drillTag } from '../../../core/drill-tag.ts';
import { textIn } from './template-text.ts';

type Resource = { readonly type: string; readonly [field: string]: unknown };

/** A template with its parameters' values. */
type Whole = {
  readonly template: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** A drill: its tag's value, the subnet that was checked and the resource group, by their IDs. */
export type Isolation = { readonly tag: string; readonly subnetId: string; readonly groupId: string };

const anything = z.unknown().optional();
const own = { type: z.string(), apiVersion: z.string(), name: z.string(), location: anything, tags: anything };
const told = { dependsOn: z.array(z.string()).optional(), comments: anything, metadata: anything };
const flag = z.union([z.boolean(), z.string()]).optional();

const address = z.strictObject({
  subnet: z.strictObject({ id: z.string() }),
  ...{ privateIPAllocationMethod: anything, privateIPAddressVersion: anything, privateIPAddress: anything },
  ...{ primary: flag, publicIPAddress: anything },
});
const networkInterface = z.strictObject({
  ...own,
  ...told,
  properties: z.strictObject({
    ipConfigurations: z.array(z.strictObject({ name: z.string(), properties: address })).min(1),
    // Its own security group can only allow less than the subnet's.
    networkSecurityGroup: z.strictObject({ id: z.string() }).optional(),
    enableAcceleratedNetworking: flag,
  }),
});
const machine = z.strictObject({
  ...own,
  ...told,
  zones: anything,
  plan: anything,
  properties: z.strictObject({
    networkProfile: z.strictObject({
      networkInterfaces: z
        .array(
          z.strictObject({
            id: z.string(),
            properties: z.strictObject({ primary: flag, deleteOption: flag }).optional(),
          }),
        )
        .min(1),
    }),
    ...{ hardwareProfile: anything, storageProfile: anything, securityProfile: anything, licenseType: anything },
    ...{ diagnosticsProfile: anything, availabilitySet: anything, additionalCapabilities: anything },
    ...{ proximityPlacementGroup: anything, priority: anything, evictionPolicy: anything, billingProfile: anything },
  }),
});
const document = z.strictObject({
  ...{ $schema: anything, contentVersion: anything, metadata: anything },
  ...{ parameters: anything, resources: anything },
  variables: z.record(z.string(), z.unknown()).default({}),
  outputs: z.strictObject({}).optional(),
});

const addressType = 'microsoft.network/publicipaddresses';
const interfaceType = 'microsoft.network/networkinterfaces';

/** A drill's resources; null: they aren't accepted. */
export function isolated({ template, resources, parameters }: Whole, drill: Isolation): Resource[] | null {
  const read = document.safeParse(template);
  if (!read.success) return null;
  const known = { parameters, variables: read.data.variables, groupId: drill.groupId };
  const text = (value: unknown) => textIn(value, known);
  const kept = resources.filter(({ type }) => type.toLowerCase() !== addressType);
  const ids = kept.filter(isInterface).map(({ name }) => `${drill.groupId}/providers/${interfaceType}/${text(name)}`);
  const isOfTemplate = (id: string) => ids.some((one) => sameId(one, text(id) ?? ''));
  const made: Resource[] = [];
  for (const one of kept) {
    const fit = isInterface(one)
      ? fitInterface(one, (id) => sameId(text(id) ?? '', drill.subnetId))
      : fitMachine(one, isOfTemplate);
    if (fit === null) return null;
    made.push({ ...withoutDependence(fit), tags: { ...tagsIn(one), [drillTag]: drill.tag } });
  }
  return made;
}

function isInterface({ type }: Resource): boolean {
  return type.toLowerCase() === interfaceType;
}

type Fits = (id: string) => boolean;

/** An interface without public addresses; null: it isn't completely in that subnet. */
function fitInterface(resource: Resource, isInSubnet: Fits): Resource | null {
  const parsed = networkInterface.safeParse(resource);
  if (!parsed.success) return null;
  const { ipConfigurations, ...others } = parsed.data.properties;
  if (!ipConfigurations.every(({ properties }) => isInSubnet(properties.subnet.id))) return null;
  const bare = ipConfigurations.map(({ name, properties: { publicIPAddress: _, ...properties } }) => ({
    name,
    properties,
  }));
  return { ...parsed.data, properties: { ...others, ipConfigurations: bare } };
}

/** A VM as it is; null: it has other interfaces, or a disk that is deleted with it. */
function fitMachine(resource: Resource, isOfTemplate: Fits): Resource | null {
  const parsed = machine.safeParse(resource);
  if (!parsed.success) return null;
  const { networkProfile, storageProfile } = parsed.data.properties;
  if (!networkProfile.networkInterfaces.every(({ id }) => isOfTemplate(id)) || takesDisks(storageProfile)) return null;
  return resource;
}

/** Kluis deletes a drill's disks separately, each after seeing its tag. */
function takesDisks(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, one]) =>
    /^deleteOption$/i.test(key) ? !/^Detach$/i.test(String(one)) : takesDisks(one),
  );
}

/** A deployment that waits for something outside it is refused. */
function withoutDependence({ dependsOn, ...resource }: Resource): Resource {
  if (!Array.isArray(dependsOn)) return resource as Resource;
  return { ...resource, dependsOn: dependsOn.filter((one) => !/publicIPAddress/i.test(String(one))) } as Resource;
}

/** Tags may be an expression, which can't be extended. */
function tagsIn({ tags }: Resource): object {
  return typeof tags === 'object' && tags !== null ? tags : {};
}
