/**
 * Reads recovery points from each of the answers that it is given, and sends the parent what came of each. A process of
 * its own: the SDKs read how much they log when they are loaded, and here they log all that they ever would.
 */
import { inspect } from 'node:util';
import type { CallRecord } from '../../../src/azure/arm/transport/observed-call.ts';
import { gatewayOn } from './gateway-on.ts';
import { ref } from './names.ts';
import { startWire, type Reply } from './wire-server.ts';

/** What a read ended with, how many lines the SDKs logged, and everything that could be seen of it. */
export type VerboseRead = { readonly outcome: unknown; readonly logged: number; readonly all: string };

const everything = (value: unknown) => inspect(value, { depth: 20, showHidden: true }) + JSON.stringify(value);
const written: string[] = [];
process.stderr.write = (text: unknown) => Boolean(written.push(String(text)));

const wire = await startWire();
const reads: VerboseRead[] = [];
for (const reply of JSON.parse(process.argv[2] as string) as Reply[]) {
  written.length = 0;
  wire.answer(/recoveryPoints$/, reply);
  const calls: CallRecord[] = [];
  const gateway = gatewayOn(wire.url, { onCall: (call) => calls.push(call) });
  const outcome: unknown = await gateway.reads.recoveryPoints(ref).catch((error: unknown) => error);
  const all = everything(outcome) + everything(calls) + written.join('\n');
  reads.push({ outcome: outcome instanceof Error ? null : outcome, logged: written.length, all });
}
await wire.close();
process.send?.(reads);
