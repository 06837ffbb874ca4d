/** Whether the KEKs are standalone keys, which Azure Backup can copy, and not those of certificates. */
import { passed, unsettled, type Finding } from '../findings/finding.ts';
import type { Picture } from '../pictures/picture.ts';
import type { KeyReading } from '../reading.ts';
import { maybeOfCertificate, showsCopy } from '../pictures/kek-copy.ts';
import { usable } from './keys.ts';

/**
 * Check 16, for every KEK: a doubt if it may be a certificate's, until a recovery point of this VM, or of another one
 * with the same KEK, shows that it was copied. If its version couldn't be read another finding says that, and this one
 * is only listed; of a version that isn't there it says nothing.
 */
export function checkKekOrigin(picture: Picture): readonly Finding[] {
  return usable(picture.keyVaults).flatMap(({ use, reading }) =>
    use.keys.flatMap(({ url, name }) => {
      const draft = { subject: `${use.name}/${name}`, params: { keys: [name], urls: [url], url } };
      const read = reading.keys.find((key) => key.url === url);
      if (!read?.version.ok) {
        const params = { ...draft.params, action: 'Microsoft.KeyVault/vaults/keys/read' };
        return unsettled({ ...draft, params, code: 'kek-origin.unread', aside: true });
      }
      const version = read.version.value;
      if (version === null) return [];
      if (!maybeOfCertificate(version)) return passed({ ...draft, code: 'kek-origin.standalone' });
      return isCopied(picture, read)
        ? passed({ ...draft, code: 'kek-origin.copied' })
        : unsettled({ ...draft, code: 'kek-origin.dated' });
    }),
  );
}

function isCopied({ protection, keyVaults }: Picture, { copied }: KeyReading): boolean {
  if (copied === true) return true;
  const { earlierVm, lastPoint } = protection;
  const secrets = keyVaults.flatMap(({ reading }) => reading.secrets.map(({ secret }) => secret));
  return (
    !earlierVm &&
    lastPoint !== null &&
    showsCopy(
      lastPoint,
      secrets.map((read) => (read.ok ? read.value : null)),
    )
  );
}
