import { chatMethods } from './chat-methods.ts';
import { conversationMethods } from './conversation-methods.ts';
import type { Method } from './method.ts';
import { reactionMethods } from './reaction-methods.ts';
import { userMethods } from './user-methods.ts';
import { viewMethods } from './view-methods.ts';

/** Every method that the emulator supports, by its name. */
export const methods: Readonly<Record<string, Method | undefined>> = {
  ...chatMethods,
  ...conversationMethods,
  ...reactionMethods,
  ...userMethods,
  ...viewMethods,
};
