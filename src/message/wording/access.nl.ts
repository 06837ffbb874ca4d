import type { accessEn } from './access.en.ts';

/** Key vault access: what is missing, what a grant does, why it is not offered, in Dutch. */
export const accessNl: Record<keyof typeof accessEn, string> = {
  'access.why':
    'Azure Backup mag de schijfsleutels van deze VM in sleutelkluis {keyVault} niet lezen en kopiëren. Zonder kopie kan een herstelde schijf niet worden ontgrendeld, en daarom weigert Azure de back-up.',
  'access.why-copy':
    'Azure Backup mag de schijfsleutels van deze VM in sleutelkluis {keyVault} wel lezen, maar niet kopiëren. Zonder kopie kan een herstelde schijf niet worden ontgrendeld, en daarom weigert Azure de back-up.',
  'access.why-none':
    'Azure Backup heeft geen enkel recht in sleutelkluis {keyVault}, waar de schijfsleutels van deze VM liggen. Zonder kopie van de sleutels kan een herstelde schijf niet worden ontgrendeld, en daarom weigert Azure de back-up.',
  'access.missing-keys': '{rights} op sleutels',
  'access.missing-secrets': '{rights} op geheimen',
  'access.has': '{missing} (heeft {present})',
  'access.has-none': '{missing} (heeft niets)',
  'access.missing-actions': 'in {keyVault}: {actions}',
  'access.fix-policy':
    'De oplossing voegt {count, plural, one {dit recht} other {deze # rechten}} toe voor "Backup Management Service" van Microsoft zelf.',
  'access.fix-role':
    'De oplossing geeft "Backup Management Service" van Microsoft zelf de rol {role} op sleutelkluis {keyVault}: sleutels en geheimen lezen en kopiëren, verder niets.',
  'access.reach': 'Dit geldt voor elke sleutel en elk geheim in {keyVault}.',
  'access.reach-frees': 'Dit geldt voor elke sleutel en elk geheim in {keyVault}, en helpt ook {vms}.',
  'access.undo': 'Er wordt niets weggenomen, en één opdracht maakt het ongedaan.',
  'access.after': 'De rest gaat vanzelf verder zodra de toegang werkt. Er is nog niets gewijzigd.',

  'obstacle.by-hand':
    'Voer de opdrachten hieronder uit, of laat dat doen door de eigenaar van sleutelkluis {keyVault}; controleer daarna opnieuw.',
  'obstacle.grant-identity':
    'Kluis heeft geen identiteit die toegang mag geven in sleutelkluis {keyVault}. Voer de opdrachten hieronder uit, of laat dat doen door de eigenaar van de sleutelkluis; controleer daarna opnieuw.',
  'obstacle.lock':
    'Op sleutelkluis {keyVault} staat een alleen-lezenvergrendeling, dus er kan geen toegang worden gegeven. Wie over de vergrendeling gaat, moet die eerst weghalen.',
  'obstacle.firewall':
    'Toegang alleen helpt niet: de firewall van sleutelkluis {keyVault} sluit ook Azure Backup buiten. Sta daar eerst vertrouwde Microsoft-services toe.',
  'obstacle.denied':
    'Toegang helpt niet: een weigeringstoewijzing op sleutelkluis {keyVault} gaat boven elke rol. Wie daarover gaat, moet die eerst weghalen.',
  'obstacle.role-missing':
    'De rol die Kluis op sleutelkluis {keyVault} zou geven, bestaat niet in dit abonnement. Een beheerder maakt haar één keer aan, uit manifest/azure/backup-key-reader-role.json.',
  'obstacle.role-unreadable':
    'Kluis mag niet lezen of de rol bestaat die het op sleutelkluis {keyVault} zou geven. Voer de opdrachten hieronder uit; controleer daarna opnieuw.',
  'obstacle.other-subscription':
    'Sleutelkluis {keyVault} ligt in een ander abonnement. Azure Disk Encryption staat dat niet toe, dus er wordt geen toegang aangeboden.',
  'obstacle.other-tenant':
    'Sleutelkluis {keyVault} hoort bij een andere tenant, waar Azure Backup niet degene is die deze VM opslaat. Er wordt geen toegang aangeboden.',

  'access.command-note': 'Deze opdrachten doen hetzelfde. Je hebt zelf het recht nodig om de sleutelkluis te wijzigen.',
  'access.add-to-code':
    'Wordt {keyVault} door Terraform of Bicep beheerd, voeg de toegang dan ook daar toe; anders haalt de volgende uitrol haar weg.',
  'access.done-title': 'Azure Backup heeft toegang tot sleutelkluis {keyVault}',
  'access.added': 'Toegevoegd',
  'access.undo-with': 'Ongedaan maken',
};
