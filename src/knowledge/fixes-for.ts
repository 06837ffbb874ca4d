import { parseArmId } from '../core/arm-id.ts';
import { shellWord } from '../core/shell-word.ts';
import type { Entry } from './entry.ts';
import { eachFix, type Locale } from './words.ts';

/** What is known of the VM that failed; null: not known, so nothing is left out for it. */
export type About = {
  readonly os: 'Windows' | 'Linux' | null;
  readonly keyVault: { readonly id: string; readonly name: string; readonly model: 'policies' | 'roles' | null } | null;
  /** Whether Azure Backup has the access that it needs, as it was read now. */
  readonly hasAccess: boolean;
  /** `resourceGroup` null: not known. */
  readonly vm: { readonly name: string; readonly resourceGroup: string | null } | null;
  /** The Recovery Services vault of its backups, by its ID. */
  readonly vaultId: string | null;
};

/** For what kind of VM or key vault a fix is written: the table begins such a fix with its name. */
const kinds: readonly { readonly begins: RegExp; readonly isFor: (about: About) => boolean }[] = [
  { begins: /^Windows\b(?!.*\bLinux:)/, isFor: ({ os }) => os !== 'Linux' },
  { begins: /^Linux\b/, isFor: ({ os }) => os !== 'Windows' },
  { begins: /^Access-policy key vault/, isFor: (about) => !about.hasAccess && about.keyVault?.model !== 'roles' },
  { begins: /^Azure RBAC key vault/, isFor: (about) => !about.hasAccess && about.keyVault?.model !== 'policies' },
  { begins: /^Find the key vault the VM uses/, isFor: (about) => about.keyVault === null },
];

/** How long a backup that is requested by hand is kept, as what Kluis requests is, in days. */
const keepDays = 30;

/** What is said of what nobody here can know, so that nothing is pasted with a hole in it. */
const fillIn: Readonly<Record<Locale, string>> = { en: 'Fill in yourself:', nl: 'Zelf in te vullen:' };

/**
 * The fixes of an entry that fit this VM, in the order to try them, with the names of the places filled in; what is
 * not known is named behind the command. `now`: from when a backup is kept.
 */
export function fixesFor(entry: Entry, { locale, now }: { locale: Locale; now: Date }, about: About): string[] {
  const fits = entry.fixes.map((fix) => kinds.every(({ begins, isFor }) => !begins.test(fix) || isFor(about)));
  return eachFix(entry, locale).flatMap((fix, index) =>
    fix !== null && fits[index] ? [withHoles(filledIn(fix, about, now), locale)] : [],
  );
}

function withHoles(fix: string, locale: Locale): string {
  // A name that Azure gives, such as AzureBackupRG_<Geo>_<number>, is to be found, not made up.
  const holes = [...new Set(fix.match(/(?<!_)<[^<>]+>/g))];
  return holes.length === 0 ? fix : `${fix} ${fillIn[locale]} ${holes.join(', ')}.`;
}

function filledIn(fix: string, { vm, keyVault, vaultId }: About, now: Date): string {
  const known = new Map<string, string | null | undefined>([
    ['<dd-mm-yyyy>', dayOf(new Date(now.getTime() + keepDays * 86_400_000))],
    ['<id of kv>', keyVault?.id],
    ['<kv>', keyVault?.name],
    ['<kv-rg>', keyVault && parseArmId(keyVault.id)?.resourceGroup],
    ...placesOf(fix, vm, vaultId),
  ]);
  return [...known].reduce(
    (text, [hole, value]) => (value ? text.replaceAll(hole, () => shellWord(value)) : text),
    fix,
  );
}

/**
 * In a fix that names the VM, `<rg>` is the group of its Recovery Services vault where it names that too, else the
 * VM's own. Elsewhere it is the group of something that is to be made or chosen.
 */
function placesOf(fix: string, vm: About['vm'], vaultId: string | null): [string, string | null | undefined][] {
  if (!fix.includes('<vm>')) return [];
  const vault = vaultId === null ? null : parseArmId(vaultId);
  return [
    ['<vm>', vm?.name],
    ['<vault>', vault?.name],
    ['<rg>', fix.includes('<vault>') ? vault?.resourceGroup : vm?.resourceGroup],
  ];
}

/** As the Azure CLI takes a day: `31-12-2026`. */
function dayOf(date: Date): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split('-');
  return `${day}-${month}-${year}`;
}
