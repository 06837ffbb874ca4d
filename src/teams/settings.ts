/** The Bot Framework's own four settings; all null while Teams is not configured. */
export type TeamsSettings = {
  readonly appId: string | null;
  readonly appPassword: string | null;
  /** `MultiTenant` (also when null), `SingleTenant` or `UserAssignedMSI`. */
  readonly appType: string | null;
  readonly appTenantId: string | null;
};
