/** `npm run deploy:template`: writes deploy/azuredeploy.json. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { template } from './template/template.ts';

writeFileSync(join(import.meta.dirname, 'azuredeploy.json'), `${JSON.stringify(await template(), null, 2)}\n`);
