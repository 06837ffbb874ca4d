import type { progressEn } from './progress.en.ts';

/** The progress card, the closing cards and the short messages beside them, in Dutch. */
export const progressNl: Record<keyof typeof progressEn, string> = {
  'failed.job': 'Taak',
  'failed.request': 'Aanvraag-id',
  'failed.several-causes': 'Deze code heeft meerdere oorzaken',
  'failed.unknown-cause': 'Azure gaf een onbekende fout',
  'progress.cancel-barred':
    'Niet geannuleerd: iemand anders heeft deze back-up gestart, en {who} kan die niet annuleren.',
  'progress.cancelling-by': 'Wordt geannuleerd op verzoek van {who}.',
  'progress.now-joined': 'Volgt de back-up van {vm} die al liep',
  'progress.now-grant': 'Azure Backup krijgt toegang tot {keyVault}',
  'progress.now-protect': 'Beveiliging van {vm} wordt ingeschakeld',
  'progress.now-back-up': 'Back-up van {vm} wordt gemaakt',
  'progress.subtitle': 'naar {vault} · gestart door {who} om {at}',
  'progress.subtitle-no-vault': 'gestart door {who} om {at}',

  'phase.grant-write': 'Toegang gegeven in {keyVault}',
  'phase.grant-wait': 'Toegang actief',
  'phase.protect': 'Beveiliging ingeschakeld',
  'phase.snapshot': 'Momentopname van de schijven',
  'phase.copy': 'Kopie naar de Recovery Services-kluis',
  'note.took': '{at}, duurde {took}',
  'note.since': 'sinds {at}',
  'note.until': 'uiterlijk {at}',
  'note.no-percentage': 'Azure geeft hier geen percentage',
  'note.already': 'was er al',
  'note.retry': '{at}, poging {n, number}: nog niet actief',

  'actor.schedule': 'een schema',
  'actor.alert': 'een waarschuwing',
  'unreadable.title': 'Kluis is bijgewerkt en kan deze bewerking niet voortzetten',
  'unreadable.text':
    'Een eerdere versie heeft die gestart en opgeslagen in een vorm die deze versie niet kan lezen. Er gaat niets meer naar Azure; wat daar al loopt, gaat door.',
  'progress.first': 'Eerste back-up: alles wordt gekopieerd; dat kan uren duren.',
  'progress.usually': 'Meestal {usual} (schatting op basis van de laatste {count, number} back-ups).',
  'progress.leave': 'De VM blijft werken. Je hoeft niet te wachten; je krijgt hier een vermelding als het klaar is.',
  'progress.leave-off': 'Je hoeft niet te wachten; je krijgt hier een vermelding als het klaar is.',
  'progress.cancel-while': 'Annuleren kan alleen zolang de momentopname wordt gemaakt.',
  'progress.cancel-too-late':
    'Te laat om te annuleren: de momentopname is klaar, en Azure kan het kopiëren niet stoppen.',
  'progress.azure-silent':
    'Azure reageert sinds {at} niet. De back-up zelf heeft daar geen last van. Kluis blijft het proberen.',
  'progress.footer': 'Bijgewerkt {at}',
  'progress.footer-job': 'Bijgewerkt {at} · taak {job}',

  'closing.backed-up': 'Back-up van {vm} gelukt · {took}',
  'closing.protected': '{vm} is beveiligd · eerste back-up {next}',
  'closing.protected-no-next': '{vm} is beveiligd',
  'closing.point': 'Herstelpunt',
  'closing.point-value': '{at}, {consistency}',
  'closing.where': 'Waar',
  'closing.where-value': '{vault}',
  'closing.keys': 'Schijfsleutels',
  'closing.keys-with-disks': 'versleuteld (Azure Disk Encryption): de sleutels worden met de schijven hersteld',
  'closing.keys-unknown': 'Azure zei niet of de schijven versleuteld waren',
  'closing.keys-not-needed': 'geen: de schijven zijn niet binnen de VM versleuteld',
  'closing.kept': 'Bewaard tot',
  'closing.next': 'Volgende back-up',
  'closing.next-value': '{at} · {policy}',
  'closing.policy': 'Beleid',
  'closing.footer': 'Gestart door {who}',
  'closing.footer-job': 'Gestart door {who} · taak {job}',
  'consistency.application': 'toepassingsconsistent',
  'consistency.file-system': 'bestandssysteemconsistent',
  'consistency.crash': 'crashconsistent',
  'consistency.unknown': 'consistentie niet vermeld',
  'closing.unproven': 'Azure meldt succes, maar {vm} heeft nog geen nieuw herstelpunt',

  'half.title': 'Back-up van {vm} onvolledig: momentopname gemaakt, kopie naar {vault} mislukt',
  'half.text-no-date':
    'Herstellen kan vanuit de momentopname, zolang die wordt bewaard. Het kopiëren moet opnieuw worden geprobeerd.',

  'failed.backup': 'Van {vm} is GEEN back-up gemaakt: {cause}',
  'failed.backup-unknown': 'Van {vm} is GEEN back-up gemaakt: Azure gaf een onbekende fout',
  'failed.protect': '{vm} is NIET beveiligd: {cause}',
  'failed.grant': 'Er is GEEN toegang tot {keyVault} gegeven: {cause}',
  'failed.why': 'Waarom',
  'failed.azure-says': 'Azure zegt',
  'failed.code': 'Code',
  'failed.no-advice': 'Kluis kent deze fout niet. Dit meldt Azure:',
  'failed.fixes': 'Oplossing',
  'failed.certificate':
    'Azure Backup heeft toegang tot de sleutelkluis, dus de KEK is waarschijnlijk de sleutel van een certificaat',
  'failed.certificate-why':
    'Azure geeft dezelfde fout bij een sleutel van een certificaat ({keks}?), want Azure Backup kopieert alleen losse sleutels.',
  'failed.certificate-look':
    'Controleer of dat zo is: az keyvault key show --id <URL van de KEK> --query managed antwoordt dan true.',
  'failed.certificate-fix': 'Zo ja: maak een losse sleutel en versleutel de VM opnieuw met die sleutel als KEK.',
  'failed.kluis-grants':
    'Controleer opnieuw: de volgende kaart laat zien welke machtigingen ontbreken, en biedt aan die te geven.',
  'failed.tonight': 'Als dit niet wordt opgelost, mislukt de back-up van vannacht om {at} ook.',
  'failed.next': 'Als dit niet wordt opgelost, mislukt de volgende back-up ({at}) ook.',

  'cancelled.backup': 'De back-up van {vm} is geannuleerd door {who}',
  'cancelled.backup-elsewhere': 'De back-up van {vm} is buiten Kluis om geannuleerd',
  'cancelled.text': 'De beveiliging blijft aan; de volgende back-up is {next}.',
  'cancelled.text-no-next': 'De beveiliging is niet gewijzigd.',

  'ping.backed-up': 'back-up van {vm} gelukt',
  'ping.protected': '{vm} is beveiligd',
  'ping.granted': 'Azure Backup heeft toegang tot {keyVault}',
  'ping.half': 'back-up van {vm} onvolledig; zie de kaart hierboven',
  'ping.failed': 'van {vm} is GEEN back-up gemaakt; zie de kaart hierboven',
  'ping.failed-protect': '{vm} is NIET beveiligd; zie de kaart hierboven',
  'ping.failed-grant': 'er is GEEN toegang tot {keyVault} gegeven; zie de kaart hierboven',
  'ping.cancelled': 'de back-up van {vm} is geannuleerd',
};
