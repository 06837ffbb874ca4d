/** How much of a card's data is shown. */
export type Limits = {
  readonly title: number;
  readonly text: number;
  readonly label: number;
  readonly line: number;
  readonly blocks: number;
  readonly items: number;
  readonly choices: number;
  readonly folds: number;
  readonly actions: number;
};

/** The limits for ordinary cards. */
export const generous: Limits = {
  title: 200,
  text: 1200,
  label: 150,
  line: 3000,
  blocks: 30,
  items: 40,
  choices: 100,
  folds: 6,
  actions: 20,
};

/**
 * From generous to tight. `render` takes the first with which the card fits Teams' size; ordinary cards never get past
 * the first. A card that says less is better than one that Teams drops silently.
 */
export const limitSteps: readonly Limits[] = [
  generous,
  { title: 160, text: 500, label: 100, line: 800, blocks: 20, items: 15, choices: 40, folds: 4, actions: 12 },
  { title: 120, text: 200, label: 60, line: 300, blocks: 10, items: 6, choices: 10, folds: 1, actions: 8 },
  { title: 80, text: 100, label: 40, line: 120, blocks: 5, items: 3, choices: 5, folds: 0, actions: 6 },
];
