/**
 * `text` as it is compared: lower case, curly quotes straight, every run of white space one blank. Azure's texts come
 * with CR LF, with a trailing blank, and from web pages with typographic quotes.
 */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019\u201a\u201b\u02bc]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A code as it is compared: Azure itself writes both KeyVault and Keyvault. */
export function plainCode(code: string): string {
  return code.trim().toLowerCase();
}
