import { accessEn } from './access.en.ts';
import { alertsEn } from './alerts.en.ts';
import { approvalEn } from './approval.en.ts';
import { causesEn } from './causes.en.ts';
import { controlsEn } from './controls.en.ts';
import { digestEn } from './digest.en.ts';
import { disksEn } from './disks.en.ts';
import { drillEn } from './drill.en.ts';
import { drillsEn } from './drills.en.ts';
import { effectsEn } from './effects.en.ts';
import { exceptionEn } from './exception.en.ts';
import { forecastEn } from './forecast.en.ts';
import { helpEn } from './help.en.ts';
import { homeEn } from './home.en.ts';
import { keysEn } from './keys.en.ts';
import { placesEn } from './places.en.ts';
import { manyEn } from './many.en.ts';
import { planEn } from './plan.en.ts';
import { planFieldsEn } from './plan-fields.en.ts';
import { policyEn } from './policy.en.ts';
import { providerEn } from './provider.en.ts';
import { protectionEn } from './protection.en.ts';
import { progressEn } from './progress.en.ts';
import { readinessEn } from './readiness.en.ts';
import { refusalsEn } from './refusals.en.ts';
import { replaceEn } from './replace.en.ts';
import { restoreEn } from './restore.en.ts';
import { restoredDisksEn } from './restored-disks.en.ts';
import { restoredVmEn } from './restored-vm.en.ts';
import { sightingsEn } from './sightings.en.ts';
import { viewsEn } from './views.en.ts';

/** All texts in English: ICU messages by key. The other languages are held to its keys and placeholders. */
export const en = {
  ...controlsEn,
  ...readinessEn,
  ...accessEn,
  ...alertsEn,
  ...approvalEn,
  ...digestEn,
  ...disksEn,
  ...drillEn,
  ...drillsEn,
  ...effectsEn,
  ...exceptionEn,
  ...keysEn,
  ...placesEn,
  ...manyEn,
  ...planEn,
  ...planFieldsEn,
  ...policyEn,
  ...progressEn,
  ...providerEn,
  ...protectionEn,
  ...refusalsEn,
  ...helpEn,
  ...causesEn,
  ...homeEn,
  ...replaceEn,
  ...restoreEn,
  ...restoredDisksEn,
  ...restoredVmEn,
  ...sightingsEn,
  ...viewsEn,
  ...forecastEn,
} as const;
