const answered = '{answered, select, yes { ({answer})} other {}}';

/**
 * Why something couldn't be read, as the end of a sentence. `why` is the kind of fault; `action` the missing
 * permission; `answer` is Azure's answer, if there was one (`answered`).
 */
export const becauseEn = `{why, select, forbidden {Kluis lacks the permission {action}${answered}} unauthenticated {Azure doesn''t accept Kluis''s identity${answered}} throttled {Azure is throttling requests${answered}} missing {Azure can''t find it${answered}} garbled {Kluis can''t read what Azure answered${answered}} other {{answered, select, yes {Azure answered with {answer}} other {Azure didn''t respond}}}}`;

/** The same in Dutch. */
export const becauseNl = `{why, select, forbidden {Kluis mist de machtiging {action}${answered}} unauthenticated {Azure accepteert de identiteit van Kluis niet${answered}} throttled {Azure beperkt het aantal verzoeken${answered}} missing {Azure vindt het niet${answered}} garbled {Kluis kan het antwoord van Azure niet lezen${answered}} other {{answered, select, yes {Azure antwoordde met {answer}} other {Azure reageerde niet}}}}`;
