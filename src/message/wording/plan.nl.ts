import type { planEn } from './plan.en.ts';

/** What a plan will do, line by line, and what can go wrong on our side, in Dutch. */
export const planNl: Record<keyof typeof planEn, string> = {
  'plan.grant-policies':
    'In sleutelkluis {keyVault}: {rights} toevoegen aan wat "Backup Management Service" mag, met één regel in het toegangsbeleid',
  'plan.grant-roles': 'Op sleutelkluis {keyVault}: "Backup Management Service" de rol {role} geven',
  'plan.rights-keys': '{rights} op sleutels',
  'plan.rights-secrets': '{rights} op geheimen',
  'plan.grant-wait':
    'Teruglezen, en wachten tot de toegang werkt: hooguit {minutes, plural, one {# minuut} other {# minuten}}',
  'plan.protect': '{vm} beveiligen in {vault} met het beleid {policy}',
  'plan.back-up': 'Meteen een back-up van {vm} maken, bewaard tot {until}',
  'plan.back-up-join': 'De back-up van {vm} volgen die al loopt; er wordt geen tweede gestart',
  'plan.verify': 'Het gemaakte herstelpunt nakijken, en hier verslag doen',

  'trouble.job-vanished': 'Azure nam de back-up aan, maar de taak is niet te vinden',
  'trouble.vm-vanished': 'de VM is er niet meer',
  'trouble.key-vault-changed': 'de sleutelkluis is veranderd sinds de kaart werd getekend',
  'trouble.key-vault-vanished': 'de sleutelkluis is er niet meer',
  'trouble.not-shown-after-grant': 'de toegang is verstuurd, maar bij teruglezen niet te zien',
  'trouble.azure-silent': 'Azure antwoordde niet',
  'trouble.protected-otherwise': 'de VM is intussen met een ander beleid beveiligd',
  'trouble.protection-stopped':
    'de beveiliging is intussen gestopt of verwijderd, en dat wordt hier niet teruggedraaid',
  'trouble.no-grant-identity': 'Kluis heeft geen identiteit die toegang mag geven',
  'trouble.not-allowed-any-more':
    'na de klik is een rol, een groep of een regel gewijzigd, en wie erom vroeg mag het niet meer',
};
