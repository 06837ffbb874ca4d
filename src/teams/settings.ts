/** The Bot Framework's own four settings, all null while Teams is not configured, and whom the bot serves. */
export type TeamsSettings = {
  readonly appId: string | null;
  readonly appPassword: string | null;
  /** `MultiTenant` (also when null), `SingleTenant` or `UserAssignedMSI`. */
  readonly appType: string | null;
  readonly appTenantId: string | null;
  /** The tenants from which it accepts messages, in lower case; empty while Teams is not configured: any. */
  readonly tenantIds: readonly string[];
};
