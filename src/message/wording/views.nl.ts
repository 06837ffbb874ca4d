/** Commands that only read, in Dutch. */
export const viewsNl = {
  'view.looking': 'Azure wordt gelezen…',
  'view.closed': 'Gesloten.',
  'button.page-next': 'Volgende pagina',
  'button.page-before': 'Vorige pagina',
  'view.page': 'Pagina {page, number} van {pages, number}',
  'view.read-at': 'Gelezen {at}',
  'input.filter': 'Alleen met deze woorden',
  'button.narrow': 'Toon deze',
} as const;
