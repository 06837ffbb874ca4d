import type { Locale } from '../../core/person.ts';

/** The few words that Slack's own forms need and a card doesn't contain. */
export type OwnWords = {
  readonly sure: string;
  readonly back: string;
  readonly yes: string;
  readonly fillIn: string;
  readonly submit: string;
  readonly close: string;
  readonly next: string;
  readonly none: string;
  readonly shortened: string;
  readonly invite: string;
};

const tables: Readonly<Record<Locale, OwnWords>> = {
  en: {
    sure: 'Are you sure?',
    back: 'No, go back',
    yes: 'Yes',
    fillIn: 'Fill in the form',
    submit: 'Continue',
    close: 'Close',
    next: 'What should happen',
    none: '–',
    shortened: 'Shortened: Slack takes no more in one message. Narrow it down, or look in the Azure portal.',
    invite: 'To continue here: /invite @Kluis, and ask again. Or write to Kluis directly.',
  },
  nl: {
    sure: 'Weet je het zeker?',
    back: 'Nee, terug',
    yes: 'Ja',
    fillIn: 'Formulier invullen',
    submit: 'Verder',
    close: 'Sluiten',
    next: 'Wat moet er gebeuren',
    none: '–',
    shortened: 'Ingekort: meer past er in Slack niet in één bericht. Vraag het preciezer, of kijk in de Azure-portal.',
    invite: 'Om hier verder te gaan: /invite @Kluis, en vraag het nog eens. Of schrijf Kluis rechtstreeks.',
  },
};

/** The words in a language; English if none is given. */
export function ownWords(locale: Locale | undefined): OwnWords {
  return tables[locale ?? 'en'];
}
