import type { Json } from '../json.ts';
import type { ResourcePath } from '../ids.ts';

/** A resource of a template, its expressions evaluated. `dependsOn` are ids of others of the same template. */
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

/** Why Azure did not make a resource: the status that its provider answered, and its error. */
type StepError = { status: number; code: string; message: string };

/** One resource of a deployment. A step is skipped when one that it depends on was not made. */
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

/** What an accepted question is answered with, from `readyAt` (milliseconds) on. */
export type OperationResultSpec = { id: string; subscription: string; readyAt: number; body: Json };
