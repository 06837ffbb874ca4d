/** Findings on key vaults, rights, keys and secrets, in Dutch. */
import type { keyFindingsEn } from './findings-keys.en.ts';
import { becauseNl } from './findings-unread.ts';

/** By code. */
export const keyFindingsNl: Record<
  keyof typeof keyFindingsEn,
  { readonly title: string; readonly text: string; readonly fix?: string }
> = {
  'key-vault.found': {
    title: 'Sleutelkluis {keyVault}',
    text: 'Sleutelkluis {keyVault} is er; daarin {holds, select, bek {ligt de schijfsleutel (BEK)} kek {ligt de sleutel om de schijfsleutel (KEK)} other {liggen de schijfsleutel (BEK) en de sleutel eromheen (KEK)}}.',
  },
  'key-vault.deleted': {
    title: 'Sleutelkluis {keyVault} is verwijderd',
    text: 'Sleutelkluis {keyVault} is verwijderd en tot {purgeAt} terug te halen. Zonder haar kan Azure de schijfsleutels niet kopiëren en de VM niet starten.',
    fix: '1. Haal haar terug, maak geen nieuwe (de naam is bezet): az keyvault recover --name {keyVault} 2. Controleer opnieuw: toegangsbeleid komt mee terug, roltoewijzingen niet.',
  },
  'key-vault.gone': {
    title: 'Sleutelkluis {keyVault} is weg',
    text: 'Sleutelkluis {keyVault} bestaat niet meer en is niet terug te halen; Azure kan de schijfsleutels dus niet kopiëren. Eerdere herstelpunten hebben hun eigen kopie.',
    fix: 'Maak een sleutelkluis met deze naam in de regio van de VM en zet sleutel en geheim terug uit een herstelpunt.',
  },
  'key-vault.unreadable': {
    title: 'Sleutelkluis {keyVault} kon niet worden gelezen',
    text: `Of Azure Backup bij de schijfsleutels in sleutelkluis {keyVault} kan, kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Geef de bot daar zijn leesrol. Of probeer het toch: Azure controleert de toegang zelf en weigert zonder gevolgen.',
  },
  'key-vault.missing-unclear': {
    title: 'Sleutelkluis {keyVault} is er niet',
    text: `Sleutelkluis {keyVault} is er niet. Of ze is verwijderd en terug te halen is, kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Zoek haar bij de verwijderde: az keyvault list-deleted',
  },

  'principal.found': {
    title: 'Azure Backup is hier bekend',
    text: 'De toepassing "Backup Management Service" van Microsoft zelf is in deze tenant geregistreerd.',
  },
  'principal.missing': {
    title: 'Azure Backup is onbekend in deze tenant',
    text: 'De toepassing "Backup Management Service" van Microsoft is niet geregistreerd in deze tenant; niemand kan haar dus toegang tot schijfsleutels geven.',
    fix: 'Registreer de provider: az provider register --namespace Microsoft.RecoveryServices',
  },
  'principal.missing-proven': {
    title: 'Azure Backup niet gevonden in deze tenant',
    text: 'De toepassing "Backup Management Service" van Microsoft is in deze tenant niet gevonden. De laatste back-up van de versleutelde schijven is toch gelukt; zeker is het dus niet dat de volgende mislukt.',
  },
  'principal.unreadable': {
    title: 'Wie Azure Backup hier is, kon niet worden gelezen',
    text: `De object-id van "Backup Management Service" van Microsoft in deze tenant kon niet worden gelezen: ${becauseNl}. Zonder die id is de toegang tot schijfsleutels niet te controleren.`,
    fix: '1. Zet azure.backupServiceObjectId in kluis.yaml; de waarde komt uit: az ad sp show --id 262044b1-e2ce-469f-a196-69ab7ada62d3 --query id 2. Of geef de bot Application.Read.All.',
  },

  'rights.policies-complete': {
    title: 'Toegang tot sleutelkluis {keyVault}',
    text: 'Azure Backup kan de schijfsleutels in sleutelkluis {keyVault} lezen en kopiëren (toegangsbeleid).',
  },
  'rights.policies-missing': {
    title: 'Toegang tot sleutelkluis {keyVault} ontbreekt',
    text: 'Azure Backup mist rechten in sleutelkluis {keyVault}: {groups, select, keys {{missingKeys} op sleutels} secrets {{missingSecrets} op geheimen} other {{missingKeys} op sleutels, {missingSecrets} op geheimen}}. Zonder kopie van de schijfsleutels kan een herstelde schijf niet worden ontgrendeld, en daarom weigert Azure de back-up.',
    fix: 'Voeg de ontbrekende rechten voor "Backup Management Service" van Microsoft toe aan het toegangsbeleid. Er wordt niets weggenomen, en het kan ongedaan worden gemaakt.',
  },
  'rights.policies-missing-proven': {
    title: 'Toegang tot sleutelkluis {keyVault} lijkt onvolledig',
    text: 'Azure Backup lijkt rechten te missen in sleutelkluis {keyVault}: {groups, select, keys {{missingKeys} op sleutels} secrets {{missingSecrets} op geheimen} other {{missingKeys} op sleutels, {missingSecrets} op geheimen}}. De laatste back-up van de versleutelde schijven is toch gelukt.',
    fix: 'Voeg de ontbrekende rechten voor "Backup Management Service" van Microsoft toe, zodat de volgende back-up er niet van afhangt.',
  },
  'rights.policies-secrets-backup': {
    title: 'Eén recht in {keyVault} dat misschien nodig is',
    text: "In sleutelkluis {keyVault} ontbreekt alleen het recht om geheimen te kopiëren. De pagina's van Microsoft zijn het oneens of dat naast een KEK nodig is.",
    fix: 'Toevoegen kan geen kwaad: backup op geheimen, voor "Backup Management Service" van Microsoft.',
  },
  'rights.roles-complete': {
    title: 'Toegang tot sleutelkluis {keyVault}',
    text: 'Azure Backup kan de schijfsleutels in sleutelkluis {keyVault} lezen en kopiëren: rol {role}, {level, select, here {gegeven op de sleutelkluis zelf} group {geërfd van de resourcegroep} subscription {geërfd van het abonnement} managementGroup {geërfd van een beheergroep} other {gegeven op {scope}}}{through, select, group {, via een groep} other {}}.',
  },
  'rights.roles-missing': {
    title: 'Toegang tot sleutelkluis {keyVault} ontbreekt',
    text: 'Azure Backup mist rechten in sleutelkluis {keyVault}: {missingActions}. Zonder kopie van de schijfsleutels kan een herstelde schijf niet worden ontgrendeld, en daarom weigert Azure de back-up. (Toewijzingen via Azure Lighthouse zijn hier niet te zien.)',
    fix: 'Geef "Backup Management Service" van Microsoft de rol backup-key-reader op de sleutelkluis. Die werkt na hooguit 10 minuten.',
  },
  'rights.roles-missing-proven': {
    title: 'Toegang tot sleutelkluis {keyVault} lijkt onvolledig',
    text: 'Azure Backup lijkt rechten te missen in sleutelkluis {keyVault}: {missingActions}. De laatste back-up van de versleutelde schijven is toch gelukt; toewijzingen via Azure Lighthouse zijn hier niet te zien.',
    fix: 'Geef "Backup Management Service" van Microsoft de rol backup-key-reader op de sleutelkluis.',
  },
  'rights.roles-denied': {
    title: 'Toegang tot sleutelkluis {keyVault} geweigerd',
    text: 'Een weigeringstoewijzing op sleutelkluis {keyVault} ontneemt Azure Backup: {denied}. Die gaat boven elke rol; een rol geven helpt dus niet.',
    fix: 'Wie de weigeringstoewijzing heeft gemaakt (vaak een beheerde toepassing of een implementatiestack) moet "Backup Management Service" uitzonderen.',
  },
  'rights.roles-denied-proven': {
    title: 'Toegang tot sleutelkluis {keyVault} lijkt geweigerd',
    text: 'Een weigeringstoewijzing op sleutelkluis {keyVault} lijkt Azure Backup te ontnemen: {denied}. De laatste back-up van de versleutelde schijven is toch gelukt.',
    fix: 'Laat "Backup Management Service" uitzonderen van de weigeringstoewijzing, zodat de volgende back-up er niet van afhangt.',
  },
  'rights.roles-condition': {
    title: 'Toegang tot sleutelkluis {keyVault} onder voorwaarde',
    text: 'Azure Backup heeft zijn rechten in sleutelkluis {keyVault} alleen onder een voorwaarde (rol {role}). Of die bij een back-up opgaat, is hier niet bekend.',
    fix: 'Probeer het toch: Azure controleert het. Of geef de rol nog eens, zonder voorwaarde.',
  },
  'rights.roles-unreadable': {
    title: 'Rollen op sleutelkluis {keyVault} konden niet worden gelezen',
    text: `Welke rollen Azure Backup op sleutelkluis {keyVault} heeft, kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Geef de bot daar zijn leesrol. Of probeer het toch: Azure controleert de toegang zelf en weigert zonder gevolgen.',
  },

  'firewall.open': {
    title: 'Netwerk van {keyVault}',
    text: 'De firewall van sleutelkluis {keyVault} laat Azure Backup door.',
  },
  'firewall.trusted': {
    title: 'Netwerk van {keyVault}',
    text: 'Sleutelkluis {keyVault} is dicht voor het publiek en laat vertrouwde Microsoft-services door; Azure Backup is er een van.',
  },
  'firewall.shut': {
    title: 'Firewall van {keyVault} sluit Azure Backup buiten',
    text: 'De firewall van sleutelkluis {keyVault} laat geen Microsoft-services door, ook geen vertrouwde. Azure Backup kan niet bij de schijfsleutels, welke rechten het ook heeft.',
    fix: 'Sta vertrouwde Microsoft-services toe: az keyvault update --name {keyVault} --bypass AzureServices',
  },
  'firewall.perimeter': {
    title: '{keyVault} ligt in een netwerkbeveiligingsperimeter',
    text: 'Sleutelkluis {keyVault} ligt in een netwerkbeveiligingsperimeter. Of die Azure Backup doorlaat, is van hieruit niet te zien.',
    fix: 'Probeer het toch: Azure controleert het en weigert zonder gevolgen.',
  },

  'kek-version.enabled': {
    title: 'KEK {key}',
    text: 'Sleutel {key} is aanwezig in sleutelkluis {keyVault} en ingeschakeld.',
  },
  'kek-version.absent': {
    title: 'KEK {key} ontbreekt',
    text: 'De versie van sleutel {key} die om de schijfsleutels van {disks} zit, ligt niet in sleutelkluis {keyVault}. Wat er niet is, kan Azure niet kopiëren, en de VM start zonder haar niet meer.',
    fix: '1. Is ze verwijderd, haal haar dan terug: az keyvault key recover --vault-name {keyVault} --name {key} 2. Zet haar anders terug uit een herstelpunt.',
  },
  'kek-version.disabled': {
    title: 'KEK {key} is uitgeschakeld',
    text: 'De versie van sleutel {key} in sleutelkluis {keyVault} die om de schijfsleutels van {disks} zit, is uitgeschakeld. Azure weigert de back-up misschien (Microsoft zegt het niet), en zonder haar start de VM niet meer.',
    fix: 'Schakel haar in: az keyvault key set-attributes --vault-name {keyVault} --name {key} --version {version} --enabled true',
  },
  'kek-version.expired': {
    title: 'KEK {key} is verlopen',
    text: 'Sleutel {key} in sleutelkluis {keyVault} is op {expiredAt} verlopen. Ontgrendelen doet ze nog, dus de VM start en back-ups lukken; nieuwe schijven kunnen er niet meer mee worden versleuteld.',
    fix: 'Plan een nieuwe sleutelversie en versleutel daarmee opnieuw.',
  },
  'kek-version.many': {
    title: 'KEK {key} heeft heel veel versies',
    text: 'Sleutel {key} in sleutelkluis {keyVault} heeft {count, number} versies. Een sleutel met meer dan 500 kan Key Vault niet kopiëren.',
    fix: 'Wissel minder vaak van versie, of stap voor de 500 over op een nieuwe sleutel.',
  },
  'kek-version.others': {
    title: 'KEK {key} heeft meer versies',
    text: 'Sleutel {key} heeft {count, number} versies; de schijven gebruiken {version}. Goed om te weten bij een herstel.',
  },
  'kek-version.unreadable': {
    title: 'KEK {key} kon niet worden gelezen',
    text: `Of sleutel {key} in sleutelkluis {keyVault} aanwezig en ingeschakeld is, kon niet worden gelezen: ${becauseNl}.`,
  },
  'kek-version.versions-unreadable': {
    title: 'Versies van KEK {key} konden niet worden geteld',
    text: `Hoeveel versies sleutel {key} in sleutelkluis {keyVault} heeft, kon niet worden gelezen: ${becauseNl}.`,
  },
  'secret.present': {
    title: 'BEK van {disks}',
    text: 'De schijfsleutel ligt in sleutelkluis {keyVault} en is ingeschakeld.',
  },
  'secret.absent': {
    title: 'BEK van {disks} ontbreekt',
    text: 'Geheim {secret}, de schijfsleutel van {disks}, ligt niet in sleutelkluis {keyVault}. Wat er niet is, kan Azure niet kopiëren, en de VM start zonder haar niet meer.',
    fix: '1. Is het verwijderd, haal het dan terug: az keyvault secret recover --vault-name {keyVault} --name {secret} 2. Zet het anders terug uit een herstelpunt.',
  },
  'secret.disabled': {
    title: 'BEK van {disks} is uitgeschakeld',
    text: 'Geheim {secret}, de schijfsleutel van {disks}, is uitgeschakeld in sleutelkluis {keyVault}.',
    fix: 'Schakel het in: az keyvault secret set-attributes --vault-name {keyVault} --name {secret} --enabled true',
  },
  'secret.newest-disabled': {
    title: 'BEK van {disks} onduidelijk',
    text: 'De nieuwste versie van geheim {secret} in sleutelkluis {keyVault} is uitgeschakeld. Misschien gebruikt {disks} een oudere; dat is niet te zien zonder het geheim te lezen.',
  },
  'secret.other-version': {
    title: 'BEK van {disks} heeft een nieuwere versie',
    text: 'Geheim {secret} in sleutelkluis {keyVault} heeft een nieuwere versie dan die van {disks}. Azure toont alleen de nieuwste versie, dus of de oudere nog ingeschakeld is, is niet bekend; dat moet ze zijn tot de schijven de nieuwe gebruiken.',
    fix: 'Laat de oudere versie ingeschakeld; zet de ADE-extensie opnieuw op de VM om de schijven over te zetten.',
  },
  'secret.expired': {
    title: 'BEK van {disks} heeft een verlopen datum',
    text: 'Geheim {secret} in sleutelkluis {keyVault} is op {expiredAt} verlopen. Bij geheimen zegt dat verder niets: het werkt nog.',
    fix: 'Zet een latere datum, zodat niemand het als verlopen opruimt.',
  },
  'secret.unreadable': {
    title: 'BEK van {disks} kon niet worden gelezen',
    text: `Of de schijfsleutel van {disks} in sleutelkluis {keyVault} ligt, kon niet worden gelezen: ${becauseNl}.`,
  },
  'kek-origin.unread': {
    title: 'KEK van een certificaat: niet bekeken',
    text: 'Of de KEK ({keys}) bij een certificaat hoort, kon niet worden gelezen: dat vraagt het recht {action} in de sleutelkluis, en dat heeft de bot niet. Azure Backup kopieert alleen losse sleutels.',
  },

  'key-vault-settings.fine': {
    title: 'Instellingen van {keyVault}',
    text: 'Sleutelkluis {keyVault} ligt op de goede plek en staat goed voor schijfversleuteling en beveiliging tegen opschonen.',
  },
  'key-vault-settings.subscription': {
    title: '{keyVault} ligt in een ander abonnement',
    text: 'Sleutelkluis {keyVault} ligt in een ander abonnement dan de VM. Azure Disk Encryption staat dat niet toe: de VM start misschien niet meer, en een herstel kan mislukken.',
    fix: 'Verplaats de sleutels naar een sleutelkluis in het abonnement en de regio van de VM en versleutel opnieuw.',
  },
  'key-vault-settings.region': {
    title: '{keyVault} ligt in een andere regio',
    text: 'Sleutelkluis {keyVault} ligt in {region}, de VM in {vmRegion}. Azure Disk Encryption wil beide in één regio: een herstel kan mislukken.',
    fix: 'Verplaats de sleutels naar een sleutelkluis in {vmRegion} en versleutel opnieuw.',
  },
  'key-vault-settings.no-disk-encryption': {
    title: '{keyVault} staat niet open voor schijfversleuteling',
    text: 'Sleutelkluis {keyVault} is niet ingeschakeld voor schijfversleuteling. De back-up lukt; de VM, of een herstelde, start misschien niet.',
    fix: 'az keyvault update --name {keyVault} --enabled-for-disk-encryption true',
  },
  'key-vault-settings.no-purge-protection': {
    title: '{keyVault} is niet beveiligd tegen opschonen',
    text: 'Sleutelkluis {keyVault} heeft geen beveiliging tegen opschonen: wie het recht heeft, kan de KEK voorgoed vernietigen, en daarmee elke schijf.',
    fix: 'Zet die aan (niet ongedaan te maken): az keyvault update --name {keyVault} --enable-purge-protection true',
  },
};
