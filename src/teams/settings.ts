/**
 * The Bot Framework's own four settings, all null while Teams isn't configured, and the tenants that the bot serves.
 */
export type TeamsSettings = {
  readonly appId: string | null;
  readonly appPassword: string | null;
  /** A token file that proves the bot instead of the password. */
  readonly tokenFilePath?: string | null;
  /** `MultiTenant` (also when null), `SingleTenant` or `UserAssignedMSI`. */
  readonly appType: string | null;
  readonly appTenantId: string | null;
  /** The tenants whose messages it accepts, in lower case; empty while Teams isn't configured: any. */
  readonly tenantIds: readonly string[];
};
