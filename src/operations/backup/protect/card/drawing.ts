import type { Drawing } from '../../../dialogs/dialog-kind.ts';
import type { BackupKnown } from '../known.ts';

/** What a card of this dialog is rendered from. */
export type BackupDrawing = Drawing<BackupKnown>;
