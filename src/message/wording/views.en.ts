/** Commands that only read, in English. */
export const viewsEn = {
  'view.looking': 'Reading from Azure…',
  'view.closed': 'Closed.',
  'button.page-next': 'Next page',
  'button.page-before': 'Page before',
  'view.page': 'Page {page, number} of {pages, number}',
  'view.read-at': 'Read {at}',
  'input.filter': 'Only with these words',
  'button.narrow': 'Show these',
} as const;
