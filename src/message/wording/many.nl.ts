/** Several VMs at once, in Dutch. */
export const manyNl = {
  'many.ready': '{count, plural, one {# klaar} other {# klaar}}',
  'many.access':
    '{count, plural, one {# zonder toegang} other {# zonder toegang}} ({grants, plural, one {# keer toegang geven is genoeg} other {# keer toegang geven is nodig}})',

  'many.access-short': '{count, plural, one {# zonder toegang} other {# zonder toegang}}',
  'many.provider': '{count, plural, one {# mist registratie} other {# missen registratie}}',
  'many.group-provider': 'Azure Backup is niet geregistreerd in het abonnement ({count, number})',
  'many.provider-access':
    '{count, plural, one {# mist registratie en toegang} other {# missen registratie en toegang}}',
  'many.group-provider-access':
    'Azure Backup is niet geregistreerd in het abonnement, en toegang tot een sleutelkluis ontbreekt ({count, number})',
  'many.button-register':
    '{count, plural, one {Registreren en back-up maken} other {Registreren en back-up maken van #}}',
  'many.button-fix': 'Registreren, toegang, back-up van {count, number}',
  'many.unsure': '{count, plural, one {# niet volledig gecontroleerd} other {# niet volledig gecontroleerd}}',
  'many.open': '{count, plural, one {# vraagt een keuze} other {# vragen een keuze}}',
  'many.blocked': '{count, plural, one {# geblokkeerd} other {# geblokkeerd}}',
  'many.unknown': '{count, plural, one {# naam onduidelijk} other {# namen onduidelijk}}',
  'many.group-ready': 'Nog niet beveiligd ({count, number}): nu beveiligen en back-up maken',
  'many.group-protected': 'Al beveiligd ({count, number}): nu back-up maken',
  'many.group-unsure': 'Lukt misschien, maar niet alles was te lezen ({count, number})',
  'many.group-access': 'Toegang tot een sleutelkluis ontbreekt ({count, number})',
  'many.group-unknown': 'Recovery Services-kluis of beleid moet nog worden gekozen ({count, number})',
  'many.group-blocked': 'Geblokkeerd ({count, number})',
  'many.group-several': "Meerdere VM's met deze naam ({count, number}): schrijf groep/naam",
  'many.group-not-found-read': 'Geen VM met deze naam gevonden in wat gelezen kon worden ({count, number})',
  'many.group-not-found': 'Geen VM met deze naam gevonden ({count, number})',
  'many.only': 'Bedoelde je {command}?',
  'many.only-text': 'Geen VM met de naam {names} gevonden.',
  'many.to': 'naar {vault}, {policy}',
  'many.now': 'in {vault}',
  'many.grant': 'heeft toegang tot {keyVaults} nodig',
  'many.choose': 'open deze VM apart om te kiezen',
  'many.several': "meerdere VM's met deze naam",
  'many.not-found': 'geen VM met deze naam gevonden',
  'many.button-ready': "{count, plural, one {Back-up maken van de VM die klaar is} other {Back-up maken van # VM's}}",
  'many.button-unsure':
    "{count, plural, one {Back-up maken van de VM die niet geblokkeerd is} other {Back-up maken van # niet-geblokkeerde VM's}}",
  'many.button-all':
    '{count, plural, one {Toegang geven en back-up maken} other {Toegang geven en back-up van alle #}}',
  'many.after':
    '{retention, plural, one {Back-ups die nu worden gemaakt, blijven # dag bewaard.} other {Back-ups die nu worden gemaakt, blijven # dagen bewaard.}} Elke VM heeft een eigen uitkomst. Er is nog niets gewijzigd.',
  'many.running': '{done, number} van {count, number} back-ups klaar',
  'many.ended': "Back-up gemaakt van {done, number} van {count, number} VM's",
  'many.ended-not': '{done, number} van {count, number} back-ups; niet: {which}',
  'many.ping-not': "back-up gemaakt van {done, number} van {count, number} VM's; niet: {which}",
  'many.which': '{vm} ({why})',
  'many.job-of': '{vm}: back-uptaak',
  'many.ping': "back-up gemaakt van {done, number} van {count, number} VM's",
  'many.skipped': 'overgeslagen: een eerdere stap is niet gelukt',
  'many.skipped-failed': 'overgeslagen: een eerdere stap is mislukt',
  'many.half': 'alleen een momentopname',
  'many.cancelled': 'geannuleerd',
  'many.failed': 'mislukt',
  'many.not-begun': 'niet gestart',
  'many.again': '{count, plural, one {{vm} opnieuw controleren} other {De andere # opnieuw controleren}}',
} as const;
