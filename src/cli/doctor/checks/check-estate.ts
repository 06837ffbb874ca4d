import { AzureFault } from '../../../azure/faults.ts';
import type { AzureReads, VaultFacts } from '../../../azure/gateway.ts';
import type { KluisConfig } from '../../../config/kluis-config.ts';
import { keyOfId } from '../../../core/arm-id.ts';
import { isRegistered, recoveryServices as provider } from '../../../readiness/provider.ts';
import { ok, problem, warning, type Finding } from '../finding.ts';

const about = 'Azure';

/** What was found in one subscription: IDs of resources, each once. */
export type FoundEstate = {
  readonly subscription: string;
  readonly vaults: readonly VaultFacts[];
  /** The resource groups that contain VMs. */
  readonly groups: readonly string[];
  /** The key vaults that disks name. */
  readonly keyVaults: readonly string[];
};

type Reads = Pick<AzureReads, 'tenantId' | 'vaults' | 'vmEntries' | 'disks' | 'providerState'>;

/** Reads every subscription as the product does. One that can't be read is among the findings and not in the estate. */
export async function checkEstate(
  reads: Reads,
  subscriptions: readonly string[],
): Promise<{ readonly estate: readonly FoundEstate[]; readonly findings: readonly Finding[] }> {
  const looked = await Promise.all(subscriptions.map((subscription) => lookAt(reads, subscription)));
  const estate = looked.flatMap(({ found }) => found ?? []);
  return { estate, findings: looked.flatMap(({ findings }) => findings) };
}

type Looked = { readonly found: FoundEstate | null; readonly findings: readonly Finding[] };

async function lookAt(reads: Reads, subscription: string): Promise<Looked> {
  try {
    // For an identity without permissions Azure's list is empty; the subscription itself says whether it is visible.
    if ((await reads.tenantId(subscription)) === null) return { found: null, findings: [unseen(subscription)] };
    const [vaults, vms, disks, state] = await Promise.all([
      reads.vaults(subscription),
      reads.vmEntries(subscription),
      reads.disks(subscription),
      reads.providerState(subscription, provider),
    ]);
    const keys = disks.flatMap((disk) => disk.ade?.keys ?? []);
    const keyVaults = once(
      keys.flatMap(({ secretVaultId, keyVaultId }) => [secretVaultId ?? [], keyVaultId ?? []].flat()),
    );
    const groups = once(vms.map((vm) => `/subscriptions/${subscription}/resourceGroups/${vm.resourceGroup}`));
    const counts = `${vms.length} VMs, ${vaults.length} Recovery Services vaults, ${keyVaults.length} key vaults that disks name`;
    const findings = [ok(about, `subscription ${subscription}: ${counts}`), ...providerFinding(subscription, state)];
    return { found: { subscription, vaults, groups, keyVaults }, findings };
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    return { found: null, findings: [unread(subscription, error)] };
  }
}

function once(ids: readonly string[]): readonly string[] {
  return [...new Map(ids.map((id) => [keyOfId(id), id])).values()];
}

function unseen(subscription: string): Finding {
  return problem(about, `subscription ${subscription} isn't visible to this identity`, readerThere(subscription));
}

function unread(subscription: string, { kind, facts }: AzureFault): Finding {
  const found = `subscription ${subscription} can't be read`;
  if (kind === 'forbidden')
    return problem(
      about,
      `${found}: ${facts.action ?? facts.code ?? 'a permission'} is missing`,
      readerThere(subscription),
    );
  if (kind === 'unauthenticated') return problem(about, `${found}: nobody is signed in`, 'See Identity above');
  return problem(
    about,
    `${found}: ${facts.code ?? kind}, while ${facts.doing}`,
    'Try again; check the connection to management.azure.com',
  );
}

function readerThere(subscription: string): string {
  return `Assign kluis-reader (manifest/azure/reader-role.json) to the operating identity at /subscriptions/${subscription}`;
}

function providerFinding(subscription: string, state: string | null): readonly Finding[] {
  if (isRegistered(state)) return [];
  const remedy = `az provider register --namespace ${provider} --subscription ${subscription}`;
  const orByKluis =
    'or assign kluis-register-provider there to the operating identity, and register it from the card of a VM';
  return [problem(about, `subscription ${subscription}: Azure Backup isn't enabled`, `${remedy}, ${orByKluis}`)];
}

/** Whether the default vault in `kluis.yaml` exists. */
export function checkDefaultVault(
  estate: readonly FoundEstate[],
  { vaults }: Pick<KluisConfig, 'vaults'>,
): readonly Finding[] {
  const name = vaults.default;
  if (name === null || estate.length === 0) return [];
  const isThere = estate.some((one) => one.vaults.some((vault) => vault.name.toLowerCase() === name.toLowerCase()));
  return isThere
    ? []
    : [
        warning(
          'kluis.yaml',
          `vaults.default is ${name}, and there is no Recovery Services vault with that name`,
          'Correct the name, or leave it out',
        ),
      ];
}

const skewMaxMs = 30_000;

/** Whether this machine's clock agrees with Azure's. */
export function checkClock(skewMs: number | null): readonly Finding[] {
  if (skewMs === null || Math.abs(skewMs) <= skewMaxMs) return [];
  const found = `the clock of this machine differs from Azure's by ${Math.round(Math.abs(skewMs) / 1000)} s, so nothing would run`;
  return [problem(about, found, 'Synchronise the clock of this machine')];
}
