/** What keeps Kluis from putting keys back, what a person does about it, and that it goes on by itself then. Pure. */
import type { Block } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { Obstacle, PutBackPart } from './plan.ts';

/** It in a few words. */
export function obstacleWhy({ say }: Words, { why, place }: Obstacle): string {
  return say(`in-the-way.${why}`, { place });
}

/** It as a title. */
export function obstacleTitle(words: Words, obstacle: Obstacle): string {
  return words.say('in-the-way.title', { why: obstacleWhy(words, obstacle) });
}

/** The steps that remove it. */
export function obstacleBlocks({ say }: Words, part: PutBackPart, obstacle: Obstacle): Block[] {
  const { why, place, name } = obstacle;
  const lines = commandsOf(part, obstacle);
  return [
    { kind: 'text', text: say(`in-the-way.${why}-text`, { place, name: name ?? '' }), tone: 'strong' },
    ...(lines.length > 0 ? [{ kind: 'code' as const, lines }] : []),
  ];
}

/** That it goes on then, and since when it waits. */
export function waitingBlock({ say, time }: Words, { since }: Obstacle): Block {
  return { kind: 'text', text: say('in-the-way.by-itself', { since: time(new Date(since)) }) };
}

function commandsOf({ keyVaults }: PutBackPart, { why, place, name, version, address }: Obstacle): string[] {
  const kv = `--vault-name ${place}`;
  switch (why) {
    case 'firewall':
      return [`az keyvault network-rule add --name ${place} --ip-address ${address ?? '<address of Kluis>'}`];
    case 'access':
      return keyVaults?.find((one) => one.name === place)?.model === 'roles'
        ? [
            `az role assignment create --assignee <KLUIS_RESTORE_CLIENT_ID> --role kluis-put-keys-back --scope $(az keyvault show --name ${place} --query id -o tsv)`,
          ]
        : [
            `az keyvault set-policy --name ${place} --spn <KLUIS_RESTORE_CLIENT_ID> --key-permissions get recover restore --secret-permissions list set recover restore`,
          ];
    case 'key-vault':
      return [`az keyvault recover --name ${place}`];
    case 'key-disabled':
      return [`az keyvault key set-attributes ${kv} --name ${name ?? ''} --version ${version ?? ''} --enabled true`];
    case 'secret-disabled':
      return [`az keyvault secret set-attributes ${kv} --name ${name ?? ''} --version ${version ?? ''} --enabled true`];
    case 'staging':
      return [
        `az role assignment create --assignee <KLUIS_RESTORE_CLIENT_ID> --role kluis-restore-disks --scope $(az storage account show --name ${place} --query id -o tsv)`,
      ];
  }
}
