import type { RequestHandler } from 'express';
import { people, personById, tenantId, type Person } from '../people.ts';
import { isOpenTo, chatPlace } from './places.ts';
import { connectorRefusals as refusals, refuse } from '../refusal.ts';

/** `GET …/members`: everybody in the conversation. */
export const listMembers: RequestHandler = (request, response) => {
  const members = membersOf(String(request.params['conversation']));
  if (!members) return refuse(response, refusals.noConversation);
  response.json(members.map(account));
};

/** `GET …/pagedmembers?pageSize=&continuationToken=`: the same, page by page. */
export const pagedMembers: RequestHandler = (request, response) => {
  const members = membersOf(String(request.params['conversation']));
  if (!members) return refuse(response, refusals.noConversation);
  const size = Math.max(1, Number(request.query['pageSize']) || 200);
  const from = Math.max(0, Number(request.query['continuationToken']) || 0);
  const more = from + size < members.length ? { continuationToken: String(from + size) } : {};
  response.json({ members: members.slice(from, from + size).map(account), ...more });
};

/** `GET …/members/{id}`: one member by Bot Framework id or Entra object id. */
export const oneMember: RequestHandler = (request, response) => {
  const members = membersOf(String(request.params['conversation']));
  if (!members) return refuse(response, refusals.noConversation);
  const person = personById(String(request.params['member']));
  if (!person || !members.includes(person)) return refuse(response, refusals.noMember);
  response.json(account(person));
};

function membersOf(conversation: string): Person[] | undefined {
  const place = chatPlace(conversation);
  return place && Object.values(people).filter((person) => isOpenTo(place, person.key));
}

function account({ id, name, givenName, surname, aadObjectId, userPrincipalName }: Person) {
  const email = userPrincipalName;
  return {
    id,
    name,
    objectId: aadObjectId,
    aadObjectId,
    givenName,
    surname,
    email,
    userPrincipalName,
    tenantId,
    userRole: 'user',
  };
}
