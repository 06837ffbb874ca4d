import type { Call } from '../http/call.ts';
import { field, type JsonBody } from '../json.ts';
import { ok, type Reply } from '../http/reply.ts';
import { same } from '../ids.ts';
import { principalsOf } from '../access/rights.ts';
import type { Directory } from '../state/state-access.ts';
import { guidOf } from '../invented.ts';
import { aboutSignedIn } from './signed-in.ts';

/** Microsoft Graph, recognised by its host; a client of this cloud also finds it at ARM's host, below `/v1.0`. */
export function isGraph(call: Call): boolean {
  return /^graph\.microsoft\.com(:\d+)?$/i.test(call.host) || /^\/(v1\.0|beta)\//i.test(call.path);
}

/** A refusal by Graph: not ARM's envelope, and with an inner error. */
function refusal(call: Call, why: [number, string, string]): Reply {
  const [status, code, message] = why;
  const innerError = {
    date: call.world.now().toISOString().slice(0, 19),
    'request-id': 'ab1d0e5f-0000-4000-8000-000000000000',
    'client-request-id': call.clientRequestId ?? '',
  };
  return { status, body: { error: { code, message, innerError } }, limit: 'none' };
}

/** The few calls of Microsoft Graph that the product and its doctor make: service principals, people and groups. */
export function graph(call: Call): Reply {
  const path = call.path.replace(/^\/(v1\.0|beta)/i, '');
  if (!call.caller) return refusal(call, [401, 'InvalidAuthenticationToken', 'Access token is empty.']);
  const mine = aboutSignedIn(call, path);
  if (mine === 'forbidden') return forbidden(call);
  // That /me needs a person is documented; code and text are as clients report them, not recorded.
  if (mine === 'no-person')
    return refusal(call, [400, 'BadRequest', '/me request is only valid with delegated authentication flow.']);
  if (mine !== null) return ok(selected(call, mine), 'none');
  const registered = /^\/applications\(appId='([^']+)'\)$/i.exec(path)?.[1];
  if (registered) return showApplication(call, registered);
  const app = /^\/servicePrincipals\(appId='([^']+)'\)$/i.exec(path)?.[1];
  if (app) return showServicePrincipal(call, app);
  const id = /^\/servicePrincipals\/([^/(]+)$/i.exec(path)?.[1];
  if (id) return showServicePrincipal(call, id);
  if (/^\/servicePrincipals$/i.test(path)) return listServicePrincipals(call);
  if (/^\/directoryObjects\/getByIds$/i.test(path)) return listByIds(call);
  if (/^\/users$/i.test(path)) return listPeople(call);
  const user = /^\/users\/([^/]+)(\/.*)?$/i.exec(path);
  if (user) return ofPerson(call, user[1] ?? '', user[2] ?? '');
  const group = /^\/groups\/([^/]+)(\/transitiveMembers|\/members)?$/i.exec(path);
  if (group) return ofGroup(call, group[1] ?? '', group[2] !== undefined);
  return refusal(call, [404, 'Request_ResourceNotFound', `Resource '${path}' does not exist.`]);
}

function showServicePrincipal(call: Call, wanted: string): Reply {
  if (isBlind(call)) return forbidden(call);
  const found = call.world.state.directory.servicePrincipals.find(
    (known) => same(known.appId, wanted) || same(known.id, wanted),
  );
  if (!found)
    return refusal(call, [
      404,
      'Request_ResourceNotFound',
      `Resource '${wanted}' does not exist or one of its queried reference-property objects are not present.`,
    ]);
  return ok(
    {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#servicePrincipals/$entity',
      ...selected(call, spBody(found)),
    },
    'none',
  );
}

/** microsoft-graph-docs-contrib, "Get application" and "passwordCredential resource type". */
function showApplication(call: Call, appId: string): Reply {
  if (isBlind(call)) return forbidden(call);
  const found = call.world.state.directory.applications?.find((known) => same(known.appId, appId));
  if (!found) return refusal(call, [404, 'Request_ResourceNotFound', `Resource '${appId}' does not exist.`]);
  const passwordCredentials = found.secrets.map(({ hint, ends }) => ({
    ...{ customKeyIdentifier: null, displayName: null, keyId: guidOf(`${appId} ${hint}`), secretText: null },
    ...{ startDateTime: '2025-11-01T00:00:00Z', endDateTime: ends, hint },
  }));
  return ok(
    selected(call, { appId: found.appId, displayName: found.name, keyCredentials: [], passwordCredentials }),
    'none',
  );
}

function listServicePrincipals(call: Call): Reply {
  if (isBlind(call)) return forbidden(call);
  // By an ID of its own, or by one of its names, as azure-cli's `role assignment create --assignee` asks.
  const wanted = /(?:appId|\bc(?::c)?) eq '([^']+)'/i.exec(call.query.get('$filter') ?? '')?.[1];
  const found = call.world.state.directory.servicePrincipals.filter((known) => !wanted || same(known.appId, wanted));
  return ok({ value: found.map((one) => selected(call, spBody(one))) }, 'none');
}

