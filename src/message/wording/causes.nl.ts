import type { causesEn } from './causes.en.ts';

/** An administrator's entries for errors that the knowledge doesn't have, in Dutch. */
export const causesNl: Record<keyof typeof causesEn, string> = {
  'company.short': 'een fout die jullie bedrijf kent',
  'company.mark': 'geschreven door jullie bedrijf',
  'company.by': 'Geschreven door jullie bedrijf: {who}, {date}',
  'company.write': 'Oorzaak en oplossing schrijven…',
  'company.edit': 'Oorzaak en oplossing wijzigen…',
  'company.edit-row': 'Wijzigen…',
  'causes.form-new': 'Wat betekent deze fout?',
  'causes.form-change': 'Wijzigen wat jullie bedrijf schreef?',
  'causes.form-why':
    'Je antwoord staat daarna op elke kaart met deze fout, gemarkeerd als geschreven door jullie bedrijf.',
  'causes.cause': 'Oorzaak, in één zin',
  'causes.fix': 'Oplossing, per regel een stap',
  'causes.cause-missing': 'Schrijf in één zin waardoor het komt.',
  'causes.fix-missing': 'Schrijf wat het verhelpt.',
  'causes.cause-long': 'Hooguit {max} tekens; dit zijn er {count}.',
  'causes.fix-long': 'Hooguit {steps} stappen van elk {max} tekens.',
  'causes.save': 'Opslaan',
  'causes.remove': 'Verwijderen',
  'causes.saved': 'Oorzaak en oplossing van deze fout zijn opgeslagen',
  'causes.saved-text': 'Vanaf nu staan ze op elke kaart met deze fout.',
  'causes.removed': 'Oorzaak en oplossing van deze fout zijn verwijderd',
  'causes.removed-text': 'De fout staat er weer zoals Azure die meldt.',
  'causes.title':
    '{count, plural, =0 {Jullie bedrijf schreef nog geen oorzaken} one {# oorzaak, beschreven door jullie bedrijf} other {# oorzaken, beschreven door jullie bedrijf}}',
  'causes.how': 'Een beheerder kan er een schrijven op de kaart van een mislukte back-up met een onbekende fout.',
  'causes.export': 'Als JSON: npm run knowledge:export',
  'causes.more': 'en {count, plural, one {nog #} other {nog #}}',
  'causes.no-job': 'Geen mislukte taak bekend als {asked}',
  'causes.no-job-text': 'Gebruik de knop op de kaart van de mislukking: Kluis bewaart taken 60 dagen.',
  'causes.documented': 'Deze fout is al gedocumenteerd',
  'causes.documented-text': 'Een gedocumenteerde oorzaak wordt nooit vervangen.',
  'causes.silent': 'Azure gaf geen code en geen tekst',
  'causes.silent-text': 'Daardoor kan Kluis dezelfde fout niet herkennen.',
  'may.explain-errors': 'schrijven wat een fout betekent',
};
