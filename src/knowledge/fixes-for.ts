import type { Entry } from './entry.ts';
import { eachFix, type Locale } from './words.ts';

/** What is known of the VM that failed; null: not known, so nothing is left out for it. */
export type About = {
  readonly os: 'Windows' | 'Linux' | null;
  readonly keyVault: { readonly id: string; readonly name: string; readonly model: 'policies' | 'roles' | null } | null;
  /** Whether Azure Backup has the access that it needs, as it was read now. */
  readonly hasAccess: boolean;
  readonly vm: { readonly name: string; readonly resourceGroup: string } | null;
};

/** For what kind of VM or key vault a fix is written: the table begins such a fix with its name. */
const kinds: readonly { readonly begins: RegExp; readonly isFor: (about: About) => boolean }[] = [
  { begins: /^Windows\b(?!.*\bLinux:)/, isFor: ({ os }) => os !== 'Linux' },
  { begins: /^Linux\b/, isFor: ({ os }) => os !== 'Windows' },
  { begins: /^Access-policy key vault/, isFor: (about) => !about.hasAccess && about.keyVault?.model !== 'roles' },
  { begins: /^Azure RBAC key vault/, isFor: (about) => !about.hasAccess && about.keyVault?.model !== 'policies' },
  { begins: /^Find the key vault the VM uses/, isFor: (about) => about.keyVault === null },
];

/** The fixes of an entry that fit this VM, in the order to try them, with the names of the places filled in. */
export function fixesFor(entry: Entry, locale: Locale, about: About): string[] {
  const fits = entry.fixes.map((fix) => kinds.every(({ begins, isFor }) => !begins.test(fix) || isFor(about)));
  return eachFix(entry, locale).flatMap((fix, index) => (fix !== null && fits[index] ? [filledIn(fix, about)] : []));
}

function filledIn(fix: string, { vm, keyVault }: About): string {
  const named = vm === null ? fix : withVm(fix, vm);
  if (keyVault === null) return named;
  const keyVaultGroup = keyVault.id.split('/')[4] ?? '<kv-rg>';
  return named
    .replaceAll('<id of kv>', keyVault.id)
    .replaceAll('<kv>', keyVault.name)
    .replaceAll('<kv-rg>', keyVaultGroup);
}

/**
 * `<rg>` beside a VM is its group; where a fix speaks of a Recovery Services vault as well, it is left to the reader.
 */
function withVm(fix: string, vm: { readonly name: string; readonly resourceGroup: string }): string {
  const group = /<vault>/.test(fix) ? fix : fix.replaceAll('<rg>', vm.resourceGroup);
  return group.replaceAll('<vm>', vm.name);
}
