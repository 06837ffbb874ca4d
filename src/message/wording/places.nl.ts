import type { placesEn } from './places.en.ts';

/** Recovery Services vaults and policies in plain words, in Dutch. */
export const placesNl: Record<keyof typeof placesEn, string> = {
  'vault.line': '{name} · {what}',
  'vault.copies-geo': "kopieën in twee regio's",
  'vault.copies-local': 'kopieën in één datacentrum',
  'vault.copies-zone': 'kopieën in drie zones van één regio',
  'vault.copies-geo-zone': 'kopieën in drie zones en een tweede regio',
  'vault.copies-unknown': 'redundantie: {redundancy}',
  'vault.undelete': 'voorlopig verwijderen: {days, plural, one {# dag} other {# dagen}}',
  'vault.no-undelete': 'geen voorlopig verwijderen',
  'vault.immutable': 'onveranderbaar',
  'vault.immutable-locked': 'onveranderbaar (vergrendeld)',
  'vault.guarded': 'beschermd door Resource Guard',
  'vault.refused': '{vault}: {reason}',
  'vault.none': 'Er is geen Recovery Services-kluis in {region} en dit abonnement. Deze opdracht maakt er een:',

  'policy.daily': 'elke dag {times}',
  'policy.weekly': 'elke {days} {times}',
  'policy.hourly': 'elke {hours, number} uur, {from} tot {to}',
  'policy.hourly-all-day': 'elke {hours, number} uur, dag en nacht',
  'policy.unknown-schedule': 'een schema dat Kluis niet kan lezen',
  'policy.kept': '{retentions} bewaard',
  'policy.kept-days': '{count, plural, one {# dag} other {# dagen}}',
  'policy.kept-weeks': '{count, plural, one {# week} other {# weken}}',
  'policy.kept-months': '{count, plural, one {# maand} other {# maanden}}',
  'policy.kept-years': '{count, plural, one {# jaar} other {# jaar}}',
  'policy.of-weekly': 'wekelijkse back-ups {period}',
  'policy.of-monthly': 'maandelijkse back-ups {period}',
  'policy.of-yearly': 'jaarlijkse back-ups {period}',
  'policy.crash-only': 'alleen crashconsistent',
};
