import type { RenderContext } from '../message/card-data.ts';
import type { StoredDialog } from '../store/dialogs.ts';
import type { Deps } from './deps.ts';

/**
 * How cards look in a conversation. Slack shows each reader times by their own clock, so there cards contain the
 * instants.
 */
export function renderContextIn(
  { simulated, company, readOnly }: Pick<Deps, 'simulated' | 'company' | 'readOnly'>,
  conversationId: string,
  { locale, timeZone }: Pick<RenderContext, 'locale' | 'timeZone'>,
): RenderContext {
  const context = { locale, timeZone, simulated, company: company.entries(), readOnly };
  return conversationId.startsWith('slack:') ? { ...context, times: 'instants' } : context;
}

/** How a dialog's cards look: in the language and time zone that its conversation had when it was opened. */
export function renderContextOf(
  deps: Pick<Deps, 'simulated' | 'company' | 'readOnly'>,
  dialog: Pick<StoredDialog, 'conversationId' | 'locale' | 'timeZone'>,
): RenderContext {
  return renderContextIn(deps, dialog.conversationId, dialog);
}
