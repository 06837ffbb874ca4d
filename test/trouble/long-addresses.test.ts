import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InProcess } from '../crash/in-process.ts';
import {
  expectEachWriteOnce,
  expectOneCardOneMention,
  operateWithCrashes,
  CrashHarness,
} from '../crash/whole-operation.ts';

const length = 4000;
const padded: number[] = [];

/** Passes everything on, and makes every polling URL that Azure returns 4,000 characters long. */
function padding(simulatorUrl: string) {
  return createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = incoming;
    const onward = request(new URL(url!, simulatorUrl), { method, headers, agent: false }, (answer) => {
      const told = { ...answer.headers };
      for (const name of ['azure-asyncoperation', 'location'] as const) {
        const address = told[name] as string | undefined;
        if (address === undefined) continue;
        told[name] = `${address}&z=`.padEnd(length, 'x');
        padded.push(told[name].length);
      }
      response.writeHead(answer.statusCode!, told);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
}

test('URLs of 4,000 characters, signed by Azure: every operation is still followed to its end', async () => {
  const open = async (simulatorUrl: string) => {
    const server = padding(simulatorUrl);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = await InProcess.open('postgres', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const end = async () => {
      await host.end();
      server.closeAllConnections();
      server.close();
    };
    return { start: host.start.bind(host), read: host.read, reached: host.reached, end };
  };
  await using harness = await CrashHarness.open(open);
  const none = { typed: [], repeated: [], posting: [], clicked: [], running: [] };
  const { chat } = await operateWithCrashes(harness, none);
  await expectEachWriteOnce(harness.azure, 'vm-web-01');
  await expectOneCardOneMention(chat);
  expect(padded.length).toBeGreaterThanOrEqual(4); // the protection's and the backup's, two each
  expect(Math.min(...padded)).toBe(length);
});
