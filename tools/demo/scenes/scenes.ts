/** The table of scenes. Each is played on both platforms, on a new estate; a new line here is tested on both. */
import { answersScene } from './answers-scene.ts';
import { cancelScene } from './cancel-scene.ts';
import { casesScene } from './cases-scene.ts';
import { changesScene } from './changes-scene.ts';
import { digestScene, forecastScene } from './digest-scene.ts';
import { alertScene, failuresScene } from './failures-scene.ts';
import { glassScene } from './glass-scene.ts';
import { grantsScene, registerScene } from './grants-scene.ts';
import { manyScene } from './many-scene.ts';
import type { SceneName } from '../narration.ts';
import { policiesScene } from './policies-scene.ts';
import { protectScene } from './protect-scene.ts';
import { protectedScene } from './protected-scene.ts';
import { protectionScene } from './protection-scene.ts';
import { brokenOffScene, drillScene, drillsScene, restoreScene } from './restore-scene.ts';
import { rightsScene } from './rights-scene.ts';
import type { DemoContext } from './demo-context.ts';
import { togetherScene } from './together-scene.ts';
import { viewsScene } from './views-scene.ts';

/** The scenes by name, in the order in which they are played. */
const scenes: Readonly<Record<SceneName, (demo: DemoContext) => Promise<void>>> = {
  protect: protectScene,
  protected: protectedScene,
  many: manyScene,
  changes: changesScene,
  together: togetherScene,
  cancel: cancelScene,
  protection: protectionScene,
  restore: restoreScene,
  resumed: brokenOffScene,
  drill: drillScene,
  drills: drillsScene,
  glass: glassScene,
  register: registerScene,
  grants: grantsScene,
  failures: failuresScene,
  alert: alertScene,
  views: viewsScene,
  forecast: forecastScene,
  digest: digestScene,
  policies: policiesScene,
  rights: rightsScene,
  answers: answersScene,
  cases: casesScene,
};

/** Their names. */
export const sceneNames = Object.keys(scenes) as readonly SceneName[];

/** Plays one of them on a fresh estate, under its heading. */
export async function playScene(demo: DemoContext, name: SceneName): Promise<void> {
  await demo.azure.begins();
  demo.out.heading(demo.told.scenes[name]);
  for (const chat of [demo.ana, demo.ben, demo.chris]) chat.loud = true;
  await scenes[name](demo);
}
