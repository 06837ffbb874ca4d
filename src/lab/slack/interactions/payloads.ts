import type { EmulatorParts } from '../emulator-parts.ts';
import type { Fields } from '../fields.ts';
import type { SlackRequest } from '../slack-line.ts';
import { slackApp, slackTeam, type SlackPersonKey } from '../workspace.ts';

/** The deprecated verification token. It proves nothing, and an endpoint mustn't rely on it. */
const verificationToken = 'kluis-lab-verification';

/** A slash command, as a form. */
export function slashRequest(fields: Readonly<Record<string, string>>): SlackRequest {
  const form = {
    token: verificationToken,
    team_id: slackTeam.id,
    team_domain: slackTeam.domain,
    api_app_id: slackApp.id,
    is_enterprise_install: 'false',
    ...fields,
  };
  return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString(), shown: form };
}

/** An interaction, as a form whose one field is JSON. */
export function interactionRequest(payload: unknown): SlackRequest {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return { contentType: 'application/x-www-form-urlencoded', body, shown: payload };
}

/** JSON as is. */
export function jsonRequest(body: unknown): SlackRequest {
  return { contentType: 'application/json', body: JSON.stringify(body), shown: body };
}

/** The fields of every interaction by a person. */
export function interactionOf({ space }: EmulatorParts, person: SlackPersonKey): Fields {
  const { id, name } = space.user(person);
  return {
    user: { id, username: name, name, team_id: slackTeam.id },
    team: { id: slackTeam.id, domain: slackTeam.domain },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: slackApp.id,
    token: verificationToken,
  };
}

/** An event in its envelope, with a new event ID. */
export function eventRequest({ space, now }: EmulatorParts, event: Fields): SlackRequest {
  return jsonRequest({
    token: verificationToken,
    team_id: slackTeam.id,
    context_team_id: slackTeam.id,
    context_enterprise_id: null,
    api_app_id: slackApp.id,
    event: { ...event, event_ts: event['event_ts'] ?? space.nextTs() },
    type: 'event_callback',
    event_id: space.nextId('Ev'),
    event_time: Math.floor(now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: slackTeam.id,
        user_id: slackApp.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  });
}
