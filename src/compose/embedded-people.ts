import type { KluisConfig } from '../config/kluis-config.ts';
import { people } from '../lab/people.ts';
import { firstUsers } from '../lab/slack/workspace.ts';
import type { PersonLink } from '../people/links.ts';

/**
 * The configuration of the embedded defaults: the people of the local chats are one person in Teams and in Slack, as far as
 * `kluis.yaml` does not say who they are. The administrator of the local Slack is linked to nobody.
 */
export function withLocalPeople(config: KluisConfig): KluisConfig {
  const users = firstUsers();
  const taken = new Set(config.people.map(({ slack }) => slack));
  const local = (['ana', 'ben', 'chris'] as const)
    .map((key): PersonLink => ({ entra: people[key].aadObjectId, slack: users[key].id, name: people[key].name }))
    .filter(({ slack }) => !taken.has(slack));
  const isKnown = (entra: string) => config.people.some((person) => person.entra === entra);
  const filledIn = config.people.map((person) => ({
    ...person,
    slack: person.slack ?? local.find(({ entra }) => entra === person.entra)?.slack ?? null,
  }));
  return { ...config, people: [...filledIn, ...local.filter(({ entra }) => !isKnown(entra))] };
}
