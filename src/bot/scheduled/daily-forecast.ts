/** The daily forecast, in each channel or chat that gets failed backups, for the VMs that it subscribes to. */
import { parseArmId } from '../../core/arm-id.ts';
import { weekdays } from '../../core/schedule.ts';
import { fitOf } from '../../people/match.ts';
import { dailyForecastCard } from '../../views/forecast/daily-card.ts';
import { readForecastFacts, type HeldVm } from '../../views/forecast/forecast-facts.ts';
import { forecastOf } from '../../views/forecast/forecast-of.ts';
import { isTold, newsOf } from '../../views/forecast/news.ts';
import { alertPlaces } from '../alerts/places.ts';
import { estateOf } from '../estate/estate.ts';
import type { ScheduledPlace, ScheduledPost } from './scheduled-post.ts';

/** The post. If nothing will fail there is none, unless `kluis.yaml` asks for it. */
export const dailyForecast: ScheduledPost = {
  kind: 'forecast',
  places: async (within) => {
    const { daily } = within.deps.forecast;
    if (daily === null) return [];
    const schedule = { days: weekdays, time: daily };
    return (await alertPlaces(within)).map((place) => ({ ...place, schedule }));
  },
  read: async (deps) => {
    const facts = await readForecastFacts(await estateOf(deps, null));
    return ({ words, place, day, told, due }) => {
      const { rows, unread } = forecastOf({ ...facts, vms: facts.vms.filter((vm) => isHeardOf(vm, place)) });
      const news = newsOf({ rows, unread }, told, day);
      const isPosted = deps.forecast.allClear || isTold(news, { unread });
      const drawing = { words, forecast: { rows, unread }, news, readAt: facts.now, due };
      return { card: isPosted ? dailyForecastCard(drawing) : null, told: news.told };
    };
  },
};

/** A tag that couldn't be read counts as matching. */
function isHeardOf({ item, vault, assessment }: HeldVm, { scope }: ScheduledPlace): boolean {
  const target = {
    vault: vault.name,
    subscription: vault.subscription,
    resourceGroup: parseArmId(item.vmId)?.resourceGroup ?? null,
    tags: assessment?.vm.tags ?? null,
  };
  return scope.some((match) => fitOf(match, [target]) !== 'differs');
}
