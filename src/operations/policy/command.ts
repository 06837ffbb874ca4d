import { armId } from '../../core/arm-id.ts';
import type { Json } from '../../core/json.ts';
import type { PolicyPart } from './plan.ts';

/** The equivalent command, with the body that is sent. */
export function policyCommand(part: PolicyPart): string {
  return part.does === 'create-policy'
    ? `az backup policy create ${where(part)} --backup-management-type AzureIaasVM --policy ${quoted(part.body)}`
    : `az backup policy set ${where(part)} --policy ${quoted(part.body)}`;
}

/** The command that puts a changed policy back; points that were deleted meanwhile do not come back with it. */
export function undoCommand(part: PolicyPart): string | undefined {
  return part.does === 'change-policy'
    ? `az backup policy set ${where(part)} --policy ${quoted(part.before)}`
    : undefined;
}

function where({ vaultId, shape }: PolicyPart): string {
  const { resourceGroup, name } = armId(vaultId);
  return `--resource-group ${resourceGroup} --vault-name ${name} --name '${shape.name}'`;
}

/** A text in single quotes, as a shell takes it. */
function quoted(properties: Json): string {
  return `'${JSON.stringify({ properties }).replaceAll("'", `'\\''`)}'`;
}
