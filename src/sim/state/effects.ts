import type { Json } from '../json.ts';
import type { DiskSpec, VmSpec } from './state-compute.ts';
import type { TemplateResource } from './state-deployments.ts';

/**
 * What happens at a time (`at`, in milliseconds of the simulated clock) by itself. Everything that the simulator does
 * later is one of these, kept in the state: so it survives a restart, and happens at once when the clock is advanced
 * past it.
 */
export type Effect = { at: number } & EffectBody;

/** What happens, without its time. */
export type EffectBody =
  | { kind: 'refresh-ends'; operationId: string; vaultId: string }
  | { kind: 'operation-succeeds'; operationId: string }
  | { kind: 'operation-fails'; operationId: string; code: string; message: string }
  | { kind: 'policy-ends'; operationId: string; vaultId: string; name: string; properties: { [name: string]: Json } }
  | { kind: 'protection-ends'; operationId: string; jobId: string }
  | { kind: 'stop-ends'; operationId: string; jobId: string }
  | { kind: 'undelete-ends'; operationId: string; jobId: string }
  | { kind: 'delete-ends'; operationId: string; jobId: string }
  | { kind: 'snapshot-ends'; jobId: string }
  | { kind: 'transfer-ends'; jobId: string }
  | { kind: 'backup-fails'; jobId: string }
  | { kind: 'cancel-ends'; jobId: string }
  | { kind: 'restore-ends'; jobId: string }
  | { kind: 'vault-made'; vaultId: string }
  | { kind: 'provider-registered'; namespace: string }
  | { kind: 'scheduled-backup'; vaultId: string; container: string }
  | ComputeEffect;

/** What the simulator can delete. */
export type DeletableType = 'vms' | 'disks' | 'networkInterfaces';

/** What Compute does by itself, and the deployments that create VMs. */
export type ComputeEffect =
  | { kind: 'deployment-goes-on'; correlationId: string }
  | { kind: 'resource-made'; resource: TemplateResource; operationId?: string }
  | { kind: 'disk-changed'; operationId: string; diskId: string; ade: DiskSpec['ade'] | null }
  | { kind: 'resource-gone'; operationId: string; resource: { type: DeletableType; id: string } }
  | { kind: 'extension-ends'; operationId: string; vmId: string; name: string; isNew: boolean }
  | { kind: 'power-changed'; operationId: string; vmId: string; power: VmSpec['power'] }
  | { kind: 'agent-answers'; vmId: string };
