import type { Told } from './transcript.ts';

/** What the demonstration says of itself, in the language of the chat. */
export type Narration = Told & {
  readonly opening: (url: string) => string;
  readonly protect: string;
  readonly answers: string;
  readonly grants: string;
  readonly failures: string;
  readonly onePoint: (vm: string) => string;
  readonly everyVm: (names: string) => string;
  readonly closing: (good: number, all: number) => string;
};

const en: Narration = {
  edited: 'the same card, edited',
  presses: 'presses',
  good: 'as it should be',
  bad: 'NOT as it should be',
  opening: (url) => `Kluis runs at ${url}, against a simulated Azure; what the cards show is not real.`,
  protect: 'A VM is protected and backed up',
  answers: 'Every VM gives its own answer',
  grants: 'Missing access to key vaults is given',
  failures: 'A backup fails, once with a known error, once with an unknown one',
  onePoint: (vm) => `Azure holds exactly one recovery point of ${vm}`,
  everyVm: (names) => `every VM of the estate has been asked about; left out: ${names || 'none'}`,
  closing: (good, all) => `${good} of ${all} checks as they should be.`,
};

const nl: Narration = {
  edited: 'dezelfde kaart, bijgewerkt',
  presses: 'drukt op',
  good: 'zoals het hoort',
  bad: 'NIET zoals het hoort',
  opening: (url) => `Kluis draait op ${url}, met een gesimuleerd Azure; wat de kaarten tonen, is niet echt.`,
  protect: 'Een VM wordt beveiligd en krijgt een back-up',
  answers: 'Elke VM geeft haar eigen antwoord',
  grants: 'Ontbrekende toegang tot sleutelkluizen wordt gegeven',
  failures: 'Een back-up mislukt, een keer met een bekende fout, een keer met een onbekende',
  onePoint: (vm) => `Azure heeft precies één herstelpunt van ${vm}`,
  everyVm: (names) => `naar elke VM is gevraagd; overgeslagen: ${names || 'geen'}`,
  closing: (good, all) => `${good} van ${all} controles zoals het hoort.`,
};

/** The narration in a language. */
export const narration: Readonly<Record<'en' | 'nl', Narration>> = { en, nl };
