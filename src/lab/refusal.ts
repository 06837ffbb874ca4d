import type { Response } from 'express';

/** A refusal by a lab endpoint, with the status and the code in the response. */
export type Refusal = { status: number; code: string; message: string };

/** Answers with a refusal in the format of the Bot Framework's errors. */
export function refuse(response: Response, { status, code, message }: Refusal): void {
  response.status(status).json({ error: { code, message } });
}

/** The refusals of the connector, with the codes that the real one uses. */
export const connectorRefusals = {
  badArgument: (message: string): Refusal => ({ status: 400, code: 'BadArgument', message }),
  emptyMessage: { status: 400, code: 'BadSyntax', message: 'Activity has neither text nor attachments.' },
  noConversation: { status: 404, code: 'ConversationNotFound', message: 'Conversation not found.' },
  noActivity: { status: 404, code: 'ActivityNotFoundInConversation', message: 'Activity not found in conversation.' },
  notOwn: { status: 403, code: 'ForbiddenOperation', message: 'Only messages of the bot itself can be changed.' },
  notInRoster: {
    status: 404,
    code: 'BotNotInConversationRoster',
    message: 'The bot is not part of the conversation roster.',
  },
  noMember: { status: 404, code: 'MemberNotFoundInConversation', message: 'Member not found in conversation.' },
  noRoute: { status: 404, code: 'NotFound', message: 'The connector of the lab has no such call.' },
  tooBig: { status: 413, code: 'MessageSizeTooBig', message: 'Message size too large.' },
} as const;
