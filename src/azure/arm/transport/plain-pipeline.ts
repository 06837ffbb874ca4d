import type { Pipeline } from '@azure/core-rest-pipeline';
import { bearerTokenAuthenticationPolicy, createPipelineFromOptions } from '@azure/core-rest-pipeline';
import type { Line } from './arm-clients.ts';
import { clientOptions, teach } from './call-policies.ts';

/**
 * A pipeline to `host`, with the same call policies as those of the SDK clients; `audience` is what its tokens are for.
 */
export function plainPipeline(
  host: string,
  { credential, manner }: Pick<Line, 'credential' | 'manner'>,
  audience = `https://${host}`,
): Pipeline {
  const pipeline = createPipelineFromOptions(clientOptions(manner));
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${audience}/.default` }), {
    phase: 'Sign',
  });
  teach(pipeline, manner, host);
  return pipeline;
}
