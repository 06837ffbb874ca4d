import { expect, test } from '@jest/globals';
import { graphPost } from '../../src/azure/arm/transport/graph-post.ts';
import { forwardingClient } from '../../src/azure/arm/transport/forwarding-client.ts';
import { startWire, type Reply } from './support/wire-server.ts';

const credential = { getToken: () => Promise.resolve({ token: 'operate', expiresOnTimestamp: 8.64e15 }) };
const names = '/v1.0/directoryObjects/getByIds';
const answer = { body: { value: [] } };

/** What comes of one question, and how often it arrived. */
async function asked(...replies: Reply[]) {
  const wire = await startWire();
  wire.answer(/getByIds$/, ...replies);
  const got = await graphPost(credential, forwardingClient(wire.url))(names, { ids: [] }).catch(() => 'nothing');
  await wire.close();
  return { got, times: wire.seen.length };
}

test('a connection that Graph closes at the moment of sending costs no answer; any answer is final', async () => {
  expect(await asked('reset', answer)).toEqual({ got: { status: 200, body: { value: [] } }, times: 2 });
  expect(await asked('reset', 'reset', answer)).toEqual({ got: 'nothing', times: 2 });
  expect(await asked({ status: 503 }, answer)).toEqual({ got: { status: 503, body: null }, times: 1 });
});
