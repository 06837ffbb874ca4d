/** What `kluis.yaml` says of the drills of a VM: ids of Azure. `keepMs`: how long the VM is kept once it was made. */
export type DrillSetup = {
  readonly group: string;
  readonly subnet: string;
  readonly staging: string;
  readonly keepMs: number;
};
