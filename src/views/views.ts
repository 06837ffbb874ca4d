import { digestView } from './digest/digest.ts';
import { forecastView } from './forecast/forecast.ts';
import { jobView } from './jobs/job.ts';
import { jobsView } from './jobs/jobs.ts';
import { policiesView } from './policies/policies.ts';
import { protectedView } from './protected/protected.ts';
import { statusView } from './status/status.ts';
import { unprotectedView } from './unprotected/unprotected.ts';
import { vaultsView } from './vaults/vaults.ts';
import type { Json } from '../core/json.ts';
import type { View } from './view.ts';

/** All commands that only read. */
export const views: readonly View[] = [
  asView(statusView),
  asView(jobsView),
  asView(jobView),
  asView(protectedView),
  asView(unprotectedView),
  asView(forecastView),
  asView(digestView),
  asView(vaultsView),
  asView(policiesView),
];

/** The bot stores every result as JSON and gives it back to the view that made it. */
function asView<R extends Json>(view: View<R>): View {
  return view as unknown as View;
}
