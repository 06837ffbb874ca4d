import { AzureFault } from '../../../azure/faults.ts';
import type { AzureReads } from '../../../azure/gateway.ts';
import type { KluisConfig } from '../../../config/kluis-config.ts';
import type { GroupReads } from '../../../people/groups.ts';
import { namedGroups } from '../../../people/named-groups.ts';
import { backupApplicationId } from '../../../readiness/gather/reader.ts';
import { ok, problem, warning, type Finding } from '../finding.ts';

const about = 'Directory';

/** Azure Backup's object ID in this tenant, which grants and checks need. */
export async function checkBackupApplication(
  reads: Pick<AzureReads, 'servicePrincipalId'>,
  config: Pick<KluisConfig, 'azure'>,
): Promise<readonly Finding[]> {
  const set = config.azure.backupServiceObjectId?.toLowerCase() ?? null;
  try {
    const found = await reads.servicePrincipalId(backupApplicationId);
    return [judged(set, found?.toLowerCase() ?? null)];
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    if (set !== null)
      return [ok(about, `Azure Backup is ${set}, as kluis.yaml says; the directory can't be read to compare`)];
    const why = error.kind === 'forbidden' ? "Kluis can't read the directory" : error.message;
    const remedy = `Set azure.backupServiceObjectId (az ad sp show --id ${backupApplicationId} --query id -o tsv), or give the operating identity Application.Read.All of Microsoft Graph`;
    return [problem(about, `the identity of Azure Backup here is unknown: ${why}`, remedy)];
  }
}

function judged(set: string | null, found: string | null): Finding {
  if (found === null) {
    const remedy = 'Register it: az provider register --namespace Microsoft.RecoveryServices';
    return problem(about, "Azure Backup isn't in this tenant", remedy);
  }
  if (set === null || set === found) return ok(about, `Azure Backup is ${found}`);
  const remedy = 'Correct azure.backupServiceObjectId, or leave it out; otherwise grants go to someone else';
  return problem(about, `kluis.yaml says that Azure Backup is ${set}, and the directory says ${found}`, remedy);
}

/** Nobody has this ID: the directory says so, or that it can't be read. */
const nobody = '00000000-0000-4000-8000-000000000001';

/** Whether people's accounts, and the members of the groups that `kluis.yaml` names, can be read. */
export async function checkGroups(groups: GroupReads, config: KluisConfig): Promise<readonly Finding[]> {
  const named = namedGroups(config);
  const person = config.people.find(({ entra }) => entra)?.entra ?? nobody;
  const answer = await groups.memberOf(person, named);
  if (!('fault' in answer))
    return [
      ok(
        about,
        named.length === 0 ? "people's accounts can be read" : `the members of ${named.length} groups can be read`,
      ),
    ];
  const { fault } = answer;
  if (fault === 'forbidden') {
    const remedy =
      'Give the operating identity GroupMember.Read.All and User.Read.All of Microsoft Graph, as application permissions, with admin consent';
    return [problem(about, "people's accounts and groups can't be read, so nobody can do anything", remedy)];
  }
  return [
    warning(
      about,
      `Microsoft Graph didn't say who has an account and is in which group (${fault})`,
      'Try again; check the connection to graph.microsoft.com',
    ),
  ];
}
