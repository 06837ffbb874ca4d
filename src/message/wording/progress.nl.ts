import type { progressEn } from './progress.en.ts';

/** The progress card, the closing cards and the short messages beside them, in Dutch. */
export const progressNl: Record<keyof typeof progressEn, string> = {
  'failed.job': 'Taak',
  'failed.request': 'Aanvraag',
  'failed.several-causes': 'Deze code heeft meer dan één oorzaak',
  'failed.unknown-cause': 'Azure meldt een fout die Kluis niet kent',
  'progress.cancel-barred':
    'Niet geannuleerd: iemand anders heeft deze back-up gestart, en {who} mag die niet stoppen.',
  'progress.cancelling-by': 'Wordt geannuleerd, gevraagd door {who}.',
  'progress.now-joined': 'Volgt de back-up van {vm} die al liep',
  'progress.now-grant': 'Azure Backup krijgt toegang tot {keyVault}',
  'progress.now-protect': 'Beveiliging van {vm} wordt ingeschakeld',
  'progress.now-back-up': 'Back-up van {vm} wordt gemaakt',
  'progress.subtitle': 'naar {vault} · gestart door {who} om {at}',
  'progress.subtitle-no-vault': 'gestart door {who} om {at}',

  'phase.grant-write': 'Toegang gegeven in {keyVault}',
  'phase.grant-wait': 'Wachten tot de toegang werkt',
  'phase.protect': 'Beveiliging ingeschakeld',
  'phase.snapshot': 'Momentopname van de schijven',
  'phase.copy': 'Kopie naar de Recovery Services-kluis',
  'note.took': '{at}, duurde {took}',
  'note.since': 'sinds {at}',
  'note.until': 'uiterlijk tot {at}',
  'note.no-percentage': 'Azure geeft hier geen percentage',
  'note.already': 'was er al',
  'note.retry': '{at}, poging {n, number}: werkt nog niet',

  'progress.first': 'Geen schatting: de eerste back-up kopieert alles; dat duurt gewoonlijk uren.',
  'progress.usually': 'Gewoonlijk {usual} (schatting uit de laatste {count, number} back-ups).',
  'actor.schedule': 'een schema',
  'actor.alert': 'een waarschuwing',
  'unreadable.title': 'Kluis is bijgewerkt en kan deze bewerking niet voortzetten',
  'unreadable.text':
    'Een eerdere versie is ermee begonnen en sloeg haar op in een vorm die deze versie niet kan lezen. Er gaat niets meer naar Azure; wat daar al loopt, gaat door.',
  'progress.leave': 'De VM blijft werken. Je kunt weggaan: aan het eind noem ik je hier.',
  'progress.leave-off': 'Je kunt weggaan: aan het eind noem ik je hier.',
  'progress.cancel-while': 'Stoppen kan alleen zolang de momentopname wordt gemaakt.',
  'progress.cancel-too-late':
    'Stoppen kan niet meer: de momentopname is gemaakt, en het kopiëren breekt Azure niet af.',
  'progress.azure-silent':
    'Azure heeft sinds {at} niet geantwoord. De back-up zelf heeft daar geen last van; ik blijf vragen.',
  'progress.footer': 'Gezien {at}',
  'progress.footer-job': 'Gezien {at} · taak {job}',

  'closing.backed-up': 'Van {vm} is een back-up gemaakt · duurde {took}',
  'closing.protected': '{vm} is beveiligd · eerste back-up {next}',
  'closing.protected-no-next': '{vm} is beveiligd',
  'closing.point': 'Herstelpunt',
  'closing.point-value': '{at}, {consistency}',
  'closing.where': 'Waar',
  'closing.where-value': '{vault}',
  'closing.keys': 'Schijfsleutels',
  'closing.keys-with-disks':
    'versleuteld (Azure Disk Encryption): de sleutels komen mee bij het herstellen van de schijven',
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
  'closing.unproven': 'Azure meldt succes, maar er is nog geen nieuw herstelpunt van {vm} te zien',

  'half.title': 'De back-up van {vm} is half gelukt: de momentopname is er, de kopie naar {vault} niet',
  'half.text-no-date':
    'Herstellen kan vanuit de momentopname, zolang die bewaard wordt. Het kopiëren moet opnieuw worden geprobeerd.',

  'failed.backup': 'Van {vm} is GEEN back-up gemaakt: {cause}',
  'failed.backup-unknown': 'Van {vm} is GEEN back-up gemaakt: Azure meldt een fout die Kluis niet kent',
  'failed.protect': '{vm} is NIET beveiligd: {cause}',
  'failed.grant': 'Er is GEEN toegang tot {keyVault} gegeven: {cause}',
  'failed.why': 'Waarom',
  'failed.azure-says': 'Azure zegt',
  'failed.code': 'Code',
  'failed.no-advice': 'Kluis heeft geen advies bij deze fout; wat hier staat, is alles wat Azure gaf.',
  'failed.fixes': 'Wat helpt',
  'failed.certificate':
    'Azure Backup heeft toegang tot de sleutelkluis, dus de KEK is waarschijnlijk de sleutel van een certificaat',
  'failed.certificate-why':
    'Azure geeft dezelfde fout bij een sleutel die bij een certificaat hoort ({keks}?), want Azure Backup kopieert alleen losse sleutels.',
  'failed.certificate-look':
    'Kijk of dat zo is: az keyvault key show --id <URL van de KEK> --query managed antwoordt dan true.',
  'failed.certificate-fix': 'Zo ja: maak een losse sleutel en versleutel de VM opnieuw met die sleutel als KEK.',
  'failed.kluis-grants':
    'Controleer opnieuw: de kaart die volgt, zegt welke rechten ontbreken en biedt aan ze te geven.',
  'failed.tonight': 'Verandert er niets, dan mislukt de back-up van vannacht om {at} op dezelfde manier.',
  'failed.next': 'Verandert er niets, dan mislukt de volgende back-up ({at}) op dezelfde manier.',

  'cancelled.backup': 'De back-up van {vm} is gestopt door {who}',
  'cancelled.backup-elsewhere': 'De back-up van {vm} is buiten Kluis om gestopt',
  'cancelled.text': 'De beveiliging blijft aan; de volgende back-up is {next}.',
  'cancelled.text-no-next': 'De beveiliging blijft zoals ze was.',

  'ping.backed-up': 'van {vm} is een back-up gemaakt',
  'ping.protected': '{vm} is beveiligd',
  'ping.granted': 'Azure Backup heeft toegang tot {keyVault}',
  'ping.half': 'de back-up van {vm} is maar half gelukt; zie de kaart hierboven',
  'ping.failed': 'van {vm} is GEEN back-up gemaakt; zie de kaart hierboven',
  'ping.failed-protect': '{vm} is NIET beveiligd; zie de kaart hierboven',
  'ping.failed-grant': 'er is GEEN toegang tot {keyVault} gegeven; zie de kaart hierboven',
  'ping.cancelled': 'de back-up van {vm} is gestopt',
};
