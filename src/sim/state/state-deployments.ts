import type { Json } from '../json.ts';
import type { ResourcePath } from '../ids.ts';

/** A template's resource with its expressions evaluated. `dependsOn` are IDs of others in the same template. */
export type TemplateResource = ResourcePath & {
  id: string;
  type: string;
  apiVersion: string;
  location: string;
  tags: Record<string, string>;
  zones: string[];
  properties: Json;
  dependsOn: string[];
};

/** Why Azure didn't create a resource: its provider's status and error. */
type StepError = { status: number; code: string; message: string };

/** One resource of a deployment. A step is skipped if one that it depends on wasn't created. */
export type StepSpec = {
  operationId: string;
  resource: TemplateResource;
  state: 'Waiting' | 'Running' | 'Succeeded' | 'Failed' | 'Skipped';
  start?: string;
  end?: string;
  error?: StepError;
};

/** A deployment of a template into a resource group. `statusId` names its long-running operation. */
export type DeploymentSpec = ResourcePath & {
  templateHash: string;
  parameters: Record<string, { type: string; value?: Json }>;
  correlationId: string;
  statusId: string;
  state: 'Accepted' | 'Running' | 'Succeeded' | 'Failed';
  steps: StepSpec[];
  start: string;
  end?: string;
};

/** The result of an accepted request, available from `readyAt` (milliseconds) on. */
export type OperationResultSpec = { id: string; subscription: string; readyAt: number; body: Json };
