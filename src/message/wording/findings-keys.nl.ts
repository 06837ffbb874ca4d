/** Findings on key vaults, rights, keys and secrets, in Dutch. */
import type { keyFindingsEn } from './findings-keys.en.ts';
import { becauseNl } from './findings-unread.ts';

/** By code. */
export const keyFindingsNl: Record<
  keyof typeof keyFindingsEn,
  { readonly title: string; readonly short?: string; readonly text: string; readonly fix?: string }
> = {
  'key-vault.found': {
    title: 'Sleutelkluis {keyVault}',
    text: 'Bestaat; daarin {holds, select, bek {staat de schijfsleutel (BEK)} kek {staat de sleutel die de schijfsleutel versleutelt (KEK)} other {staan de schijfsleutel (BEK) en de sleutel die hem versleutelt (KEK)}}.',
  },
  'key-vault.deleted': {
    title: 'Sleutelkluis {keyVault} verwijderd',
    short: 'sleutelkluis verwijderd',
    text: 'Sleutelkluis {keyVault} is verwijderd en tot {purgeAt} te herstellen. Zonder deze sleutelkluis kan Azure de schijfsleutels niet kopiëren en de VM niet starten.',
    fix: '1. Herstel de sleutelkluis; maak geen nieuwe aan (de naam is bezet): az keyvault recover --name {keyVault} 2. Controleer opnieuw: toegangsbeleid komt mee terug, roltoewijzingen niet.',
  },
  'key-vault.gone': {
    title: 'Sleutelkluis {keyVault} is weg',
    short: 'sleutelkluis weg',
    text: 'Sleutelkluis {keyVault} bestaat niet meer en is niet te herstellen; Azure kan de schijfsleutels dus niet kopiëren en de VM niet starten. Eerdere herstelpunten hebben hun eigen kopie.',
    fix: 'Maak een sleutelkluis met deze naam in de regio van de VM en herstel de sleutel en het geheim uit een herstelpunt.',
  },
  'key-vault.unreadable': {
    title: 'Sleutelkluis {keyVault} kon niet worden gelezen',
    text: `Of Azure Backup bij de schijfsleutels in sleutelkluis {keyVault} kan, kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Geef Kluis daar zijn leesrol. Of probeer het toch: Azure controleert de toegang zelf, en bij een weigering verandert er niets.',
  },
  'key-vault.missing-unclear': {
    title: 'Sleutelkluis {keyVault} bestaat niet',
    short: 'sleutelkluis bestaat niet',
    text: `Sleutelkluis {keyVault} bestaat niet. Of die is verwijderd en te herstellen is, kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Zoek bij de verwijderde sleutelkluizen: az keyvault list-deleted',
  },

  'principal.found': {
    title: 'App van Azure Backup staat in deze tenant',
    text: 'De Microsoft-app "Backup Management Service" is in deze tenant geregistreerd.',
  },
  'principal.missing': {
    title: 'Azure Backup is onbekend in deze tenant',
    short: 'Azure Backup onbekend in deze tenant',
    text: 'De Microsoft-app "Backup Management Service" is niet geregistreerd in deze tenant; niemand kan er dus toegang tot schijfsleutels aan geven.',
    fix: 'Registreer de provider: az provider register --namespace Microsoft.RecoveryServices',
  },
  'principal.missing-proven': {
    title: 'Azure Backup niet gevonden in deze tenant',
    text: 'De Microsoft-app "Backup Management Service" is in deze tenant niet gevonden. De laatste back-up van de versleutelde schijven is toch gelukt, dus de volgende lukt misschien ook.',
  },
  'principal.unreadable': {
    title: 'Identiteit van Azure Backup kon niet worden gelezen',
    text: `De object-id van "Backup Management Service" van Microsoft in deze tenant kon niet worden gelezen: ${becauseNl}. Zonder die id is de toegang tot schijfsleutels niet te controleren.`,
    fix: '1. Zet azure.backupServiceObjectId in kluis.yaml; de waarde komt uit: az ad sp show --id 262044b1-e2ce-469f-a196-69ab7ada62d3 --query id 2. Of geef Kluis Application.Read.All.',
  },

  'rights.policies-complete': {
    title: 'Toegang van Azure Backup',
    text: 'Azure Backup kan de schijfsleutels in sleutelkluis {keyVault} lezen en kopiëren (toegangsbeleid).',
  },
  'rights.policies-missing': {
    title: 'Toegang tot sleutelkluis {keyVault} ontbreekt',
    short: 'geen toegang tot {keyVault}',
    text: 'Azure Backup mist machtigingen in sleutelkluis {keyVault}: {groups, select, keys {{missingKeys} op sleutels} secrets {{missingSecrets} op geheimen} other {{missingKeys} op sleutels, {missingSecrets} op geheimen}}. Zonder kopie van de schijfsleutels is een herstelde schijf niet te ontgrendelen, dus maakt Azure geen back-up van de VM.',
    fix: 'Voeg de ontbrekende machtigingen voor "Backup Management Service" van Microsoft toe aan het toegangsbeleid. Er wordt niets verwijderd, en je kunt het terugdraaien.',
  },
  'rights.policies-missing-proven': {
    title: 'Toegang tot sleutelkluis {keyVault} lijkt onvolledig',
    short: 'toegang tot {keyVault} lijkt onvolledig',
    text: 'Azure Backup lijkt machtigingen te missen in sleutelkluis {keyVault}: {groups, select, keys {{missingKeys} op sleutels} secrets {{missingSecrets} op geheimen} other {{missingKeys} op sleutels, {missingSecrets} op geheimen}}. De laatste back-up van de versleutelde schijven is toch gelukt.',
    fix: 'Voeg de ontbrekende machtigingen voor "Backup Management Service" van Microsoft toe, zodat de volgende back-up er niet van afhangt.',
  },
  'rights.policies-secrets-backup': {
    title: 'Misschien nog een machtiging nodig in {keyVault}',
    short: 'een machtiging in {keyVault}',
    text: "In sleutelkluis {keyVault} ontbreekt alleen de machtiging om geheimen te kopiëren. De pagina's van Microsoft zijn het oneens of die naast een KEK nodig is.",
    fix: 'Toevoegen kan geen kwaad: backup op geheimen, voor "Backup Management Service" van Microsoft.',
  },
  'rights.roles-complete': {
    title: 'Toegang van Azure Backup',
    text: 'Azure Backup kan de schijfsleutels in sleutelkluis {keyVault} lezen en kopiëren: rol {role}, {level, select, here {gegeven op de sleutelkluis zelf} group {geërfd van de resourcegroep} subscription {geërfd van het abonnement} managementGroup {geërfd van een beheergroep} other {gegeven op {scope}}}{through, select, group {, via een groep} other {}}.',
  },
  'rights.roles-missing': {
    title: 'Toegang tot sleutelkluis {keyVault} ontbreekt',
    short: 'geen toegang tot {keyVault}',
    text: 'Azure Backup mist machtigingen in sleutelkluis {keyVault}: {missingActions}. Zonder kopie van de schijfsleutels is een herstelde schijf niet te ontgrendelen, dus maakt Azure geen back-up van de VM. (Toewijzingen via Azure Lighthouse zijn hier niet te zien.)',
    fix: 'Geef "Backup Management Service" van Microsoft de rol backup-key-reader op de sleutelkluis. Het kan 10 minuten duren voordat de rol werkt.',
  },
  'rights.roles-missing-proven': {
    title: 'Toegang tot sleutelkluis {keyVault} lijkt onvolledig',
    short: 'toegang tot {keyVault} lijkt onvolledig',
    text: 'Azure Backup lijkt machtigingen te missen in sleutelkluis {keyVault}: {missingActions}. De laatste back-up van de versleutelde schijven is toch gelukt; toewijzingen via Azure Lighthouse zijn hier niet te zien.',
    fix: 'Geef "Backup Management Service" van Microsoft de rol backup-key-reader op de sleutelkluis.',
  },
  'rights.roles-denied': {
    title: 'Toegang tot sleutelkluis {keyVault} geweigerd',
    short: 'toegang tot {keyVault} geweigerd',
    text: 'Een weigeringstoewijzing op sleutelkluis {keyVault} ontneemt Azure Backup: {denied}. Die gaat boven elke rol; een rol geven helpt dus niet.',
    fix: 'De eigenaar van de weigeringstoewijzing (vaak een beheerde toepassing of een implementatiestack) moet "Backup Management Service" uitzonderen.',
  },
  'rights.roles-denied-proven': {
    title: 'Toegang tot sleutelkluis {keyVault} lijkt geweigerd',
    short: 'toegang tot {keyVault} lijkt geweigerd',
    text: 'Een weigeringstoewijzing op sleutelkluis {keyVault} lijkt Azure Backup te ontnemen: {denied}. De laatste back-up van de versleutelde schijven is toch gelukt.',
    fix: 'Laat "Backup Management Service" uitzonderen van de weigeringstoewijzing, zodat de volgende back-up er niet van afhangt.',
  },
  'rights.roles-condition': {
    title: 'Toegang tot sleutelkluis {keyVault} onder voorwaarde',
    short: 'toegang tot {keyVault} onder voorwaarde',
    text: 'Azure Backup heeft zijn machtigingen in sleutelkluis {keyVault} alleen onder een voorwaarde (rol {role}). Kluis kan niet zien of die voorwaarde back-ups toestaat.',
    fix: 'Probeer het toch: Azure controleert het. Of geef de rol nog eens, zonder voorwaarde.',
  },
  'rights.roles-unreadable': {
    title: 'Rollen op sleutelkluis {keyVault} konden niet worden gelezen',
    text: `Welke rollen Azure Backup op sleutelkluis {keyVault} heeft, kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Geef Kluis daar zijn leesrol. Of probeer het toch: Azure controleert de toegang zelf, en bij een weigering verandert er niets.',
  },

  'firewall.open': {
    title: 'Netwerk van {keyVault}',
    text: 'De firewall laat Azure Backup toe.',
  },
  'firewall.trusted': {
    title: 'Netwerk van {keyVault}',
    text: 'Niet openbaar toegankelijk, wel voor vertrouwde Microsoft-services; Azure Backup is er een van.',
  },
  'firewall.shut': {
    title: 'Firewall van {keyVault} blokkeert Azure Backup',
    short: 'firewall van {keyVault}',
    text: 'De firewall van sleutelkluis {keyVault} laat geen Microsoft-services toe, ook geen vertrouwde. Azure Backup kan niet bij de schijfsleutels, welke machtigingen het ook heeft.',
    fix: 'Sta vertrouwde Microsoft-services toe: az keyvault update --name {keyVault} --bypass AzureServices',
  },
  'firewall.perimeter': {
    title: '{keyVault} staat in een netwerkbeveiligingsperimeter',
    short: 'perimeter om {keyVault}',
    text: 'Sleutelkluis {keyVault} staat in een netwerkbeveiligingsperimeter. Kluis kan niet zien of die Azure Backup toelaat.',
    fix: 'Probeer het toch: Azure controleert het, en bij een weigering verandert er niets.',
  },

  'kek-version.enabled': {
    title: 'KEK {key}',
    text: 'De sleutel staat in sleutelkluis {keyVault} en is ingeschakeld.',
  },
  'kek-version.absent': {
    title: 'KEK {key} ontbreekt',
    short: 'KEK ontbreekt',
    text: 'De versie van sleutel {key} die de schijfsleutels van {disks} versleutelt, staat niet in sleutelkluis {keyVault}. De back-up mislukt, en na een herstart start de VM niet meer op.',
    fix: '1. Is de sleutel verwijderd? Herstel hem: az keyvault key recover --vault-name {keyVault} --name {key} 2. Herstel hem anders uit een herstelpunt.',
  },
  'kek-version.disabled': {
    title: 'KEK {key} is uitgeschakeld',
    short: 'KEK uitgeschakeld',
    text: 'De versie van sleutel {key} in sleutelkluis {keyVault} die de schijfsleutels van {disks} versleutelt, is uitgeschakeld. Azure weigert de back-up misschien (Microsoft zegt het niet), en na een herstart start de VM niet meer op.',
    fix: 'Schakel de sleutel in: az keyvault key set-attributes --vault-name {keyVault} --name {key} --version {version} --enabled true',
  },
  'kek-version.expired': {
    title: 'KEK {key} is verlopen',
    text: 'Sleutel {key} in sleutelkluis {keyVault} is op {expiredAt} verlopen. Ontgrendelen kan nog, dus de VM start en back-ups lukken; nieuwe schijven kunnen er niet meer mee worden versleuteld.',
    fix: 'Plan een nieuwe sleutelversie en versleutel daarmee opnieuw.',
  },
  'kek-version.expires-soon': {
    title: 'KEK {key} verloopt binnen 14 dagen',
    text: 'Sleutel {key} in sleutelkluis {keyVault} verloopt op {expiredAt}. Back-ups gaan daarna door, maar nieuwe schijven kunnen er niet meer mee worden versleuteld.',
    fix: 'Maak op tijd een nieuwe sleutelversie en versleutel daarmee opnieuw, of zet een latere datum.',
  },
  'kek-version.many': {
    title: 'KEK {key} heeft heel veel versies',
    text: 'Sleutel {key} in sleutelkluis {keyVault} heeft {count, number} versies. Een sleutel met meer dan 500 kan Key Vault niet kopiëren.',
    fix: 'Wissel minder vaak van versie, of stap voor de 500 over op een nieuwe sleutel.',
  },
  'kek-version.others': {
    title: 'KEK {key} heeft meer versies',
    text: '{count, number} versies; de schijven gebruiken {version}. Handig bij een herstel.',
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
    text: 'In sleutelkluis {keyVault}, en ingeschakeld.',
  },
  'secret.absent': {
    title: 'BEK van {disks} ontbreekt',
    short: 'BEK ontbreekt',
    text: 'Geheim {secret}, de schijfsleutel van {disks}, staat niet in sleutelkluis {keyVault}. De back-up mislukt, en na een herstart start de VM niet meer op.',
    fix: '1. Is het geheim verwijderd? Herstel het: az keyvault secret recover --vault-name {keyVault} --name {secret} 2. Herstel het anders uit een herstelpunt.',
  },
  'secret.disabled': {
    title: 'BEK van {disks} is uitgeschakeld',
    short: 'BEK uitgeschakeld',
    text: 'Geheim {secret}, de schijfsleutel van {disks}, is uitgeschakeld in sleutelkluis {keyVault}.',
    fix: 'Schakel het geheim in: az keyvault secret set-attributes --vault-name {keyVault} --name {secret} --enabled true',
  },
  'secret.newest-disabled': {
    title: 'BEK van {disks} onduidelijk',
    text: 'De nieuwste versie van geheim {secret} in sleutelkluis {keyVault} is uitgeschakeld. Misschien gebruikt {disks} een oudere; dat is niet te zien zonder het geheim te lezen.',
  },
  'secret.other-version': {
    title: 'BEK van {disks} heeft een nieuwere versie',
    text: 'Geheim {secret} in sleutelkluis {keyVault} heeft een nieuwere versie dan die van {disks}. Azure toont alleen de nieuwste versie, dus Kluis kan niet zien of de oudere nog is ingeschakeld; dat moet zo blijven tot de schijven de nieuwe gebruiken.',
    fix: 'Laat de oudere versie ingeschakeld; zet de ADE-extensie opnieuw op de VM om de schijven over te zetten.',
  },
  'secret.expired': {
    title: 'BEK van {disks} heeft een verlopen datum',
    text: 'Geheim {secret} in sleutelkluis {keyVault} is op {expiredAt} verlopen. Bij geheimen zegt dat verder niets: het werkt nog.',
    fix: 'Zet een latere datum, zodat niemand het als verlopen opruimt.',
  },
  'secret.expires-soon': {
    title: 'BEK van {disks} verloopt binnen 14 dagen',
    text: 'Geheim {secret} in sleutelkluis {keyVault} verloopt op {expiredAt}. Bij geheimen zegt dat verder niets: het blijft werken.',
    fix: 'Zet een latere datum, zodat niemand het als verlopen opruimt.',
  },
  'secret.unreadable': {
    title: 'BEK van {disks} kon niet worden gelezen',
    text: `Of de schijfsleutel van {disks} in sleutelkluis {keyVault} staat, kon niet worden gelezen: ${becauseNl}.`,
  },
  'kek-origin.standalone': {
    title: 'KEK is een losse sleutel',
    text: 'De KEK ({keys}) heeft niet zowel een begin- als een einddatum en hoort dus niet bij een certificaat: Azure Backup kan hem kopiëren.',
  },
  'kek-origin.copied': {
    title: 'KEK is eerder gekopieerd',
    text: 'Een herstelpunt toont dat Azure Backup de KEK ({keys}) kan kopiëren.',
  },
  'kek-origin.dated': {
    title: 'KEK hoort misschien bij een certificaat',
    text: 'De KEK ({keys}) heeft een begin- en een einddatum, zoals de sleutel van een certificaat. Azure Backup kopieert alleen losse sleutels, en nog geen herstelpunt toont dat deze is gekopieerd.',
    fix: '1. Controleer of dat zo is; dan verschijnt true: az keyvault key show --id {url} --query managed 2. Zo ja: maak een losse sleutel en versleutel de VM opnieuw met die sleutel als KEK.',
  },
  'kek-origin.unread': {
    title: 'KEK van een certificaat: niet gecontroleerd',
    text: 'Kluis kan niet zien of de KEK ({keys}) bij een certificaat hoort: het mist de machtiging {action} in de sleutelkluis. Azure Backup kopieert alleen losse sleutels.',
  },

  'key-vault-settings.fine': {
    title: 'Instellingen van {keyVault}',
    text: 'Staat op de goede plek, is ingeschakeld voor schijfversleuteling en is beveiligd tegen opschonen.',
  },
  'key-vault-settings.subscription': {
    title: '{keyVault} staat in een ander abonnement',
    short: 'sleutelkluis in ander abonnement',
    text: 'Sleutelkluis {keyVault} staat in een ander abonnement dan de VM. Azure Disk Encryption staat dat niet toe: de VM start misschien niet meer, en een herstel kan mislukken.',
    fix: 'Verplaats de sleutels naar een sleutelkluis in het abonnement en de regio van de VM en versleutel opnieuw.',
  },
  'key-vault-settings.region': {
    title: '{keyVault} staat in een andere regio',
    short: 'sleutelkluis in andere regio',
    text: 'Sleutelkluis {keyVault} staat in {region}, de VM in {vmRegion}. Azure Disk Encryption vereist beide in één regio: een herstel kan mislukken.',
    fix: 'Verplaats de sleutels naar een sleutelkluis in {vmRegion} en versleutel opnieuw.',
  },
  'key-vault-settings.no-disk-encryption': {
    title: '{keyVault} is niet ingeschakeld voor schijfversleuteling',
    text: 'Sleutelkluis {keyVault} is niet ingeschakeld voor schijfversleuteling. De back-up lukt; de VM, of een herstelde, start misschien niet.',
    fix: 'az keyvault update --name {keyVault} --enabled-for-disk-encryption true',
  },
  'key-vault-settings.no-purge-protection': {
    title: '{keyVault} is niet beveiligd tegen opschonen',
    text: 'Sleutelkluis {keyVault} heeft geen beveiliging tegen opschonen: iemand met de juiste machtiging kan de KEK definitief vernietigen, en daarmee elke schijf.',
    fix: 'Schakel die in (niet ongedaan te maken): az keyvault update --name {keyVault} --enable-purge-protection true',
  },
};
