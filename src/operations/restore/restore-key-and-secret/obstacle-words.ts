/**
 * What prevents Kluis from putting keys back, what a person does about it, and that it then continues by itself. Pure.
 */
import { parseArmId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import type { Block } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import type { Obstacle, PutBackPart } from '../../parts/restore-key-and-secret.ts';

/** The obstacle in a few words. */
export function obstacleWhy({ say }: Words, { why, place }: Obstacle): string {
  return say(`in-the-way.${why}`, { place });
}

/** The obstacle as a title. */
export function obstacleTitle(words: Words, obstacle: Obstacle): string {
  return words.say('in-the-way.title', { why: obstacleWhy(words, obstacle) });
}

/** The steps that remove it. */
export function obstacleBlocks({ say }: Words, part: PutBackPart, obstacle: Obstacle): Block[] {
  const { why, place, name, gone } = obstacle;
  const lines = commandsOf(part, obstacle);
  const named = { place, name: name ?? '', gone: gone?.is ?? 'unread' };
  return [
    { kind: 'text', text: say(`in-the-way.${why}-text`, named), tone: 'strong' },
    ...(lines.length > 0 ? [{ kind: 'code' as const, lines }] : []),
  ];
}

/** That it continues then, and since when it has been waiting. */
export function waitingBlock({ say, time }: Words, { since }: Obstacle): Block {
  return { kind: 'text', text: say('in-the-way.by-itself', { since: time(new Date(since)) }) };
}

function commandsOf(part: PutBackPart, obstacle: Obstacle): string[] {
  const { why, place, name, version, address } = obstacle;
  const word = shellWord(place);
  const ofVersion = `--vault-name ${word} --name ${shellWord(name ?? '')} --version ${shellWord(version ?? '')}`;
  switch (why) {
    case 'firewall':
      return [
        `az keyvault network-rule add --name ${word} --ip-address ${address ? shellWord(address) : '<address of Kluis>'}`,
      ];
    case 'access':
      return [accessCommand(place, obstacle.model ?? modelIn(part, place) ?? 'policies')];
    case 'key-vault':
      return goneCommands(part, obstacle);
    case 'key-disabled':
      return [`az keyvault key set-attributes ${ofVersion} --enabled true`];
    case 'secret-disabled':
      return [`az keyvault secret set-attributes ${ofVersion} --enabled true`];
    case 'staging':
      return [
        `az role assignment create --assignee <KLUIS_RESTORE_CLIENT_ID> --role kluis-restore-staging --scope $(az storage account show --name ${word} --query id -o tsv)`,
      ];
  }
}

/** A purged key vault has to be recreated: its access went with it. Nothing is recovered that may not exist. */
function goneCommands(part: PutBackPart, { place, gone }: Obstacle): string[] {
  if (gone?.is === 'deleted') return [`az keyvault recover --name ${shellWord(place)}`];
  if (gone?.is !== 'purged') return ['az keyvault list-deleted --resource-type vault'];
  const model = modelIn(part, place) ?? 'roles';
  const group = parseArmId(gone.id)?.resourceGroup;
  const [inGroup, at] = [
    group ? shellWord(group) : '<resource group>',
    gone.region ? shellWord(gone.region) : '<region>',
  ];
  const where = `--resource-group ${inGroup} --location ${at}`;
  const how = `--enabled-for-disk-encryption true --enable-rbac-authorization ${model === 'roles'}`;
  return [`az keyvault create --name ${shellWord(place)} ${where} ${how}`, accessCommand(place, model)];
}

type Model = NonNullable<Obstacle['model']>;

/** How a key vault gave access when the plan was made. */
function modelIn({ keyVaults }: PutBackPart, place: string): Model | null {
  return keyVaults?.find(({ name }) => name === place)?.model ?? null;
}

function accessCommand(place: string, model: Model): string {
  return model === 'roles'
    ? `az role assignment create --assignee <KLUIS_RESTORE_CLIENT_ID> --role kluis-put-keys-back --scope $(az keyvault show --name ${shellWord(place)} --query id -o tsv)`
    : `az keyvault set-policy --name ${shellWord(place)} --spn <KLUIS_RESTORE_CLIENT_ID> --key-permissions get recover restore --secret-permissions list set recover restore`;
}
