import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { CredentialEnd, OwnCredential } from '../../core/own-credential.ts';

/** Where it is read: Microsoft Graph, and the files of this machine. */
type Sources = {
  graph(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  text(path: string): Promise<string>;
};

const applicationShape = z.object({
  passwordCredentials: z.array(z.object({ hint: z.string().nullish(), endDateTime: z.string().nullish() })),
});

/** Reads when each expires. A certificate contains its end; only the directory knows a secret's. Never throws. */
export function credentialEnds(endings: readonly OwnCredential[], sources: Sources): Promise<readonly CredentialEnd[]> {
  return Promise.all(
    endings.map((one) =>
      (one.by === 'certificate' ? certificateEnd(one, sources) : secretEnd(one, sources)).catch((): CredentialEnd => ({
        setting: one.setting,
        unread: 'unavailable',
      })),
    ),
  );
}

/** The first of a chain: the application's own. A private key in the same file is ignored. */
async function certificateEnd({ setting, path }: OwnCredential & { by: 'certificate' }, { text }: Sources) {
  return { setting, endsAt: new Date(new X509Certificate(await text(path)).validTo) };
}

// learn.microsoft.com, "Get application" and "passwordCredential resource type".
async function secretEnd(ending: OwnCredential & { by: 'secret' }, { graph }: Sources): Promise<CredentialEnd> {
  const { setting, appId, hint } = ending;
  const { status, body } = await graph(`/v1.0/applications(appId='${appId}')?$select=appId,passwordCredentials`);
  if (status === 403) return { setting, unread: 'forbidden' };
  if (status !== 200) return { setting, unread: status === 404 ? 'not-found' : 'unavailable' };
  const all = applicationShape.parse(body).passwordCredentials;
  const ours = all.filter((one) => one.hint === hint);
  const ends = ours.flatMap(({ endDateTime }) => (endDateTime ? [Date.parse(endDateTime)] : []));
  // Two secrets with the same beginning can't be distinguished: the one that expires last was created last.
  return ends.length === 0 ? { setting, unread: 'not-found' } : { setting, endsAt: new Date(Math.max(...ends)) };
}
