/** The libraries that index.html loads into the page. */
import type * as cards from 'adaptivecards';
import type MarkdownIt from 'markdown-it';

declare global {
  const AdaptiveCards: typeof cards;
  interface Window {
    markdownit: typeof MarkdownIt;
  }
}
