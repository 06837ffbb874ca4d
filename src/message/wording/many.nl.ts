/** Several VMs in one go, in Dutch. */
export const manyNl = {
  'many.ready': '{count, plural, one {# gereed} other {# gereed}}',
  'many.access':
    '{count, plural, one {# mist toegang} other {# missen toegang}} ({grants, plural, one {# toekenning volstaat} other {# toekenningen nodig}})',

  'many.open': '{count, plural, one {# vraagt een keuze} other {# vragen een keuze}}',
  'many.blocked': '{count, plural, one {# geblokkeerd} other {# geblokkeerd}}',
  'many.unknown': '{count, plural, one {# naam onduidelijk} other {# namen onduidelijk}}',
  'many.group-ready': 'Gereed ({count, number}): nu beveiligen en back-up maken',
  'many.group-protected': 'Al beveiligd ({count, number}): nu back-up maken',
  'many.group-access': 'Toegang tot een sleutelkluis ontbreekt ({count, number})',
  'many.group-unknown': 'Recovery Services-kluis of beleid moet nog gekozen worden ({count, number})',
  'many.group-blocked': 'Geblokkeerd ({count, number})',
  'many.group-several': "Meer VM's heten zo ({count, number}): schrijf groep/naam",
  'many.group-not-found-read': 'Geen VM heet zo in wat gelezen kon worden ({count, number})',
  'many.group-not-found': 'Geen VM heet zo ({count, number})',
  'many.to': 'naar {vault}, {policy}',
  'many.now': 'in {vault}',
  'many.grant': 'in {keyVaults}',
  'many.choose': 'open hem apart',
  'many.button-ready':
    "{count, plural, one {Ga door met de VM die klaar is} other {Ga door met de # VM's die klaar zijn}}",
  'many.button-all':
    '{count, plural, one {Geef toegang en ga dan door} other {Geef toegang en ga dan door met alle #}}',
  'many.after':
    '{retention, plural, one {Back-ups die nu gemaakt worden, blijven # dag bewaard.} other {Back-ups die nu gemaakt worden, blijven # dagen bewaard.}} Elke VM heeft een eigen uitkomst. Tot nu toe is er niets veranderd.',
  'many.running': "Back-up gemaakt van {done, number} van {count, number} VM's",
  'many.ended': "Back-up gemaakt van {done, number} van {count, number} VM's",
  'many.ping': "back-up gemaakt van {done, number} van {count, number} VM's; zie de kaart hierboven",
  'many.skipped': 'niet begonnen, omdat een stap ervoor niet gelukt is',
  'many.skipped-failed': 'niet begonnen, omdat een stap ervoor mislukt is',
  'many.again': '{count, plural, one {Bekijk de andere opnieuw} other {Bekijk de andere # opnieuw}}',
} as const;
