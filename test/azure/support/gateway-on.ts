import { createArmGateway } from '../../../src/azure/arm/arm-gateway.ts';
import { forwardingClient } from '../../../src/azure/arm/transport/forwarding-client.ts';
import { simulatorCredential } from '../../../src/azure/arm/transport/simulator-credential.ts';
import { AzureFault } from '../../../src/azure/faults.ts';
import type { AzureGateway } from '../../../src/azure/gateway.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { subscription } from './names.ts';

/** The real gateway against a server on this machine, with all identities and hardly any pause between attempts. */
export function gatewayOn(url: string, options: Partial<Parameters<typeof createArmGateway>[0]> = {}): AzureGateway {
  return createArmGateway({
    subscriptions: [subscription],
    operate: simulatorCredential('kluis-operate'),
    grant: simulatorCredential('kluis-grant'),
    restore: simulatorCredential('kluis-restore'),
    httpClient: forwardingClient(url),
    clock: systemClock,
    retryDelayMs: 1,
    ...options,
  });
}

/** The fault that a call ends with; if the call succeeds, the test fails. */
export async function faultOf(call: Promise<unknown>): Promise<AzureFault> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (outcome instanceof AzureFault) return outcome;
  if (outcome instanceof Error) throw outcome;
  throw new Error(`expected a fault, got ${JSON.stringify(outcome)}`);
}
