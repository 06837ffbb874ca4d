#!/usr/bin/env bash
# Takes away everything that deploy/azuredeploy.json made: the resource group with the app, its bot and its database
# (and so the audit log: export it first), what its identities may do, and the roles. Not run against a real tenant.
#   SUBSCRIPTION=… deploy/down.sh [resource group]
set -euo pipefail
group=${1:-rg-kluis}
: "${SUBSCRIPTION:?the subscription that it was deployed to}"
read -r -p "Delete $group of $SUBSCRIPTION, with Kluis's database and audit log? Type the group's name: " typed
[ "$typed" = "$group" ] || { echo 'Nothing was deleted.' >&2; exit 1; }

for identity in kluis-operate kluis-grant kluis-restore kluis-bot; do
  object=$(az identity show --subscription "$SUBSCRIPTION" -g "$group" -n "$identity" --query principalId -o tsv)
  az role assignment list --subscription "$SUBSCRIPTION" --all --assignee "$object" --query '[].id' -o tsv |
    xargs -r az role assignment delete --ids
done
# The app registration of Slack's sign-in is yours: if you made one, delete it by its client id.
[ -z "${SIGN_IN_CLIENT_ID:-}" ] || az ad app delete --id "$SIGN_IN_CLIENT_ID"
vaults=$(az keyvault list --subscription "$SUBSCRIPTION" -g "$group" --query "[?starts_with(name, 'kv-kluis-')].name" -o tsv)
az group delete --subscription "$SUBSCRIPTION" -n "$group" --yes
# A deleted key vault keeps its name for 90 days, and its secrets with it: this one, and no other installation's.
for vault in $vaults; do az keyvault purge --subscription "$SUBSCRIPTION" --name "$vault"; done
# A role that another installation still has is kept: Azure refuses to delete one that is assigned.
# backup-key-reader stays while Azure Backup still has it somewhere: without it its backups of encrypted VMs fail.
az role definition list --subscription "$SUBSCRIPTION" --custom-role-only --query "[?starts_with(roleName, 'kluis-')].name" -o tsv |
  while read -r role; do az role definition delete --subscription "$SUBSCRIPTION" --name "$role" || true; done
az deployment sub delete --subscription "$SUBSCRIPTION" -n kluis || true
