/** The names of what a restore left in its staging account, as its job gives them. Pure. */
import type { JobFacts } from '../../azure/gateway.ts';
import type { StagedFiles } from '../parts/restore-disks.ts';

/** Where it put the files that go with the disks; null: its job doesn't say. */
export function stagedOf(job: Pick<JobFacts, 'staged'> | null): StagedFiles | null {
  const { account, container, configBlob = null, templateUri, encryptionInfoBlob = null } = job?.staged ?? {};
  if (!account || !container) return null;
  return {
    account,
    container,
    configBlob,
    templateBlob: templateUri ? blobName(templateUri) : null,
    encryptionInfoBlob,
  };
}

/**
 * `azuredeploy<id>.json` of `https://<account>.blob.core.windows.net/<container>/azuredeploy<id>.json`; null: it isn't
 * such a URL, or it has a `%` that encodes nothing or a NUL, which no name contains and no database takes.
 */
function blobName(uri: string): string | null {
  const [, , ...name] = URL.canParse(uri) ? new URL(uri).pathname.split('/') : [];
  try {
    const decoded = decodeURIComponent(name.join('/'));
    return name.length > 0 && !decoded.includes('\0') ? decoded : null;
  } catch {
    return null;
  }
}
