import { armId } from '../../../core/arm-id.ts';
import type { Json } from '../../../core/json.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { shortened } from './form/difference.ts';
import type { PolicyPart } from '../../parts/policy.ts';

/** The equivalent command, with the body that is sent. */
export function policyCommand(part: PolicyPart): string {
  return part.does === 'create-policy'
    ? `az backup policy create ${where(part)} --backup-management-type AzureIaasVM --policy ${bodyWord(part.body)}`
    : `az backup policy set ${where(part)} --policy ${bodyWord(part.body)}`;
}

/**
 * The command that reverts a changed policy. If points were deleted it would promise too much, so then there is none.
 */
export function undoCommand(part: PolicyPart): string | undefined {
  if (part.does === 'create-policy' || shortened(part.was, part.shape).length > 0) return undefined;
  const { protectedItemsCount: _, ...before } = part.before as Readonly<Record<string, Json>>;
  return `az backup policy set ${where(part)} --policy ${bodyWord(before)}`;
}

function where({ vaultId, shape }: PolicyPart): string {
  const { resourceGroup, name } = armId(vaultId);
  return `--resource-group ${shellWord(resourceGroup)} --vault-name ${shellWord(name)} --name ${shellWord(shape.name)}`;
}

function bodyWord(properties: Json): string {
  return shellWord(JSON.stringify({ properties }));
}
