/** Findings on Recovery Services vaults, policies, Azure's own answer, locks and Kluis's permissions, in Dutch. */
import type { destinationFindingsEn } from './findings-destination.en.ts';
import { becauseNl } from './findings-unread.ts';

/** By code; also the reasons against a destination. */
export const destinationFindingsNl: Record<
  keyof typeof destinationFindingsEn,
  { readonly title: string; readonly short?: string; readonly text: string; readonly fix?: string }
> = {
  'vault.found': { title: 'Recovery Services-kluis', text: 'In de regio en het abonnement van de VM: {vaults}.' },
  'vault.none': {
    title: 'Geen Recovery Services-kluis',
    text: 'Dit abonnement heeft geen Recovery Services-kluis. Back-ups gaan naar een Recovery Services-kluis in de regio ({region}) en het abonnement van de VM.',
    fix: 'Maak er een: az backup vault create --name <naam> --resource-group <groep> --location {region}',
  },
  'vault.none-here': {
    title: 'Geen Recovery Services-kluis in deze regio',
    text: 'Er is geen Recovery Services-kluis in {region}. Back-ups blijven in de regio en het abonnement van de VM. Jullie Recovery Services-kluizen: {others}.',
    fix: 'Maak er een: az backup vault create --name <naam> --resource-group <groep> --location {region}',
  },
  'vault.unreadable': {
    title: 'Recovery Services-kluizen konden niet worden gelezen',
    text: `Welke Recovery Services-kluizen er in {region} zijn, kon niet worden gelezen: ${becauseNl}.`,
  },
  'policy.fits': { title: 'Er is beleid dat past', text: 'Minstens één beleid past bij deze VM.' },
  'policy.in-force': { title: 'Beleid', text: '{policy} past bij deze VM.' },
  'policy.in-force-crash-consistent': {
    title: 'Het beleid past niet bij deze VM',
    text: 'Beleid {policy} maakt alleen crashconsistente momentopnamen, zonder de agent. Die maakt Azure niet van een VM met deze grootte of deze schijven.',
    fix: 'Zet de VM op een ander beleid.',
  },
  'policy.in-force-unfit': {
    title: 'Het beleid past niet bij de schijven',
    text: '{policy} is een Standard-beleid; voor {disks} is een Enhanced-beleid nodig.',
    fix: 'Zet de VM op een Enhanced-beleid van dezelfde Recovery Services-kluis.',
  },
  'policy.none': {
    title: 'Geen beleid past',
    text: 'Geen beleid in {vaults} past bij deze VM.',
    fix: 'Maak daar een beleid, of kies een andere Recovery Services-kluis.',
  },
  'policy.none-fits': {
    title: 'Geen beleid past bij de schijven',
    text: 'Voor {disks} is een Enhanced-beleid nodig, en in {vaults} is er geen.',
    fix: 'Maak daar een Enhanced-beleid, of kies een andere Recovery Services-kluis.',
  },
  'policy.none-for-choice': {
    title: 'Geen beleid kan schijven weglaten',
    text: 'Schijven weglaten bij een VM met Azure Disk Encryption kan alleen met een Enhanced-beleid, en in {vaults} is er geen.',
    fix: 'Maak daar een Enhanced-beleid, of maak een back-up van alle schijven van de VM.',
  },
  'policy.unreadable': {
    title: 'Beleid kon niet worden gelezen',
    text: `Het beleid van Recovery Services-kluis {vault} kon niet worden gelezen: ${becauseNl}.`,
  },
  'azure-says.yes': { title: 'Controle door Azure zelf', text: 'Azure zou deze VM in {vault} beveiligen.' },
  'azure-says.no': {
    title: 'Azure weigert',
    text: 'De controle vooraf van Azure weigert deze VM in {vault} te beveiligen: {azureCode}. Azure zegt: {says} {recommends}',
  },
  'azure-says.unreadable': {
    title: 'Controle door Azure zelf lukte niet',
    text: `Azure kon niet worden gevraagd of het deze VM in {vault} zou beveiligen: ${becauseNl}.`,
    fix: 'Geef Kluis zijn leesrol op het abonnement: Azure geeft dit antwoord alleen op abonnementsniveau.',
  },
  'provider.registered': {
    title: 'Provider',
    text: '{provider} is geregistreerd in dit abonnement.',
  },
  'provider.registering': {
    title: 'Provider wordt geregistreerd',
    text: 'Azure registreert {provider} in dit abonnement; dat duurt een paar minuten. Wat hier wordt gestart, wacht daarop.',
    fix: 'az provider show --namespace {provider} --subscription {subscription} --query registrationState',
  },
  'provider.missing': {
    title: 'Provider niet geregistreerd',
    text: '{provider} is niet geregistreerd in dit abonnement; er kunnen dus geen back-ups worden gemaakt.',
    fix: 'az provider register --namespace {provider} --subscription {subscription}',
  },
  'provider.unreadable': {
    title: 'Provider kon niet worden gelezen',
    text: `Of {provider} in dit abonnement geregistreerd is, kon niet worden gelezen: ${becauseNl}.`,
  },

  'locks.none': { title: 'Geen vergrendeling in de weg', text: 'Geen vergrendeling houdt de back-up tegen.' },
  'locks.vm-read-only': {
    title: 'Alleen-lezenvergrendeling op {vm}',
    short: 'alleen-lezenvergrendeling',
    text: 'Vergrendeling {lock} maakt {vm} alleen-lezen. Azure kan de back-upextensie misschien niet installeren.',
    fix: 'Vraag de eigenaar de vergrendeling te verwijderen, of te vervangen door een vergrendeling die alleen verwijderen tegenhoudt.',
  },
  'locks.key-vault-read-only': {
    title: 'Alleen-lezenvergrendeling op {keyVault}',
    short: 'vergrendeling op de sleutelkluis',
    text: 'Vergrendeling {lock} maakt sleutelkluis {keyVault} alleen-lezen, dus niemand kan daar toegang geven.',
    fix: 'Vraag de eigenaar de vergrendeling te verwijderen terwijl er toegang wordt gegeven.',
  },
  'locks.backup-group': {
    title: 'Vergrendeling op de groep van de herstelpunten',
    short: 'vergrendeling op de herstelpunten',
    text: 'Vergrendeling {lock} geldt voor {group}, waar Azure Backup zijn herstelpunten bewaart (nu {points, number}). Azure kan daar het oudste niet verwijderen, en bij 18 stoppen de back-ups.',
    fix: 'Verwijder de vergrendeling van {group}. De herstelpunten worden beschermd door voorlopig verwijderen, niet door deze vergrendeling.',
  },
  'locks.unreadable': {
    title: 'Vergrendelingen op {what} konden niet worden gelezen',
    text: `Of er een vergrendeling op {what} staat, kon niet worden gelezen: ${becauseNl}.`,
  },
  'bot.may': { title: 'Machtigingen van Kluis', text: "Kluis kan VM's beveiligen in {vault}." },
  'bot.may-not': {
    title: 'Kluis mist machtigingen',
    text: 'Kluis mist machtigingen in {vaults}: {actions}. Daarom is er geen knop; in de portal kun je het met je eigen machtigingen doen.',
    fix: 'Geef Kluis zijn rollen voor beveiligen en voor back-ups op de groep van de Recovery Services-kluis en controleer opnieuw.',
  },
  'bot.unreadable': {
    title: 'Machtigingen van Kluis konden niet worden gelezen',
    text: `De machtigingen van Kluis in Recovery Services-kluis {vault} konden niet worden gelezen: ${becauseNl}.`,
  },

  'destination.other-vault': { title: 'Beveiligd in {vault}', text: 'de VM hoort bij {vault}' },
  'destination.region': { title: 'Andere regio', text: 'staat in {region}; de VM in {vmRegion}' },
  'destination.soft-deleted': {
    title: 'Verwijderde back-ups',
    text: 'heeft verwijderde back-ups van de VM, en kan de VM pas opnemen als die zijn teruggehaald of weg zijn',
  },
  'destination.subscription': {
    title: 'Ander abonnement',
    text: 'staat in abonnement {subscription}, niet dat van de VM',
  },
  'destination.no-right': { title: 'Kluis mist machtigingen', text: 'Kluis mist daar {actions}' },
  'destination.no-policy': { title: 'Geen passend beleid', text: 'geen beleid daar past bij deze VM' },
  'destination.azure-refuses': { title: 'Azure weigert', text: 'Azure weigert: {azureCode}. {says}' },
  'policy.shared-disk': {
    title: 'Gedeelde schijf',
    text: 'een Standard-beleid, dat gedeelde schijven ({disks}) niet kan weglaten',
  },
  'policy.crash-consistent': {
    title: 'Alleen crashconsistent',
    text: 'een beleid met alleen crashconsistente momentopnamen, die Azure niet maakt bij deze grootte of deze schijven',
  },
  'policy.disks-of-ade': {
    title: 'Azure Disk Encryption',
    text: 'een Standard-beleid, dat bij een VM met Azure Disk Encryption geen schijven kan weglaten',
  },
  'policy.extended-zone': {
    title: 'Extended Zone',
    text: 'een Standard-beleid; een VM in Extended Zone {zone} heeft een Enhanced-beleid nodig',
  },
  'policy.needs-agent': { title: 'Agent nodig', text: 'een beleid dat via de VM-agent en zijn extensie werkt' },
  'policy.needs-enhanced': {
    title: 'Enhanced nodig',
    text: 'een Standard-beleid, dat niet past bij {disks}',
  },
};
