import type { Drawing } from '../../../dialogs/conversation.ts';
import type { BackupKnown } from '../flow.ts';

/** What a card of this dialog is rendered from. */
export type BackupDrawing = Drawing<BackupKnown>;
