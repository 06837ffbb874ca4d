import express, { type Request, type Response, type Router } from 'express';
import { recorded } from '../../recorded.ts';
import type { EmulatorParts } from '../emulator-parts.ts';
import { fieldsOf, textOf, type Fields } from '../fields.ts';
import { contentFrom } from '../methods/message-content.ts';
import { isOn, isRefused } from '../methods/method.ts';
import type { AnsweredInteraction } from '../payload/response-urls.ts';
import type { SlackSpace } from '../slack-space.ts';
import type { SlackMessage } from '../slack-state.ts';
import { slackApp } from '../workspace.ts';

/** `/hooks/…`: the bot's answers to response URLs. They need no token: anyone who knows the URL can use it. */
export function hooksRouter(parts: EmulatorParts): Router {
  const router = express.Router();
  router.use(express.json({ limit: '4mb' }), recorded(parts.traffic));
  router.post('/actions/:team/:number/:secret', (request, response) => respond(parts, request, response));
  return router;
}

function respond({ hooks, space }: EmulatorParts, request: Request, response: Response): void {
  const interaction = hooks.use(request.path);
  if ('error' in interaction) return void response.status(404).json({ ok: false, error: interaction.error });
  const body = fieldsOf(request.body);
  const error = said(space, { interaction, body });
  if (error) return void response.status(error === 'channel_is_archived' ? 410 : 400).json({ ok: false, error });
  response.json({ ok: true });
}

/**
 * Posts the content of a response to an interaction; the error if it can't. Also for the body of a slash command's
 * answer.
 */
export function said(
  space: SlackSpace,
  { interaction, body }: { interaction: AnsweredInteraction; body: Fields },
): string | undefined {
  if (space.channel(interaction.channel)?.archived) return 'channel_is_archived';
  const original = interaction.messageTs
    ? space.message(interaction.channel, interaction.messageTs, interaction.person)
    : undefined;
  if (isOn(body['delete_original'])) {
    if (original) space.remove(original);
    return original ? undefined : 'message_not_found';
  }
  const content = contentFrom(body, 'post');
  if (isRefused(content)) return content.error;
  if (isOn(body['replace_original']) && original) space.edit(original, content);
  else space.add(newMessage(interaction, { ...content, body }));
  return undefined;
}

function newMessage(
  { person, channel, threadTs }: AnsweredInteraction,
  { body, ...content }: Pick<SlackMessage, 'text' | 'blocks' | 'attachments'> & { body: Fields },
) {
  const thread = textOf(body['thread_ts']) || threadTs;
  const isForAll = body['response_type'] === 'in_channel';
  return {
    channel,
    user: slackApp.userId,
    ...content,
    ...(thread && { threadTs: thread }),
    ...(!isForAll && { onlyFor: person }),
  };
}
