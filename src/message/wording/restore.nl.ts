/** De schijven van een VM herstellen, in het Nederlands. */
export const restoreNl = {
  'restore.which': '{vm} herstellen: vanaf welk herstelpunt?',
  'restore.disks-only': 'De schijven worden als nieuwe schijven hersteld; de VM zelf verandert niet.',
  'restore.row': '{at}, {age} geleden',
  'restore.encrypted': 'versleuteld',
  'tier.snapshot': 'momentopname',
  'tier.vault': 'in de Recovery Services-kluis',
  'tier.archive': 'in de archieflaag',
  'restore.invalid': 'volgens Azure niet geldig',
  'restore.not-offered': 'Hier niet te kiezen',
  'restore.older': '{count, plural, one {# ouder herstelpunt staat} other {# oudere herstelpunten staan}} er niet bij.',
  'restore.where': 'Waar moeten de schijven van {vm} heen?',
  'restore.other-accounts': 'Opslagaccounts die niet gebruikt kunnen worden',
  'restore.no-place': '{vm} kan niet hersteld worden: geen plek ervoor',
  'restore.no-account':
    'Azure Backup heeft een opslagaccount voor algemeen gebruik zonder firewall nodig, in de regio van de Recovery Services-kluis.',
  'restore.no-group': 'Er is geen resourcegroep in de regio van de Recovery Services-kluis.',
  'restore.staging-note':
    'In het opslagaccount komt wat bij de schijven hoort: de instellingen van de VM, een sjabloon en, bij versleuteling, de sleutels uit de back-up.',
  'staging.region': 'in een andere regio dan de Recovery Services-kluis',
  'staging.kind': 'van een soort die Azure Backup niet kan gebruiken',
  'staging.firewall': 'achter een firewall',
  'restore.sure': 'De schijven van {vm} herstellen?',
  'restore.refused': 'Zo zou Azure {vm} niet herstellen',
  'restore.azure-objects': 'Azure: {text}',
  'restore.what':
    'Nieuwe beheerde schijven in {group}; de VM en de huidige schijven veranderen niet. Tussenopslag in {account}.',
  'restore.no-identity':
    'Kluis heeft geen identiteit die mag herstellen. Voer de opdracht onder Details uit, of laat een beheerder KLUIS_RESTORE_CLIENT_ID instellen.',
  'restore.deleted':
    'De back-ups van deze VM zijn verwijderd. Dit herstel haalt ze eerst terug; daarna blijven ze gestopt, en kan Azure de rest controleren.',
  'restore.deleted-until':
    'De back-ups van deze VM zijn verwijderd en over {left} definitief weg. Dit herstel haalt ze eerst terug; daarna blijven ze gestopt, en kan Azure de rest controleren.',
  'restore.keys-gone': 'De herstelde schijven blijven op slot tot hun sleutels terug zijn: {found}.',
  'restore.keys-back': '{found}. Dit herstel brengt de sleutels terug.',
  'restore.keys-changed':
    'De sleutels van de VM zijn na dit herstelpunt gewijzigd, op {at}: de schijven komen terug met de eerdere.',
  'restore.ade-after':
    'De herstelde schijven zijn versleuteld; een VM ervan maken doe je zelf (de sjabloon staat in het opslagaccount).',
  'restore.no-template': 'Bij herstelpunten van vóór 26 april 2017 hoort geen sjabloon.',
  'restore.costs':
    'De nieuwe schijven en de bestanden in het opslagaccount worden in rekening gebracht tot iemand ze verwijdert.',
  'restore.used-up': '{vm} is vandaag tien keer hersteld, de limiet',
  'restore.no-points': '{vm} heeft geen herstelpunt om te herstellen',
  'restore.left': 'vandaag nog {left, plural, one {# herstelactie} other {# herstelacties}}',
  'input.point': 'Herstelpunt',
  'input.point-required': 'Kies een herstelpunt.',
  'input.restore-group': 'Resourcegroep voor de schijven',
  'input.restore-group-required': 'Kies waar de schijven heen gaan.',
  'input.restore-account': 'Opslagaccount voor tussenopslag',
  'input.restore-account-required': 'Kies een opslagaccount.',
  'input.restore-priority': 'Hoe snel: het herstelpunt staat in de archieflaag',
  'input.restore-priority-required': 'Kies hoe snel het terug moet zijn.',
  'priority.Standard': 'Standaard: tot 15 uur',
  'priority.High': 'Hoog: sneller, tegen een hogere prijs',
  'input.restore-reason': 'Reden',
  'input.restore-reason-required': 'Zeg waarom: goedkeurders en het auditlogboek zien het.',
  'button.restore-disks': 'Schijven herstellen',
  'button.change-target': 'Bestemming wijzigen',

  'plan.restore-disks': 'De schijven van {vm} herstellen in {group}, stand van {point}',
  'plan.restore-rehydrate':
    'Eerst rehydrateren vanuit de archieflaag ({priority, select, High {hoge prioriteit} other {tot 15 uur}}); de kopie blijft 15 dagen en kost zolang geld',
  'plan.restore-staging': 'Tussenopslag in opslagaccount {account}; daar wordt niets verwijderd',
  'plan.restore-reason': 'Reden: {reason}',
  'phase.restore-disks': 'Schijven hersteld',
  'progress.now-restore-disks': 'De schijven van {vm} worden hersteld',
  'closing.restore-disks': 'De schijven van {vm} zijn hersteld',
  'restored.disks': 'Schijven',
  'restored.unread': 'gemaakt, maar hun namen konden niet gelezen worden',
  'restored.staging': 'Tussenopslag',
  'restored.cost':
    'Ze worden in rekening gebracht tot iemand ze verwijdert, net als de bestanden in het opslagaccount.',
  'failed.restore-disks': 'Schijven van {vm} zijn NIET hersteld: {cause}',
  'ping.restore-disks': 'de schijven van {vm} zijn hersteld',
  'may.restore': 'schijven herstellen',
  'trouble.no-restore-identity': 'er is geen identiteit ingesteld die mag herstellen',
  'trouble.point-vanished': 'het herstelpunt is er niet meer',
  'trouble.restore-in-doubt':
    'het antwoord van Azure ging verloren en er is geen taak te zien; bekijk de taken voor een nieuwe poging, want het herstel loopt misschien al',
} as const;
