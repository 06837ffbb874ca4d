/**
 * The template that a restore leaves, filled in. Anyone who can write to the staging account can change it, so it is
 * accepted only if it creates what such a template is known to create: one VM, with its interface and perhaps an
 * address. Pure.
 */
import { z } from 'zod';
import { isolated, type Isolation } from './isolated.ts';
import type { CreateVmPart } from '../../parts/create-vm.ts';

const parameter = z.looseObject({ type: z.string(), defaultValue: z.unknown().optional() });
const resource = z.looseObject({ type: z.string() });
const template = z.looseObject({
  parameters: z.record(z.string(), parameter).default({}),
  resources: z.array(resource).min(1),
});

/** A template with its parameters' values, or why it isn't deployed. */
type Filled =
  | { readonly template: Readonly<Record<string, unknown>>; readonly parameters: Readonly<Record<string, string>> }
  | { readonly unfit: Unfit };
type Unfit = 'template-unreadable' | 'template-unknown-resource' | 'template-not-closed' | 'size-too-small';

/** The size of the created VM; null: the template's. */
type Size = NonNullable<CreateVmPart['size']> | null;

/** How it differs from the template; `drill` null: it isn't a drill. */
type Ways = { readonly size: Size; readonly drill: Isolation | null };

/** The known values, by the parameter names in the recorded output of a deployment. */
type TemplateValues = {
  readonly virtualMachineName: string;
  readonly virtualNetwork: string;
  readonly virtualNetworkResourceGroup: string;
  readonly subnet: string;
  readonly networkInterfacePrefixName: string;
  readonly publicIpAddressName: string;
  /** The name of the restored disk, in case the template doesn't say it; null: unknown. */
  readonly osDiskName: string | null;
};

const vmType = 'microsoft.compute/virtualmachines';
const known = new Set([vmType, 'microsoft.network/networkinterfaces', 'microsoft.network/publicipaddresses']);
/** Without these it would create a VM with another name, or somewhere else. */
const needed = ['virtualmachinename', 'virtualnetwork', 'virtualnetworkresourcegroup', 'subnet'];
/** With these a resource is elsewhere, is created several times, or contains others. */
const strange = new Set(['resources', 'scope', 'resourcegroup', 'subscriptionid', 'copy']);

/** Fills it in. */
export function fillTemplate(text: string, { size, drill }: Ways, values: TemplateValues): Filled {
  const parsed = template.safeParse(jsonOf(text));
  if (!parsed.success) return { unfit: 'template-unreadable' };
  const { resources, parameters: asked } = parsed.data;
  const types = resources.map(({ type }) => type.toLowerCase());
  const isKnown = resources.every(
    (one, at) => known.has(types[at] as string) && !Object.keys(one).some((key) => strange.has(key.toLowerCase())),
  );
  if (!isKnown || types.filter((type) => type === vmType).length !== 1) return { unfit: 'template-unknown-resource' };
  const names = Object.keys(asked).map((name) => name.toLowerCase());
  if (!needed.every((name) => names.includes(name))) return { unfit: 'template-unreadable' };
  const parameters: Record<string, string> = {};
  const defaults: Record<string, unknown> = {};
  for (const [name, { defaultValue }] of Object.entries(asked)) {
    const value = valueOf(name, values);
    // The disk's name is already in it, and correct.
    const stays = defaultValue !== undefined && (value === null || /^osDiskName$/i.test(name));
    if (!stays && value === null) return { unfit: 'template-unreadable' };
    if (stays) defaults[name] = defaultValue;
    else parameters[name] = value as string;
  }
  const whole = { template: parsed.data, resources, parameters: { ...defaults, ...parameters } };
  const made = drill === null ? resources : isolated(whole, drill);
  if (made === null) return { unfit: 'template-not-closed' };
  const sized = made.map((one) => (one.type.toLowerCase() === vmType ? inSize(one, size) : one));
  const wrong = sized.find((one) => typeof one === 'string');
  return wrong ? { unfit: wrong } : { template: { ...parsed.data, resources: sized }, parameters };
}

const machine = z.looseObject({
  properties: z.looseObject({
    hardwareProfile: z.looseObject({}).optional(),
    storageProfile: z.looseObject({ dataDisks: z.array(z.unknown()).optional() }),
  }),
});

/** A VM's resource with another size. Only here is the number of restored disks known. */
function inSize(resource: z.infer<typeof template>['resources'][number], size: Size) {
  if (size === null) return resource;
  const parsed = machine.safeParse(resource);
  if (!parsed.success) return 'template-unreadable';
  const { hardwareProfile, storageProfile } = parsed.data.properties;
  if (isTooSmall(size, storageProfile.dataDisks?.length ?? 0)) return 'size-too-small';
  const properties = { ...parsed.data.properties, hardwareProfile: { ...hardwareProfile, vmSize: size.name } };
  return { ...parsed.data, type: resource.type, properties };
}

/** Whether a size supports fewer data disks than there are. */
export function isTooSmall({ maxDataDisks }: NonNullable<Size>, dataDisks: number): boolean {
  return maxDataDisks !== null && dataDisks > maxDataDisks;
}

function valueOf(name: string, values: TemplateValues): string | null {
  const [, value = null] = Object.entries(values).find(([own]) => own.toLowerCase() === name.toLowerCase()) ?? [];
  return value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}
