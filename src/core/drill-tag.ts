import { shellWord } from './shell-word.ts';

/** The tag of everything that a drill creates; its value is the ID of the operation. */
export const drillTag = 'kluis-drill';

/** The command that lists what carries it. The Azure CLI takes no resource group beside a tag: it shows the groups. */
export function listTagged(subscription: string): string {
  return `az resource list --tag ${drillTag} --subscription ${shellWord(subscription)} --output table`;
}
