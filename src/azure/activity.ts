/** What Azure's activity log shows: who did what to which resource. It keeps 90 days, and lags by some minutes. */

/** One event. `caller` is a person's sign-in name or the object id of an application; null: the log names nobody. */
export type ActivityEvent = {
  readonly at: Date;
  readonly caller: string | null;
  /** The operation as Azure names it: `Microsoft.Compute/virtualMachines/delete`. */
  readonly operation: string;
  readonly resourceId: string;
  /** Azure's word: `Started`, `Accepted`, `Succeeded`, `Failed`. */
  readonly status: string;
};

/** Which events: of a resource group or of one resource, in a period. */
export type ActivityAsk = {
  readonly subscription: string;
  readonly of: { readonly resourceGroup: string } | { readonly resourceId: string };
  readonly from: Date;
  readonly to: Date;
};
