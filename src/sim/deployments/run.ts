import type { DeploymentSpec, StepSpec } from '../state/state-deployments.ts';
import { span, type World } from '../state/world.ts';
import { later } from '../state/later.ts';
import { ArmRefusal } from '../http/reply.ts';
import { same } from '../ids.ts';
import { stamp } from '../times.ts';
import { makerOf } from './makers.ts';

/**
 * A deployment creates its resources one at a time, in order. If one fails, those that depend on it are not created;
 * the others are, and what was created stays.
 */
export function startDeployment(world: World, deployment: DeploymentSpec): void {
  later(world, span(world, 1, 3), { kind: 'deployment-goes-on', correlationId: deployment.correlationId });
}

/** Ends the running step and begins the next one that can begin; ends the deployment when there is none. */
export function goOn(world: World, correlationId: string): void {
  const deployment = world.state.deployments.find((one) => one.correlationId === correlationId);
  if (!deployment) return;
  deployment.state = 'Running';
  const running = deployment.steps.find(({ state }) => state === 'Running');
  if (running) end(world, running);
  for (const step of deployment.steps) {
    if (step.state !== 'Waiting') continue;
    if (!begin(world, deployment, step)) continue;
    const [from, upTo] = makerOf(step.resource).seconds;
    return later(world, span(world, from, upTo), { kind: 'deployment-goes-on', correlationId });
  }
  deployment.end = stamp(world.now());
  deployment.state = deployment.steps.every(({ state }) => state === 'Succeeded') ? 'Succeeded' : 'Failed';
}

/** Begins a step; false if it ends at once. */
function begin(world: World, deployment: DeploymentSpec, step: StepSpec): boolean {
  const madeOf = (id: string) => deployment.steps.find(({ resource }) => same(resource.id, id))?.state === 'Succeeded';
  if (!step.resource.dependsOn.every(madeOf)) {
    step.state = 'Skipped';
    return false;
  }
  step.start = stamp(world.now());
  step.state = 'Running';
  try {
    makerOf(step.resource).begin(world, step.resource);
    return true;
  } catch (error) {
    if (!(error instanceof ArmRefusal)) throw error;
    const { status, code, message } = error;
    Object.assign(step, { state: 'Failed', end: step.start, error: { status, code, message } });
    return false;
  }
}

function end(world: World, step: StepSpec): void {
  makerOf(step.resource).end(world, step.resource);
  Object.assign(step, { state: 'Succeeded', end: stamp(world.now()) });
}
