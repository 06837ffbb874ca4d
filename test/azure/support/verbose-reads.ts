/**
 * Reads recovery points from each of the given answers, puts a secret into a key vault that repeats it in its answer
 * and in an error, and sends the results to the parent. It is a process of its own: the SDKs read their log level when
 * they are loaded, and here they log everything.
 */
import { inspect } from 'node:util';
import type { CallRecord } from '../../../src/azure/arm/transport/observed-call.ts';
import type { AzureGateway } from '../../../src/azure/gateway.ts';
import { attemptOf } from './attempt.ts';
import { secret, writeCalls } from './calls.ts';
import { gatewayOn } from './gateway-on.ts';
import { ref } from './names.ts';
import { startWire, type Reply } from './wire-server.ts';

/** How a read ended, how many lines the SDKs logged, and everything that could be seen of it. */
export type VerboseRead = { readonly outcome: unknown; readonly logged: number; readonly all: string };

const everything = (value: unknown) => inspect(value, { depth: 20, showHidden: true }) + JSON.stringify(value);
const written: string[] = [];
process.stderr.write = (text: unknown) => Boolean(written.push(String(text)));

const wire = await startWire();
const reads: VerboseRead[] = [];
async function note(ask: (gateway: AzureGateway) => Promise<unknown>): Promise<void> {
  written.length = 0;
  const calls: CallRecord[] = [];
  const gateway = gatewayOn(wire.url, { onCall: (call) => calls.push(call) });
  const outcome: unknown = await ask(gateway).catch((error: unknown) => error);
  const all = everything(outcome) + everything(calls) + written.join('\n');
  reads.push({ outcome: outcome instanceof Error ? null : outcome, logged: written.length, all });
}
for (const reply of JSON.parse(process.argv[2] as string) as Reply[]) {
  wire.answer(/recoveryPoints$/, reply);
  await note(({ reads: asked }) => asked.recoveryPoints(ref));
}
for (const reply of [
  { body: { id: `${secret.keyVaultUri}secrets/bek/1`, value: secret.value } },
  { status: 400, body: { error: { code: 'BadParameter', message: `no good: ${secret.value}` } } },
]) {
  wire.answer(/secrets/, reply);
  await note((gateway) => writeCalls.putSecret(gateway, attemptOf()));
}
await wire.close();
process.send?.(reads);
