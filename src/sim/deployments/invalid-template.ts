import { ArmRefusal } from '../http/reply.ts';

/** Azure's refusal of an invalid template or of parameters that don't fit it; `why` is Azure's sentence. */
export function invalidTemplate(why: string): ArmRefusal {
  return new ArmRefusal(400, 'InvalidTemplate', `Deployment template validation failed: '${why}'.`).fromGateway();
}
