/** One person as described in `kluis.yaml`, in addition to what the platforms report. Entra IDs are in lower case. */
export type PersonLink = { readonly entra: string; readonly slack: string | null; readonly name: string | null };

/**
 * The one ID of a person on every platform: the Entra object ID if `kluis.yaml` links one, otherwise the platform's
 * own. Everything that compares people compares this, so nobody counts as two people.
 */
export function personIdOf(platformId: string, people: readonly PersonLink[]): string {
  const link = linkOf(platformId, people);
  return link ? link.entra : isEntraId(platformId) ? platformId.toLowerCase() : platformId;
}

/** The name that `kluis.yaml` gives a person, by any of their IDs; null if it gives none. */
export function personName(id: string, people: readonly PersonLink[]): string | null {
  return linkOf(id, people)?.name ?? null;
}

/** The Slack ID of a person, by any of their IDs; null if none is linked. */
export function slackIdOf(id: string, people: readonly PersonLink[]): string | null {
  return linkOf(id, people)?.slack ?? null;
}

/** The Entra object ID that `kluis.yaml` links a member of Slack to; null unless exactly one entry does. */
export function entraOfSlack({ team, user }: SlackMember, people: readonly PersonLink[]): string | null {
  const [link, other] = people.filter(({ slack }) => memberIn(team, slack) === user);
  return link && !other ? link.entra : null;
}

/** A member of a Slack workspace: two workspaces can each have one with the same ID. */
type SlackMember = { readonly team: string; readonly user: string };

/**
 * Whom `kluis.yaml` means in a workspace: an ID is written alone if there is only one workspace, otherwise after its
 * workspace (`T012AB3CD/U012AB3CD`). Null: nobody there.
 */
export function memberIn(team: string, slack: string | null): string | null {
  const [workspace, user] = slack?.includes('/') ? slack.split('/') : [team, slack];
  return workspace === team ? (user ?? null) : null;
}

/** Whether two texts are the same ID. Entra's ignore case, Slack's don't. */
export function sameId(a: string, b: string): boolean {
  return a === b || (isEntraId(a) && a.toLowerCase() === b.toLowerCase());
}

/** Whether an ID has the form of an Entra object ID. */
export function isEntraId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}

function linkOf(id: string, people: readonly PersonLink[]): PersonLink | undefined {
  return people.find(({ entra, slack }) => sameId(entra, id) || slack === id);
}
