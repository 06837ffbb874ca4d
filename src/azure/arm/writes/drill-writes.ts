import type { Drills } from '../../drills.ts';
import { subject } from '../parse/azure-values.ts';
import { deletableType } from '../reads/drill-reads.ts';
import { armHost, clientsPerSubscription, type Line } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { plainWrites } from './plain-writes.ts';
import { sentWrite } from './sent-write.ts';

const tagsVersion = '2021-04-01';

/** Tags on what a drill created, and its deletion. Each is sent once and not followed: reading shows the result. */
export function drillWrites(line: Line, ask: Ask): Pick<Drills, 'addTags' | 'remove'> {
  const arm = plainWrites(line, `https://${armHost}`);
  const clients = clientsPerSubscription(line);
  return {
    // Merged with the existing ones (azure-rest-api-specs, Tags_UpdateAtScope).
    addTags: (id, tags, attempt) =>
      ask({ name: 'addTags', doing: `adding tags to ${id}` }, async () => {
        deletableType(id);
        const path = `${encodeURI(subject(id).id)}/providers/Microsoft.Resources/tags/default?api-version=${tagsVersion}`;
        const sent = sentWrite(attempt);
        const body = { operation: 'Merge', properties: { tags } };
        await arm({ method: 'PATCH', host: armHost, path, body }, sent);
        return sent.receipt();
      }),

    remove: (id, attempt) =>
      ask({ name: 'remove', doing: `deleting ${id}` }, async () => {
        const type = deletableType(id);
        const { subscription, resourceGroup, name } = subject(id);
        const sent = sentWrite(attempt);
        const { compute, network } = clients(subscription);
        const { virtualMachines, disks } = compute();
        if (type === 'vm') await virtualMachines.delete(resourceGroup, name, sent.options).submitted();
        else if (type === 'disk') await disks.delete(resourceGroup, name, sent.options).submitted();
        else await (await network()).networkInterfaces.delete(resourceGroup, name, sent.options).submitted();
        return sent.receipt();
      }),
  };
}
