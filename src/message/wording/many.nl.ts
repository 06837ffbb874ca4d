/** Several VMs in one go, in Dutch. */
export const manyNl = {
  'many.ready': '{count, plural, one {# gereed} other {# gereed}}',
  'many.access':
    '{count, plural, one {# mist toegang} other {# missen toegang}} ({grants, plural, one {# toekenning volstaat} other {# toekenningen nodig}})',

  'many.unsure': '{count, plural, one {# niet helemaal bekend} other {# niet helemaal bekend}}',
  'many.open': '{count, plural, one {# vraagt een keuze} other {# vragen een keuze}}',
  'many.blocked': '{count, plural, one {# geblokkeerd} other {# geblokkeerd}}',
  'many.unknown': '{count, plural, one {# naam onduidelijk} other {# namen onduidelijk}}',
  'many.group-ready': 'Gereed ({count, number}): nu beveiligen en back-up maken',
  'many.group-protected': 'Al beveiligd ({count, number}): nu back-up maken',
  'many.group-unsure': 'Lukt misschien, maar niet alles was te lezen ({count, number})',
  'many.group-access': 'Toegang tot een sleutelkluis ontbreekt ({count, number})',
  'many.group-unknown': 'Recovery Services-kluis of beleid moet nog gekozen worden ({count, number})',
  'many.group-blocked': 'Geblokkeerd ({count, number})',
  'many.group-several': "Meer VM's heten zo ({count, number}): schrijf groep/naam",
  'many.group-not-found-read': 'Geen VM met deze naam gevonden in wat gelezen kon worden ({count, number})',
  'many.group-not-found': 'Geen VM met deze naam gevonden ({count, number})',
  'many.to': 'naar {vault}, {policy}',
  'many.now': 'in {vault}',
  'many.grant': 'heeft toegang tot {keyVaults} nodig',
  'many.choose': 'open hem apart om te kiezen',
  'many.several': "meer VM's heten zo",
  'many.not-found': 'geen VM met deze naam gevonden',
  'many.button-ready':
    "{count, plural, one {Ga door met de VM die klaar is} other {Ga door met de # VM's die klaar zijn}}",
  'many.button-unsure':
    "{count, plural, one {Ga door met de VM die niets tegenhoudt} other {Ga door met de # VM's die niets tegenhoudt}}",
  'many.button-all':
    '{count, plural, one {Geef toegang en ga dan door} other {Geef toegang en ga dan door met alle #}}',
  'many.after':
    '{retention, plural, one {Back-ups die nu gemaakt worden, blijven # dag bewaard.} other {Back-ups die nu gemaakt worden, blijven # dagen bewaard.}} Elke VM heeft een eigen uitkomst. Tot nu toe is er niets veranderd.',
  'many.running': "Back-up gemaakt van {done, number} van {count, number} VM's",
  'many.ended': "Back-up gemaakt van {done, number} van {count, number} VM's",
  'many.ended-not': "Back-up gemaakt van {done, number} van {count, number} VM's; niet: {which}",
  'many.ping-not': "back-up gemaakt van {done, number} van {count, number} VM's; niet: {which}; zie de kaart hierboven",
  'many.which': '{vm} ({why})',
  'many.job-of': '{vm}: back-uptaak',
  'many.ping': "back-up gemaakt van {done, number} van {count, number} VM's; zie de kaart hierboven",
  'many.skipped': 'niet begonnen, omdat een stap ervoor niet gelukt is',
  'many.skipped-failed': 'niet begonnen, omdat een stap ervoor mislukt is',
  'many.half': 'alleen een momentopname',
  'many.cancelled': 'geannuleerd',
  'many.failed': 'mislukt',
  'many.not-begun': 'niet begonnen',
  'many.again': '{count, plural, one {Bekijk de andere opnieuw} other {Bekijk de andere # opnieuw}}',
} as const;
