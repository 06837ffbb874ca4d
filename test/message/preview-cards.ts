/**
 * `npm run cards:preview` serves every kind of card, in both languages, as the chat page draws it; whoever changes a
 * layout in `cards/` saves the file and loads the page again.
 */
import express from 'express';
import { render } from '../../cards/render.ts';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import { pageRouter } from '../../src/lab/control/page-files.ts';
import { cardKinds } from '../support/cards/kinds.ts';

const port = Number(process.env['PORT'] ?? 3979);

const cards = Object.entries(cardKinds).map(async ([kind, made]) => {
  const drawn = (['en', 'nl'] as const).map(async (locale) => {
    const look = { locale, timeZone: 'Europe/Amsterdam', simulated: true };
    return { locale, card: render(asSheet(await made(look)), look) };
  });
  return { kind, drawn: await Promise.all(drawn) };
});

const styles = ['style', 'conversation/conversation', 'card/card'];
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width" />
<title>Kluis · every card</title>
${styles.map((name) => `<link rel="stylesheet" href="/_lab/page/${name}.css" />`).join('\n')}
<style>body { display: block; overflow: auto; padding: 1rem } .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; align-items: start }</style>
<script src="/_lab/page/adaptivecards.js"></script>
<script src="/_lab/page/markdown-it.js"></script>
<script type="module">
  import { renderCard, setUpRenderer } from '/_lab/page/card/card.js';
  import { wordsOf } from '/_lab/page/words.js';
  setUpRenderer();
  const rest = { onPress: () => Promise.resolve(), onSearch: () => Promise.resolve([]) };
  for (const { kind, drawn } of await (await fetch('/cards.json')).json()) {
    const heading = Object.assign(document.createElement('h2'), { id: kind, textContent: kind });
    const pair = Object.assign(document.createElement('div'), { className: 'pair' });
    pair.append(...drawn.map(({ locale, card }) => renderCard(card, { ...rest, words: wordsOf(locale) }).node));
    document.body.append(heading, pair);
  }
</script>
`;

const app = express();
app.get('/', (_request, response) => void response.type('html').send(page));
app.get('/cards.json', async (_request, response) => void response.json(await Promise.all(cards)));
app.use(pageRouter());
app.listen(port, '127.0.0.1', () => console.log(`Every card: http://127.0.0.1:${port}`));