function listByIds(call: Call): Reply {
  if (isBlind(call)) return forbidden(call);
  const asked = field(call.body, 'ids');
  const ids = Array.isArray(asked) ? asked.map((id) => String(id).toLowerCase()) : [];
  const { people, groups, servicePrincipals } = call.world.state.directory;
  const all: JsonBody[] = [
    ...people.map((one) => ({
      '@odata.type': '#microsoft.graph.user',
      id: one.id,
      displayName: one.name,
      userPrincipalName: one.mail,
    })),
    ...groups.map((one) => ({ '@odata.type': '#microsoft.graph.group', ...groupBody(one) })),
    ...servicePrincipals.map((one) => ({ '@odata.type': '#microsoft.graph.servicePrincipal', ...spBody(one) })),
  ];
  return ok({ value: all.filter((one) => ids.includes(String(one.id).toLowerCase())) }, 'none');
}

function spBody(one: { id: string; appId: string; name: string }): JsonBody {
  return {
    id: one.id,
    appId: one.appId,
    displayName: one.name,
    servicePrincipalNames: [one.appId],
    servicePrincipalType: 'Application',
  };
}

/** By address or user name, as `$filter` says; the product uses no other filter. */
function listPeople(call: Call): Reply {
  if (isBlindToPeople(call)) return forbidden(call);
  const wanted = /^mail eq '([^']+)' or userPrincipalName eq '([^']+)'$/i.exec(call.query.get('$filter') ?? '');
  if (!wanted) return refusal(call, [400, 'BadRequest', 'Invalid filter clause.']);
  const found = call.world.state.directory.people.filter(({ mail }) => same(mail, wanted[1] ?? ''));
  return ok({ value: found.map(({ id, name, mail }) => selected(call, { id, displayName: name, mail })) }, 'none');
}

function ofPerson(call: Call, id: string, rest: string): Reply {
  if (isBlindToPeople(call)) return forbidden(call);
  const { people, groups } = call.world.state.directory;
  const person = people.find((known) => same(known.id, id) || same(known.mail, id));
  if (!person)
    return refusal(call, [
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    ]);
  if (rest === '') return ok(selected(call, personBody(call, person)), 'none');
  const mine = principalsOf(call.world, person.id);
  if (/^\/(transitiveMemberOf|memberOf)(\/microsoft\.graph\.group)?$/i.test(rest)) {
    const found = groups.filter((group) => mine.has(group.id.toLowerCase()));
    return ok(
      { value: found.map((group) => ({ '@odata.type': '#microsoft.graph.group', ...groupBody(group) })) },
      'none',
    );
  }
  if (/^\/checkMemberGroups$/i.test(rest) && call.method === 'POST') {
    const asked = field(call.body, 'groupIds');
    const ids = Array.isArray(asked) ? asked.filter((one) => typeof one === 'string') : [];
    return ok({ value: ids.filter((one) => mine.has(one.toLowerCase())) }, 'none');
  }
  return refusal(call, [404, 'Request_ResourceNotFound', `Resource not found for the segment '${rest.slice(1)}'.`]);
}

/** learn.microsoft.com, "user resource type": `accountEnabled` is returned only on `$select`. */
function personBody(call: Call, { id, name, mail, guest, disabled }: Directory['people'][number]): JsonBody {
  const isAsked = call.query.has('$select');
  return {
    ...{ id, displayName: name, mail, userPrincipalName: mail, userType: guest ? 'Guest' : 'Member' },
    ...(isAsked && { accountEnabled: !disabled }),
  };
}

function ofGroup(call: Call, id: string, members: boolean): Reply {
  if (isBlindToPeople(call)) return forbidden(call);
  const { groups, people } = call.world.state.directory;
  const group = groups.find((known) => same(known.id, id));
  if (!group)
    return refusal(call, [
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    ]);
  if (!members) return ok(groupBody(group), 'none');
  const found = people.filter((person) => principalsOf(call.world, person.id).has(group.id.toLowerCase()));
  return ok(
    {
      value: found.map((person) => ({
        '@odata.type': '#microsoft.graph.user',
        id: person.id,
        displayName: person.name,
        mail: person.mail,
      })),
    },
    'none',
  );
}

function groupBody(group: { id: string; name: string }): JsonBody {
  return { id: group.id, displayName: group.name, securityEnabled: true };
}

function selected(call: Call, body: JsonBody): JsonBody {
  const names = call.query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  return names ? Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name))) : body;
}

function isBlind(call: Call): boolean {
  return call.caller?.name !== 'owner' && !call.world.state.directory.readableByBot;
}

function isBlindToPeople(call: Call): boolean {
  return call.caller?.name !== 'owner' && call.world.state.directory.peopleReadableByBot === false;
}

function forbidden(call: Call): Reply {
  return refusal(call, [403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.']);
}
