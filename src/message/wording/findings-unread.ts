/**
 * Why something could not be read, as the end of a sentence. `why` is the kind of fault; `action` the
 * permission that would make it known; `answer` is what Azure answered, where it did (`answered`).
 */
export const becauseEn =
  "{why, select, forbidden {Kluis lacks the permission {action}} unauthenticated {Azure doesn''t accept Kluis''s identity} throttled {Azure is throttling requests} missing {Azure can''t find it} other {Azure gave no usable answer}}{answered, select, yes { ({answer})} other {}}";

/** The same in Dutch. */
export const becauseNl =
  '{why, select, forbidden {Kluis mist de machtiging {action}} unauthenticated {Azure accepteert de identiteit van Kluis niet} throttled {Azure beperkt het aantal verzoeken} missing {Azure vindt het niet} other {Azure gaf geen bruikbaar antwoord}}{answered, select, yes { ({answer})} other {}}';
