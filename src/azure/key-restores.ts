/** The part of the port that puts keys and secrets of encrypted disks back into key vaults. */
import type { Attempt, Receipt } from './attempt.ts';

/**
 * What has a given name in a key vault: something, something deleted that can be recovered, or nothing. While something
 * is being recovered it is none of these for some seconds: its name is `free`, and yet cannot be used.
 */
export type NamedObject = 'there' | 'deleted' | 'free';

/** A version of a secret, without its value. `url` names the version. */
export type SecretVersion = {
  readonly url: string;
  readonly enabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
};

/** A wrapped key as Azure Disk Encryption keeps it: the secret of a disk, encrypted by a KEK. */
export type WrappedSecret = {
  readonly keyVaultUri: string;
  readonly name: string;
  readonly value: string;
  readonly contentType: string;
  readonly tags: Readonly<Record<string, string>>;
};

/** A receipt that also says where it is now: the URL of its newest version. */
type PutBack = Receipt & { readonly url: string };

/**
 * What puts keys back. No value of a secret is ever read. `keyVaultUri` is what Azure calls it
 * (`https://kv-prod-weu.vault.azure.net/`); `backup` is base64, as the settings file of a restore has it.
 */
export type KeyRestores = {
  /** Recovers a deleted key vault with all that is in it, where it was. Its role assignments are lost. */
  recoverKeyVault(keyVault: { id: string; region: string; tenantId: string }, attempt: Attempt): Promise<Receipt>;
  namedKey(keyVaultUri: string, name: string): Promise<NamedObject>;
  namedSecret(keyVaultUri: string, name: string): Promise<NamedObject>;
  /** All versions of a secret; empty: it is not there. */
  secretVersions(keyVaultUri: string, name: string): Promise<readonly SecretVersion[]>;
  /** Recovers a deleted key. It is there some seconds later. */
  recoverKey(keyVaultUri: string, name: string, attempt: Attempt): Promise<Receipt>;
  /** Recovers a deleted secret. It is there some seconds later. */
  recoverSecret(keyVaultUri: string, name: string, attempt: Attempt): Promise<Receipt>;
  /** Restores a backed-up key, all versions of it, under the name that it had. */
  restoreKey(keyVaultUri: string, backup: string, attempt: Attempt): Promise<PutBack>;
  /** Restores a backed-up secret, all versions of it, under the name that it had. */
  restoreSecret(keyVaultUri: string, backup: string, attempt: Attempt): Promise<PutBack>;
  /** Puts a wrapped key into a new version of a secret. */
  putSecret(secret: WrappedSecret, attempt: Attempt): Promise<PutBack>;
};
