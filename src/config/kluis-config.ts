import type { Severity } from '../core/severity.ts';
import type { Prices } from '../core/prices.ts';
import { fitsGlob } from '../people/glob.ts';
import type { Match } from '../people/match.ts';
import type { Schedule } from '../core/schedule.ts';
import type { PersonLink } from '../people/links.ts';
import type { OperationName } from '../people/operations.ts';
import type { RoleGrant, Role } from '../people/roles.ts';
import type { RolesAndRules } from '../people/rules.ts';
import type { AzureMode } from './settings/azure-settings.ts';

/** The settings of a channel. What is null follows the platform. `approvers`: requests for approval are shown there. */
export type ChannelSetting = {
  readonly id: string;
  readonly locale: 'en' | 'nl' | null;
  readonly timeZone: string | null;
  readonly approvers: boolean;
  /** What can be started from it; null: everything. */
  readonly operations: readonly OperationName[] | null;
  /** When a digest is posted to it; null: never. */
  readonly digest: Schedule | null;
};

/** Which channel gets failed backups, and which ones: globs, as in rules; only a channel: all of them. */
export type AlertRoute = { readonly channel: string; readonly severity?: Severity } & Match;

/**
 * Where the drills of matching VMs go: a resource group, a subnet and a storage account, by their IDs. `keepMs`: how
 * long a VM is kept after it was created. `from`: which recovery point is restored, the newest, or the newest that is
 * only in the Recovery Services vault. `schedule` null: people start them.
 */
export type DrillEntry = {
  readonly match: Match;
  readonly group: string;
  readonly subnet: string;
  readonly staging: string;
  readonly keepMs: number;
  readonly from: 'newest' | 'vault';
  readonly schedule: DrillSchedule | null;
};

/**
 * How drills start without a person: each VM `days` days after its last one, on the days and from the time in `starts`,
 * never more than `atOnce` at once. `channel` gets their cards. `name`: what people call the entry.
 */
type DrillSchedule = {
  readonly name: string;
  readonly days: number;
  readonly starts: Schedule;
  readonly atOnce: number;
  readonly channel: string;
};

/** Everything that `kluis.yaml` can say, valid as a whole. */
export type KluisConfig = RolesAndRules & {
  readonly people: readonly PersonLink[];
  /** Groups of people that rules name, with their members as written. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** The format of the tickets in requests for approval, as a regular expression; null: requests have no ticket. */
  readonly ticket: { readonly pattern: string; readonly required: boolean } | null;
  /** Who can start a request without its approvals, as written, and how often a month in total; null: nobody. */
  readonly breakGlass: { readonly group: readonly string[]; readonly perMonth: number } | null;
  /** `ownerTag`: the tag of a VM that names its owner. */
  readonly encryption: { readonly requireKek: 'refuse' | 'warn' | 'off'; readonly ownerTag: string };
  /** The name of the Recovery Services vault that is preselected if several fit. */
  /** `secondRegion`: every Recovery Services vault should have copies in a second region. */
  readonly vaults: { readonly default: string | null; readonly secondRegion: boolean };
  readonly azure: {
    readonly backupServiceObjectId: string | null;
    /** Names (globs) of the key vaults in which access can be given by access policy; see `grantsByAccessPolicy`. */
    readonly grantByAccessPolicy: readonly string[];
    readonly grantRole: 'backup-key-reader' | 'key-vault-administrator';
  };
  /** What disks cost; null: not configured. */
  readonly prices: Prices | null;
  readonly channels: readonly ChannelSetting[];
  readonly alerts: readonly AlertRoute[];
  /**
   * At what time of day the channels and chats that get failed backups get the forecast (null: never), and whether even
   * if nothing will fail.
   */
  readonly forecast: { readonly daily: string | null; readonly allClear: boolean };
  readonly drills: readonly DrillEntry[];
  readonly slack: { readonly linkByEmail: boolean };
};

/** Whether an administrator has enabled grants by access policy for this key vault. */
export function grantsByAccessPolicy(config: Pick<KluisConfig, 'azure'>, keyVaultName: string): boolean {
  return config.azure.grantByAccessPolicy.some((pattern) => fitsGlob(pattern, keyVaultName));
}

const simulatedGroups = '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups';

/** Where drills go in the simulated estate, which has a network for them. */
const simulatedDrill: DrillEntry = {
  match: {},
  group: `${simulatedGroups}/rg-drills`,
  subnet: `${simulatedGroups}/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-drills-weu/subnets/snet-drills`,
  staging: `${simulatedGroups}/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu`,
  keepMs: 0,
  from: 'newest',
  schedule: null,
};

/**
 * The defaults without a file. With the simulator everyone is operator and approver, and can give access to key vaults
 * alone; with Azure nobody can do anything until `kluis.yaml` says who.
 */
export function defaultConfig(mode: AzureMode): KluisConfig {
  const isSimulator = mode === 'simulator';
  return {
    people: [],
    groups: {},
    roles: isSimulator ? [toEveryone('operator'), toEveryone('approver')] : [],
    rules: isSimulator
      ? [{ operation: 'grant-key-vault-access', match: {}, verdict: { deny: false, approval: 'operator' } }]
      : [],
    ticket: null,
    breakGlass: null,
    encryption: { requireKek: 'refuse', ownerTag: 'owner' },
    vaults: { default: null, secondRegion: false },
    azure: {
      backupServiceObjectId: null,
      grantByAccessPolicy: isSimulator ? ['*'] : [],
      grantRole: 'backup-key-reader',
    },
    prices: null,
    channels: [],
    alerts: [],
    forecast: { daily: '16:00', allClear: false },
    drills: isSimulator ? [simulatedDrill] : [],
    slack: { linkByEmail: false },
  };
}

function toEveryone(role: Role): RoleGrant {
  return { role, to: { kind: 'everyone' }, where: {} };
}
