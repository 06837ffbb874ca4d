/** Findings on the number, sizes and kinds of the disks, in Dutch. */
import type { diskFindingsEn } from './findings-disks.en.ts';
import { becauseNl } from './findings-unread.ts';

/** By code. */
export const diskFindingsNl: Record<
  keyof typeof diskFindingsEn,
  { readonly title: string; readonly short?: string; readonly text: string; readonly fix?: string }
> = {
  'disk-size.within': {
    title: 'Schijven binnen de grenzen',
    text: '{count, plural, one {# schijf} other {# schijven}}, de grootste {largest, number} GB.',
  },
  'disk-size.too-large-ade': {
    title: 'Schijf {disk} te groot',
    short: 'versleutelde schijf te groot',
    text: 'Schijf {disk} is {sizeGiB, number} GB groot. Met Azure Disk Encryption ondersteunt Azure Backup schijven tot {limit, number} GB.',
    fix: '{role, select, os {Zet gegevens van de OS-schijf op dataschijven en maak een kleinere OS-schijf, of stap over op versleuteling op de host (daar geldt deze grens niet).} other {Verdeel de gegevens over kleinere schijven, stap over op versleuteling op de host (daar geldt deze grens niet), of laat de schijf weg ("Schijven kiezen"), met een Enhanced-beleid.}}',
  },
  'disk-size.too-large': {
    title: 'Schijf {disk} te groot',
    short: 'schijf te groot',
    text: 'Schijf {disk} is {sizeGiB, number} GB groot. Azure Backup ondersteunt schijven tot {limit, number} GB.',
  },
  'disk-size.too-large-together': {
    title: 'Schijven samen te groot',
    text: 'De schijven van deze VM zijn samen {sumGiB, number} GB groot. Azure Backup ondersteunt tot {limit, number} GB per VM.',
    fix: 'Laat dataschijven weg ("Schijven kiezen"), met een Enhanced-beleid.',
  },
  'disk-size.too-many': {
    title: 'Te veel schijven',
    text: 'De VM heeft {count, number} schijven. Azure Backup ondersteunt er hooguit {limit, number}.',
  },
  'disk-size.many-ade': {
    title: 'Veel versleutelde schijven',
    text: '{count, number} schijven met Azure Disk Encryption: de back-up gaat goed, maar bij meer dan 16 schijven zet een herstel de versleutelingsinstellingen niet automatisch terug.',
    fix: 'Nu is er niets te doen. Een nieuwe VM die Kluis herstelt, krijgt de extensie; die zet ze terug.',
  },
  'disk-size.unknown': {
    title: 'Grootte van schijven onbekend',
    text: 'De grootte van {disks} kon niet worden gelezen, dus de grenzen konden niet worden gecontroleerd.',
  },
  'disk-choice.changed': {
    title: 'De schijven zijn veranderd',
    text: 'De dataschijven van de VM zijn niet meer dezelfde als bij het kiezen: er is een schijf bij gekomen, verdwenen of op een andere LUN gezet.',
    fix: 'Controleer opnieuw en kies de schijven daarna nog eens.',
  },
  'disk-kind.usual': { title: 'Schijftypen ondersteund', text: 'Geen schijftype dat aandacht vraagt.' },
  'disk-kind.unreadable': {
    title: 'Type van schijven onbekend',
    text: `Of Azure Backup {disks} ondersteunt, kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Geef Kluis daar zijn leesrol. Of probeer het toch: Azure controleert de schijven zelf, en bij een weigering verandert er niets.',
  },
  'disk-kind.unmanaged': {
    title: 'Onbeheerde schijven',
    text: 'Geen beheerde schijven: {disks}. Azure Backup ondersteunt alleen beheerde schijven.',
    fix: 'Zet ze om (de VM moet uitstaan): az vm convert --resource-group {group} --name {vm}',
  },
  'disk-kind.entra-access': {
    title: 'Schijven met Entra-toegang',
    text: 'De toegang tot de gegevens van {disks} is beperkt tot Entra-identiteiten. Zulke schijven kan Azure Backup niet lezen.',
    fix: 'Zet de verificatie voor gegevenstoegang van de schijven terug op None.',
  },
  'disk-kind.shared': {
    title: 'Gedeelde schijven',
    text: "Ook andere VM's kunnen deze schijven gebruiken: {disks}. Azure Backup maakt geen back-up van gedeelde schijven, maar een Enhanced-beleid kan ze weglaten.",
    fix: 'Laat ze weg, onder een Enhanced-beleid: druk op de kaart van de VM op "Schijven kiezen", of met de hand: {state, select, protected {az backup protection update-for-vm --resource-group {vaultGroup} --vault-name {vault} --container-name {container} --item-name {item} --disk-list-setting exclude --diskslist {luns}} other {az backup protection enable-for-vm --resource-group <groep> --vault-name <naam> --vm {vmId} --policy-name <Enhanced-beleid> --disk-list-setting exclude --diskslist {luns}}}',
  },
  'disk-kind.shared-left-out': {
    title: 'Gedeelde schijven weggelaten',
    text: '{disks}.',
  },
  'disk-kind.choice-ade': {
    title: 'Schijven weggelaten bij een versleutelde VM',
    short: 'versleutelde schijven weggelaten',
    text: 'De back-ups van deze VM laten schijven weg, en de schijven zijn versleuteld met Azure Disk Encryption. Azure weigert dat onder een Standard-beleid zoals {policy}.',
    fix: 'Zet de VM op een Enhanced-beleid, of maak een back-up van alle schijven ("Schijven kiezen").',
  },
  'disk-kind.enhanced-only': {
    title: 'Enhanced-beleid nodig voor schijven',
    text: 'Ultra of Premium SSD v2: {disks}.',
  },
};
