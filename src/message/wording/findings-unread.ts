/**
 * Why something could not be read, as the end of a sentence. `why` is the kind of fault; `action` the right that would
 * make it known.
 */
export const becauseEn =
  "{why, select, forbidden {the bot lacks the right {action}} unauthenticated {Azure does not accept the bot's identity} throttled {Azure asks to wait before the next question} missing {Azure does not know it} other {Azure gave no usable answer}}";

/** The same in Dutch. */
export const becauseNl =
  '{why, select, forbidden {de bot mist het recht {action}} unauthenticated {Azure accepteert de identiteit van de bot niet} throttled {Azure vraagt om even te wachten} missing {Azure kent het niet} other {Azure gaf geen bruikbaar antwoord}}';
