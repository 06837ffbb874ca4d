import { expect, test } from '@jest/globals';
import { graphGroups } from '../../src/people/graph-groups.ts';
import { GROUP, PEOPLE } from '../../src/sim/estate/known.ts';
import { startSimulator } from '../../src/sim/server.ts';

function graphAt(url: string): Parameters<typeof graphGroups>[0] {
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = {
      authorization: 'Bearer kluis-operate',
      'content-type': 'application/json',
      'x-forwarded-host': 'graph.microsoft.com',
      'x-forwarded-proto': 'https',
    };
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return { post: (path, body) => send('POST', path, body), get: (path) => send('GET', path) };
}

test('memberships of the estate, as a directory answers them', async () => {
  const simulator = await startSimulator();
  try {
    const directory = graphGroups(graphAt(simulator.url));
    const among = [GROUP.operators, GROUP.approvers];
    expect(await directory.memberOf(PEOPLE.ana, among)).toEqual({
      ...{ groups: [GROUP.operators], guest: false, account: 'enabled' },
    });
    expect(await directory.memberOf(PEOPLE.ben, among)).toEqual({
      ...{ groups: among, guest: false, account: 'enabled' },
    });
    expect(await directory.memberOf(PEOPLE.ben, [GROUP.approvers])).toEqual({
      groups: [GROUP.approvers],
      guest: false,
      account: 'enabled',
    });
    expect(await directory.memberOf('00000000-0000-0000-0000-00000000ffff', among)).toEqual({
      groups: [],
      guest: false,
      account: 'gone',
    });
  } finally {
    await simulator.close();
  }
  expect(await graphGroups(graphAt(simulator.url)).memberOf(PEOPLE.ana, [GROUP.operators])).toEqual({
    fault: 'unavailable',
  });
});
