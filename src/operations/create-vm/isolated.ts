/** What a drill changes in the resources of a template: no public address, and everything bears its tag. Pure. */
import { z } from 'zod';
import { drillTag } from '../drill/plan.ts';

type Resource = { readonly type: string; readonly [field: string]: unknown };

const configuration = z.looseObject({ properties: z.looseObject({}) });
const networkInterface = z.looseObject({
  properties: z.looseObject({ ipConfigurations: z.array(configuration).min(1) }),
});
const texts = z.array(z.string());

const addressType = 'microsoft.network/publicipaddresses';
const interfaceType = 'microsoft.network/networkinterfaces';

/** The resources of a drill, whose tag has this value; null: they cannot be read. */
export function isolated(resources: readonly Resource[], drill: string): Resource[] | null {
  const made: Resource[] = [];
  for (const one of resources) {
    if (one.type.toLowerCase() === addressType) continue;
    const inside = one.type.toLowerCase() === interfaceType ? withoutAddress(one) : one;
    if (inside === null) return null;
    made.push({ ...withoutDependence(inside), tags: { ...tagsIn(one), [drillTag]: drill } });
  }
  return made;
}

function withoutAddress(resource: Resource): Resource | null {
  const parsed = networkInterface.safeParse(resource);
  if (!parsed.success) return null;
  const ipConfigurations = parsed.data.properties.ipConfigurations.map(({ properties, ...rest }) => {
    const { publicIPAddress: _, ...others } = properties;
    return { ...rest, properties: others };
  });
  return { ...parsed.data, type: resource.type, properties: { ...parsed.data.properties, ipConfigurations } };
}

/** A deployment that waits for what is not in it is refused. */
function withoutDependence({ dependsOn, ...resource }: Resource): Resource {
  const known = texts.safeParse(dependsOn);
  if (!known.success) return { ...resource, ...(dependsOn !== undefined && { dependsOn }) } as Resource;
  return { ...resource, dependsOn: known.data.filter((one) => !/publicIPAddress/i.test(one)) } as Resource;
}

/** Tags may be an expression, which cannot be added to. */
function tagsIn({ tags }: Resource): object {
  return typeof tags === 'object' && tags !== null ? tags : {};
}
