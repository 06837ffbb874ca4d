import { nameOf, type PersonLink, slackIdOf } from '../../people/links.ts';
import { holderOf } from '../../people/roles.ts';
import type { Deciders } from '../deps.ts';

type Named = { readonly people: readonly PersonLink[]; readonly groups: Readonly<Record<string, readonly string[]>> };

/** People and groups by the names that `kluis.yaml` gives them; `everyone` is nobody in particular. */
export function inWords({ people, groups }: Named, texts: readonly string[]): Deciders {
  const holders = texts.map((text) => ({ text, to: holderOf(text) }));
  const known = holders.flatMap(({ to }) => (to.kind === 'user' ? [to.id] : []));
  const groupOf = (text: string) => Object.entries(groups).find(([, members]) => members.includes(text))?.[0] ?? text;
  return {
    people: known.map((id) => ({ id, name: nameOf(id, people) ?? id, slack: slackIdOf(id, people) })),
    groups: [...new Set(holders.flatMap(({ text, to }) => (to.kind === 'group' ? [groupOf(text)] : [])))],
    ...(texts.includes('everyone') && { anybody: true as const }),
  };
}
