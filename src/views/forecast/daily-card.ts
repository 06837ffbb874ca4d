/** The forecast as it is posted once a day: what is new, and what is still wrong. Pure. */
import type { Block, CardMessage } from '../../message/card-data.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { causeBlocks, causesOf } from './causes.ts';
import type { Forecast, ForecastRow } from './forecast-of.ts';
import { lineOf, markOf } from './forecast.ts';
import type { News } from './news.ts';
import { verdictOf } from './verdict.ts';

/** `due`: when it should have been posted, if that is worth saying; null: it is on time. */
type Daily = {
  readonly words: Words;
  readonly forecast: Pick<Forecast, 'rows' | 'unread'>;
  readonly news: News;
  readonly readAt: Date;
  readonly due: Date | null;
};

/** How many causes are listed; the card that the button opens has them all. */
const [maxFresh, maxStill] = [8, 5];

/** The card. */
export function dailyForecastCard({ words, forecast, news, readAt, due }: Daily): CardMessage {
  const { say } = words;
  const { rows, unread } = forecast;
  const { title, why } = verdictOf(words, { rows, unread, now: readAt });
  const mended = news.mended > 0 ? say('daily.mended', { count: news.mended }) : '';
  const read = say('view.read-at', { at: words.dateTime(readAt) });
  const isWhole = unread.length === 0;
  const button = { title: say('daily.open'), verb: 'command', data: { command: 'backup forecast' }, withInputs: false };
  return {
    template: 'sheet',
    data: {
      mark: markOf(rows, isWhole),
      title,
      why: [why, mended].filter(Boolean).join(' · ') || undefined,
      body: [...newsBlocks(words, news, readAt), ...unreadBlocks(words, unread, title)],
      buttons: [button],
      line: lineOf(words, { rows, isWhole, now: readAt }),
      footer: due === null ? read : say('daily.late', { at: words.time(due), read }),
    },
  };
}

/** What was posted before is listed separately, with its date; on the first day there is nothing to separate. */
function newsBlocks(words: Words, { fresh, still, since }: News, now: Date): Block[] {
  const told = blocksOf(words, { rows: fresh, max: maxFresh, now });
  if (since === null) return told;
  const day = words.day(since);
  return [
    { kind: 'text', text: words.say(fresh.length > 0 ? 'daily.fresh' : 'daily.nothing-new'), tone: 'strong' },
    ...told,
    { kind: 'text', text: words.say('daily.still', { day }), tone: 'strong' },
    ...blocksOf(words, { rows: still, max: maxStill, now }),
  ];
}

type Part = { readonly rows: readonly ForecastRow[]; readonly max: number; readonly now: Date };

function blocksOf(words: Words, { rows, max, now }: Part): Block[] {
  const causes = causesOf(words, rows, now);
  const more = causes.length - max;
  const rest: Block[] = more > 0 ? [{ kind: 'text', text: words.say('daily.more', { count: more }) }] : [];
  return [...causeBlocks(words, { causes: causes.slice(0, max), rows, now }), ...rest];
}
