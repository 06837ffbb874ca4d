/** The wording for a person whose Azure roles lack what a rule of `kluis.yaml` requires. */
import { ownOf } from '../../core/own-of.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Words } from '../../message/words.ts';

/** Such a refusal in words that others can read too; null for every other refusal. */
export function azureText({ say }: Pick<Words, 'say'>, { refused, params }: Refusal): string[] | null {
  const text = (name: 'scope' | 'role' | 'actions') => String(ownOf(params, name) ?? '');
  const what = { scope: text('scope'), actions: text('actions') };
  const demanded = say('azure.demanded');
  switch (refused) {
    case 'lacks-azure-role':
      return [demanded, say('azure.lacks', { ...what, role: text('role') })];
    case 'azure-role-conditional':
      return [demanded, say('azure.conditional', { ...what, role: text('role') })];
    case 'denied-in-azure':
      return [demanded, say('azure.denied', what)];
    case 'azure-roles-unread':
      return [demanded, say('azure.unread')];
    case 'not-in-entra':
      return [demanded, say('azure.not-in-entra')];
    default:
      return null;
  }
}
