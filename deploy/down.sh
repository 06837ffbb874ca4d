#!/usr/bin/env bash
# Takes away everything that deploy/azuredeploy.json or azuredeploy.mg.json made: the resource group with the app, its
# bot and its database (and so the audit log: export it first), what its identities may do in any subscription, the
# roles, and the records of the deployments. Not run against a real tenant.
#   SUBSCRIPTION=… [MANAGEMENT_GROUP=…] [SIGN_IN_CLIENT_ID=…] deploy/down.sh [resource group]
# SIGN_IN_CLIENT_ID: the app registration that you made for Slack's sign-in.
set -euo pipefail
group=${1:-rg-kluis}
: "${SUBSCRIPTION:?the subscription that it was deployed to}"
read -r -p "Delete $group of $SUBSCRIPTION, with Kluis's database and audit log? Type the group's name: " typed
[ "$typed" = "$group" ] || { echo 'Nothing was deleted.' >&2; exit 1; }

# Nothing where it is gone, as in a second run.
object() { az identity show --subscription "$SUBSCRIPTION" -g "$group" -n "$1" --query principalId -o tsv || true; }
# The roles tell in which other subscriptions Kluis may work.
others=$(az role definition list --subscription "$SUBSCRIPTION" --custom-role-only --query "[?roleName=='kluis-reader'].assignableScopes[]" -o tsv |
  sed 's|^/subscriptions/||' | { grep -vixF "$SUBSCRIPTION" || true; })
# The image may be in a registry of yet another one.
registry=$(az deployment sub show --subscription "$SUBSCRIPTION" -n kluis --query properties.parameters.registryId.value -o tsv |
  cut -s -d/ -f3 || true)
restore=$(object kluis-restore)
assigned=''
for identity in kluis-operate kluis-grant kluis-restore kluis-bot; do
  id=$(object "$identity")
  [ -n "$id" ] || continue
  for subscription in $(printf '%s\n' "$SUBSCRIPTION" $others $registry | sort -fu); do
    # Each line is an assignment and its scope.
    assigned+=$(az role assignment list --subscription "$subscription" --all --assignee "$id" --query '[].[id, scope]' -o tsv)$'\n'
  done
done
scopes=$(cut -s -f2 <<< "$assigned" | sort -u)
# Key vaults with access policies. What Kluis gave to Azure Backup stays: without it its backups fail.
for vault in $(grep -v "/resourceGroups/$group/" <<< "$scopes" | sed -n 's|^/subscriptions/\([^/]*\)/.*/Microsoft.KeyVault/vaults/\([^/]*\)$|\1/\2|p'); do
  az keyvault delete-policy --subscription "${vault%/*}" --name "${vault#*/}" --object-id "$restore" -o none || true
done
cut -s -f1 <<< "$assigned" | xargs -r az role assignment delete --ids
[ -z "${SIGN_IN_CLIENT_ID:-}" ] || az ad app delete --id "$SIGN_IN_CLIENT_ID"
if [ "$(az group exists --subscription "$SUBSCRIPTION" -n "$group")" = true ]; then
  vaults=$(az keyvault list --subscription "$SUBSCRIPTION" -g "$group" --query "[?starts_with(name, 'kv-kluis-')].name" -o tsv)
  # Deleted with its group only, a workspace keeps its name and its logs for 14 days.
  az monitor log-analytics workspace delete --subscription "$SUBSCRIPTION" -g "$group" -n log-kluis --force true --yes || true
  az group delete --subscription "$SUBSCRIPTION" -n "$group" --yes
  # A deleted key vault keeps its name for 90 days, and its secrets with it: this one, and no other installation's.
  for vault in $vaults; do az keyvault purge --subscription "$SUBSCRIPTION" --name "$vault"; done
fi
# A role that is assigned is kept, because Azure refuses to delete it: one that another installation has, and
# backup-key-reader while Azure Backup has it somewhere.
az role definition list --subscription "$SUBSCRIPTION" --custom-role-only \
  --query "[?starts_with(roleName, 'kluis-') || roleName=='backup-key-reader'].name" -o tsv |
  while read -r role; do az role definition delete --subscription "$SUBSCRIPTION" --name "$role" || true; done

# The records of the deployments: of the groups, of each subscription, of the management group.
for at in $(sed -n 's|^/subscriptions/\([^/]*\)/resourceGroups/\([^/]*\).*|\1/\2|p' <<< "$scopes" | sort -fu); do
  [ "${at#*/}" = "$group" ] || az deployment group list --subscription "${at%/*}" -g "${at#*/}" --query "[?starts_with(name, 'kluis-')].name" -o tsv |
    xargs -r -n1 az deployment group delete --subscription "${at%/*}" -g "${at#*/}" -n
done
for subscription in $others; do
  az deployment sub list --subscription "$subscription" --query "[?starts_with(name, 'kluis-access-')].name" -o tsv |
    xargs -r -n1 az deployment sub delete --subscription "$subscription" -n
done
az deployment sub delete --subscription "$SUBSCRIPTION" -n kluis || true
[ -z "${MANAGEMENT_GROUP:-}" ] || az deployment mg delete -m "$MANAGEMENT_GROUP" -n kluis
