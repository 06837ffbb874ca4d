import { shellWord } from './shell-word.ts';

/** The tag of everything that a drill creates; its value is the ID of the operation. */
export const drillTag = 'kluis-drill';

/** The operation whose drill created what has these tags; undefined: none. Azure ignores the case of tags' names. */
export function drillOf(tags: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(tags).find(([name]) => name.toLowerCase() === drillTag)?.[1];
}

/** The command that lists what carries it. The Azure CLI takes no resource group beside a tag: it shows the groups. */
export function listTagged(subscription: string): string {
  return `az resource list --tag ${drillTag} --subscription ${shellWord(subscription)} --output table`;
}
