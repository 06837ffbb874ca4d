const made = new Map<string, Intl.DateTimeFormat>();

/** A date formatter. Making one costs far more than using it, so each is made once; an unknown time zone throws. */
export function formatter(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat(tag, options);
  made.set(key, fresh);
  return fresh;
}
