import type { planEn } from './plan.en.ts';

/** What a plan will do, line by line, and what can go wrong on our side, in Dutch. */
export const planNl: Record<keyof typeof planEn, string> = {
  'plan.grant-policies':
    'In sleutelkluis {keyVault} {count, plural, one {deze machtiging} other {deze machtigingen}} geven aan "Backup Management Service": {rights}',
  'plan.grant-roles': 'Op sleutelkluis {keyVault} de rol {role} geven aan "Backup Management Service"',
  'plan.rights-keys': '{rights} op sleutels',
  'plan.rights-secrets': '{rights} op geheimen',
  'plan.grant-wait':
    'Bevestigen, en wachten tot de toegang actief is: hooguit {minutes, plural, one {# minuut} other {# minuten}}',
  'plan.protect': '{vm} beveiligen in {vault} met het beleid {policy}',
  'plan.back-up': 'Meteen een back-up van {vm} maken, bewaard tot {until}',
  'plan.back-up-join': 'De back-up van {vm} volgen die al loopt; er wordt geen tweede gestart',
  'plan.verify': 'Het herstelpunt controleren en hier melden',

  'trouble.program-fault': 'Kluis zelf faalde bij deze stap',
  'trouble-why.program-fault':
    'Ook na enkele pogingen. Wat Azure deed is niet bekend: kijk daar voor een nieuwe poging. De fout staat in het logboek van Kluis.',
  'trouble.job-vanished': 'de taak is niet te vinden',
  'trouble-why.job-vanished':
    'Hoe het is afgelopen, is niet bekend. Bekijk de taken van de VM voordat je het opnieuw probeert.',
  'trouble.operation-forgotten': 'Azure weet er niet meer van',
  'trouble-why.operation-forgotten':
    'Azure nam het verzoek aan, maar toont er geen bewerking, taak of gevolg van. Controleer opnieuw en bekijk de taken van de VM, voordat je het weer probeert.',
  'trouble.vm-vanished': 'de VM bestaat niet meer',
  'trouble.key-vault-changed': 'de sleutelkluis is intussen gewijzigd',
  'trouble.key-vault-vanished': 'de sleutelkluis bestaat niet meer',
  'trouble.not-shown-after-grant': 'Azure toont de gegeven toegang niet',
  'trouble.protected-otherwise': 'iemand heeft de VM anders beveiligd',
  'trouble-why.protected-otherwise':
    'Iemand heeft de VM intussen met een ander beleid of andere schijven beveiligd. Kluis laat dat zo.',
  'trouble.backups-vanished': 'de back-ups zijn er niet meer',
  'trouble.protection-stopped': 'de beveiliging is gestopt of verwijderd',
  'trouble-why.protection-stopped': 'Dat gebeurde intussen, en Kluis draait het niet terug.',
  'trouble.no-grant-identity': 'geen identiteit die toegang kan geven',
  'trouble.template-not-closed': 'het sjabloon doet wat hier niet mag',
  'trouble-why.template-not-closed': 'Het sjabloon bevat iets wat Kluis bij een hersteltest niet toestaat.',
  'trouble.read-only-now': 'Kluis is nu alleen-lezen',
  'trouble-why.read-only-now': 'Kluis is sindsdien op alleen-lezen gezet: het schrijft niets en verwijdert niets.',
  'trouble.not-allowed-any-more': 'niet meer toegestaan',
  'trouble-why.not-allowed-any-more':
    'Na de klik is een rol, een groep, een regel of de lijst van bewerkingen van het kanaal gewijzigd.',
};
