import { ArmRefusal } from '../http/reply.ts';

/** Azure's refusal of a template that means nothing, or of parameters that do not fit it; `why` is Azure's sentence. */
export function invalidTemplate(why: string): ArmRefusal {
  return new ArmRefusal(400, 'InvalidTemplate', `Deployment template validation failed: '${why}'.`).fromGateway();
}
