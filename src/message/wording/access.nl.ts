import type { accessEn } from './access.en.ts';

/** Key vault access: what is missing, what a grant does, why it is not offered, in Dutch. */
export const accessNl: Record<keyof typeof accessEn, string> = {
  'access.why':
    'Azure Backup kan de schijfsleutels van deze VM in sleutelkluis {keyVault} niet lezen of kopiëren. Zonder kopie is een herstelde schijf niet te ontgrendelen, dus maakt Azure geen back-up van de VM.',
  'access.why-copy':
    'Azure Backup kan de schijfsleutels van deze VM in sleutelkluis {keyVault} wel lezen, maar niet kopiëren. Zonder die kopie is een herstelde schijf niet te ontgrendelen, dus maakt Azure geen back-up van de VM.',
  'access.why-none':
    'Azure Backup heeft geen toegang tot sleutelkluis {keyVault}, waarin de schijfsleutels van deze VM staan. Zonder kopie van de sleutels is een herstelde schijf niet te ontgrendelen, dus maakt Azure geen back-up van de VM.',
  'access.why-none-kek':
    'Azure Backup heeft geen toegang tot sleutelkluis {keyVault}, waarin de sleutel (KEK) staat die de schijfsleutels van deze VM versleutelt. Zonder kopie daarvan is een herstelde schijf niet te ontgrendelen, dus maakt Azure geen back-up van de VM.',
  'access.missing-keys': '{rights} op sleutels',
  'access.missing-secrets': '{rights} op geheimen',
  'access.has': '{missing} (heeft {present})',
  'access.has-none': '{missing} (heeft er geen)',

  'obstacle.by-hand':
    'Voer de opdrachten hieronder uit, of vraag dat aan de eigenaar van sleutelkluis {keyVault}. Controleer daarna opnieuw.',
  'obstacle.grant-identity':
    'Kluis heeft geen identiteit die toegang tot sleutelkluis {keyVault} kan geven. Voer de opdrachten hieronder uit, of vraag dat aan de eigenaar van de sleutelkluis. Controleer daarna opnieuw.',
  'obstacle.lock':
    'Sleutelkluis {keyVault} heeft een alleen-lezenvergrendeling, dus er kan geen toegang worden gegeven.',
  'obstacle.firewall':
    'Alleen toegang geven helpt niet: de firewall van sleutelkluis {keyVault} blokkeert ook Azure Backup. Sta daar eerst vertrouwde Microsoft-services toe.',
  'obstacle.denied':
    'Toegang geven helpt niet: een weigeringstoewijzing op sleutelkluis {keyVault} gaat boven elke rol. De eigenaar moet die eerst verwijderen.',
  'obstacle.role-missing':
    'De rol die Kluis op sleutelkluis {keyVault} zou toewijzen, bestaat niet in dit abonnement. Een beheerder moet die één keer aanmaken, uit manifest/azure/backup-key-reader-role.json.',
  'obstacle.role-unreadable':
    'Kluis kan niet lezen of de rol bestaat die het op sleutelkluis {keyVault} zou toewijzen. Voer de opdrachten hieronder uit en controleer daarna opnieuw.',
  'obstacle.other-subscription':
    'Sleutelkluis {keyVault} staat in een ander abonnement. Azure Disk Encryption staat dat niet toe, dus Kluis biedt niet aan toegang te geven.',
  'obstacle.other-tenant':
    'Sleutelkluis {keyVault} hoort bij een andere tenant. De Azure Backup-service daarvan is niet die welke back-ups van deze VM maakt. Kluis biedt niet aan toegang te geven.',

  'access.command-note': 'Deze opdrachten doen hetzelfde. Je moet de sleutelkluis mogen wijzigen.',
  'access.add-to-code':
    'Wordt {keyVault} beheerd met Terraform of Bicep? Voeg de toegang dan ook daar toe, anders verwijdert de volgende uitrol die weer.',
  'access.done-title': 'Toegang tot {keyVault} gegeven; uiterlijk {at} actief',
  'access.done-short': 'Toegang gegeven; uiterlijk {at} actief',
  'access.next': 'Back-up maken van {vm}…',
  'access.unblocked': 'Ook opgelost voor {vms}.',
  'access.next-freed-many': "Ook deze {count, number} VM's controleren",
  'access.added': 'Toegevoegde machtigingen',
  'access.added-role': 'Toegevoegde rol',
  'access.there': 'Machtigingen, waren er al',
  'access.there-role': 'Rol, was er al',
  'access.undo-with': 'Ongedaan maken',
};
