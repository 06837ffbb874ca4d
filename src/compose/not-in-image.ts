import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../config/problem.ts';
import type { Settings } from '../config/settings.ts';

const isHere = (folder: string) => existsSync(fileURLToPath(new URL(`../${folder}`, import.meta.url)));

/**
 * What these settings need and the image lacks: it is built without the emulators of Teams, Slack and Azure. In the
 * working tree nothing is missing.
 */
export function notInImage({ platformConfigured, azure }: Pick<Settings, 'platformConfigured' | 'azure'>): Problem[] {
  if (!platformConfigured && !isHere('lab'))
    return [
      {
        subject: 'MicrosoftAppId',
        wrong: 'no chat platform is configured, and the chat page is not part of the image',
        remedy:
          'Configure Teams (MicrosoftAppId, …) or Slack (SLACK_BOT_TOKEN, …), or run npm start in the working tree',
        at: null,
      },
    ];
  if (azure.mode === 'simulator' && !isHere('sim'))
    return [
      {
        subject: 'KLUIS_AZURE',
        wrong: 'it is simulator, and the simulated Azure is not part of the image',
        remedy: 'Set it to azure, or run npm start in the working tree',
        at: null,
      },
    ];
  return [];
}
