import { accessNl } from './access.nl.ts';
import { alertsNl } from './alerts.nl.ts';
import { approvalNl } from './approval.nl.ts';
import { causesNl } from './causes.nl.ts';
import { controlsNl } from './controls.nl.ts';
import { digestNl } from './digest.nl.ts';
import { disksNl } from './disks.nl.ts';
import type { en } from './en.ts';
import { drillNl } from './drill.nl.ts';
import { drillsNl } from './drills.nl.ts';
import { effectsNl } from './effects.nl.ts';
import { exceptionNl } from './exception.nl.ts';
import { forecastNl } from './forecast.nl.ts';
import { helpNl } from './help.nl.ts';
import { homeNl } from './home.nl.ts';
import { keysNl } from './keys.nl.ts';
import { placesNl } from './places.nl.ts';
import { manyNl } from './many.nl.ts';
import { planNl } from './plan.nl.ts';
import { planFieldsNl } from './plan-fields.nl.ts';
import { policyNl } from './policy.nl.ts';
import { providerNl } from './provider.nl.ts';
import { protectionNl } from './protection.nl.ts';
import { progressNl } from './progress.nl.ts';
import { readinessNl } from './readiness.nl.ts';
import { refusalsNl } from './refusals.nl.ts';
import { replaceNl } from './replace.nl.ts';
import { restoreNl } from './restore.nl.ts';
import { restoredDisksNl } from './restored-disks.nl.ts';
import { restoredVmNl } from './restored-vm.nl.ts';
import { sightingsNl } from './sightings.nl.ts';
import { viewsNl } from './views.nl.ts';

/** All texts in Dutch. */
export const nl: Readonly<Record<keyof typeof en, string>> = {
  ...controlsNl,
  ...readinessNl,
  ...accessNl,
  ...alertsNl,
  ...approvalNl,
  ...digestNl,
  ...disksNl,
  ...drillNl,
  ...drillsNl,
  ...effectsNl,
  ...exceptionNl,
  ...keysNl,
  ...placesNl,
  ...manyNl,
  ...planNl,
  ...planFieldsNl,
  ...policyNl,
  ...progressNl,
  ...providerNl,
  ...protectionNl,
  ...refusalsNl,
  ...helpNl,
  ...causesNl,
  ...homeNl,
  ...replaceNl,
  ...restoreNl,
  ...restoredDisksNl,
  ...restoredVmNl,
  ...sightingsNl,
  ...viewsNl,
  ...forecastNl,
};
