/** `npm run deploy:template`: writes deploy/azuredeploy.json and deploy/azuredeploy.mg.json. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { managementGroupTemplate } from './template/management-group.ts';
import { template } from './template/template.ts';

const write = (name: string, whole: object) =>
  writeFileSync(join(import.meta.dirname, name), `${JSON.stringify(whole, null, 2)}\n`);

write('azuredeploy.json', await template());
write('azuredeploy.mg.json', await managementGroupTemplate());
