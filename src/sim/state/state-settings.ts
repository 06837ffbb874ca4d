/**
 * The forms of a restore's settings file that are public, or that somebody could give it. `pasted` is the only one
 * that was seen whole (azure-powershell issue 25943); `capitals`, `small` and `without-name` are as scripts of
 * azure-docs and of others read it, over the years; `nested` is how Compute itself returns a VM; the rest says more or
 * less than that.
 */
export type SettingsShape =
  | 'pasted'
  | 'capitals'
  | 'small'
  | 'nested'
  | 'nested-capitals'
  | 'managed-ids'
  | 'nested-managed-ids'
  | 'without-name'
  | 'original-names'
  | 'original-disks'
  | 'os-disk-only'
  | 'no-data-disks'
  | 'no-disks'
  | 'wrapped'
  | 'utf8'
  | 'padded-utf8'
  | 'empty'
  | 'not-json'
  | 'absent';

/**
 * A form of a restore's file with the keys: `nulls` and `empty` for what a disk doesn't have, as the settings file of
 * the same restore has nulls (azure-powershell issue 25943) and Compute has an empty text for a missing KEK; `small`:
 * names in small letters, which Microsoft's script reads as well.
 */
export type KeysShape = 'nulls' | 'empty' | 'small';
