/**
 * Fixes of the documentation that are not given literally: two rewrite every access policy of a key vault, where the
 * last writer wins; one gives a service permission to delete and purge; and they speak of another cloud. Their
 * replacements give the same access, and nothing else.
 */
type Instead = { readonly begins: RegExp; readonly instead: Readonly<Record<'en' | 'nl', string>> | null };

const entry =
  '{"properties":{"accessPolicies":[{"tenantId":"<tenant>","objectId":"<object id of Backup Management Service>",' +
  '"permissions":{"keys":["get","list","backup"],"secrets":["get","list","backup"]}}]}}';
const addPolicy = `az rest --method put --url https://management.azure.com<id of kv>/accessPolicies/add'?api-version=2023-07-01' --body '${entry}'`;
const assignRole =
  'az role assignment create --assignee-object-id <object id of Backup Management Service> --assignee-principal-type ServicePrincipal --role <that role> --scope <id of kv>';

const never: readonly Instead[] = [
  {
    begins: /^(Access-policy key vault|Sleutelkluis met toegangsbeleid), PowerShell: Set-AzKeyVaultAccessPolicy/,
    instead: null,
  },
  {
    begins: /^(Access-policy key vault|Sleutelkluis met toegangsbeleid), CLI: az keyvault set-policy/,
    instead: {
      en: `Access-policy key vault, CLI, which adds one entry and leaves the others alone: ${addPolicy}`,
      nl: `Sleutelkluis met toegangsbeleid, CLI, die één vermelding toevoegt en de andere laat staan: ${addPolicy}`,
    },
  },
  {
    begins: /^(Azure RBAC key vault|Sleutelkluis met Azure RBAC):.*'Key Vault Administrator'/,
    instead: {
      en: `Azure RBAC key vault: give the application 'Backup Management Service' a custom role with the five data actions in encrypted-vm-rules.md: ${assignRole}`,
      nl: `Sleutelkluis met Azure RBAC: geef de toepassing 'Backup Management Service' een aangepaste rol met de vijf data-acties uit encrypted-vm-rules.md: ${assignRole}`,
    },
  },
];

/** A fix as it is given to a person; null where it is not given at all. */
export function advised(fix: string, locale: 'en' | 'nl'): string | null {
  const found = never.find(({ begins }) => begins.test(fix));
  return found ? (found.instead?.[locale] ?? null) : fix;
}
