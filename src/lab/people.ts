/** The people of the lab, by the key that the lab's own API uses for them. */
export type PersonKey = 'ana' | 'ben' | 'chris';

/** A person as the Bot Framework names one, with the time zone of their client. */
export type Person = {
  key: PersonKey;
  id: string;
  name: string;
  givenName: string;
  surname: string;
  aadObjectId: string;
  userPrincipalName: string;
  timeZone: string;
};

/** The tenant of everything in the lab. */
export const tenantId = '00000000-0000-0000-0000-0000007e4a47';

/** The bot as its messages and mentions name it. */
export const bot = { id: '28:kluis', name: 'Kluis' } as const;

/** The one team and its one channel. */
export const team = {
  id: '19:contoso-operations@thread.tacv2',
  name: 'Contoso Operations',
  aadGroupId: '00000000-0000-0000-0000-00000000c0a0',
  channel: { id: '19:general@thread.tacv2', name: 'General' },
} as const;

const timeZone = 'Europe/Amsterdam';

/** Everybody in the lab; all of them are members of the team. */
export const people: Readonly<Record<PersonKey, Person>> = {
  ana: person('ana', ['Ana', 'de Vries'], 'a1'),
  ben: person('ben', ['Ben', 'Jansen'], 'b1'),
  chris: person('chris', ['Chris', 'Meier'], 'c1'),
};

/** The person with this Bot Framework ID or Entra object ID; IDs are compared case-insensitively, like Entra's. */
export function personById(id: string): Person | undefined {
  const wanted = id.toLowerCase();
  return Object.values(people).find((each) => each.id === wanted || each.aadObjectId === wanted);
}

function person(key: PersonKey, [givenName, surname]: [string, string], ending: string): Person {
  return {
    key,
    id: `29:${key}`,
    name: `${givenName} ${surname}`,
    givenName,
    surname,
    aadObjectId: `00000000-0000-0000-0000-0000000000${ending}`,
    userPrincipalName: `${key}@contoso.example`,
    timeZone,
  };
}
