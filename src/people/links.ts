/**
 * One person as described in `kluis.yaml`, in addition to what the platforms report. Ids of Entra are in lower case.
 */
export type PersonLink = { readonly entra: string; readonly slack: string | null; readonly name: string | null };

/**
 * The one id of a person, whatever platform they speak from: the Entra object id where `kluis.yaml` links one, else the
 * platform's own. Everything that compares people compares this, so nobody is two people.
 */
export function personIdOf(platformId: string, people: readonly PersonLink[]): string {
  const link = linkOf(platformId, people);
  return link ? link.entra : isEntraId(platformId) ? platformId.toLowerCase() : platformId;
}

/** The name that `kluis.yaml` gives a person, by any of their ids; null where it gives none. */
export function nameOf(id: string, people: readonly PersonLink[]): string | null {
  return linkOf(id, people)?.name ?? null;
}

/** The Slack id of a person, by any of their ids; null where none is linked. */
export function slackIdOf(id: string, people: readonly PersonLink[]): string | null {
  return linkOf(id, people)?.slack ?? null;
}

/** The Entra object id that `kluis.yaml` links a member of Slack to; null unless exactly one entry does. */
export function entraOfSlack({ team, user }: SlackMember, people: readonly PersonLink[]): string | null {
  const [link, other] = people.filter(({ slack }) => memberIn(team, slack) === user);
  return link && !other ? link.entra : null;
}

/** A member of a workspace of Slack: two workspaces can each have one with the same id. */
type SlackMember = { readonly team: string; readonly user: string };

/**
 * Who is meant by `kluis.yaml` in a workspace: an id is written alone if there is only one workspace, otherwise after
 * its workspace (`T012AB3CD/U012AB3CD`). Null: nobody there.
 */
export function memberIn(team: string, slack: string | null): string | null {
  const [workspace, user] = slack?.includes('/') ? slack.split('/') : [team, slack];
  return workspace === team ? (user ?? null) : null;
}

/** Whether two texts are one id. Those of Entra are the same in any case, those of Slack are not. */
export function sameId(a: string, b: string): boolean {
  return a === b || (isEntraId(a) && a.toLowerCase() === b.toLowerCase());
}

/** Whether an id has the form of an object id of Entra. */
export function isEntraId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}

function linkOf(id: string, people: readonly PersonLink[]): PersonLink | undefined {
  return people.find(({ entra, slack }) => sameId(entra, id) || slack === id);
}
