import {
  CloudAdapter,
  TeamsActivityHandler,
  type Activity,
  type ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { refusalBody, refusals } from './endpoint-refusal.ts';
import { isHandled, typeOf } from './translate.ts';

/** An HTTP response: its status, and its JSON body if it has one. */
export type Reply = { readonly status: number; readonly body?: unknown };

/** What is done with an activity after botbuilder has verified who sent it. */
type React = (activity: unknown) => Promise<Reply>;

const replyKey = Symbol('reply');
const reactedKey = Symbol('reacted');
const malformed: Reply = {
  status: refusals.badActivity('body').status,
  body: refusalBody(refusals.badActivity('body')),
};

/**
 * botbuilder's path from a request to an activity, with our own response. Nothing is sent through its connector, which
 * retries sends on its own: whatever has to be sent goes through the outbox.
 */
export class TeamsAdapter extends CloudAdapter {
  readonly #handler: TeamsEvents;

  constructor(authentication: ConfigurationBotFrameworkAuthentication, react: React) {
    super(authentication);
    this.#handler = new TeamsEvents(react);
  }

  /**
   * Verifies the token against the activity and handles it; throws botbuilder's error if the token is invalid.
   * botbuilder reads parts of an activity before their types have been checked, and may fail on them.
   */
  async answer(authorization: string, activity: object): Promise<Reply> {
    let reply: Reply = { status: 200 };
    // botbuilder revokes the context when the turn has ended, but not its state.
    let state: TurnContext['turnState'] | null = null;
    try {
      await this.processActivity(authorization, activity as Activity, async (context) => {
        state = context.turnState;
        reply = await this.#handler.replyTo(context);
      });
      return reply;
    } catch (error) {
      const isOurs = (state as TurnContext['turnState'] | null)?.get(reactedKey) === true;
      if (isOurs || !(error instanceof TypeError)) throw error;
      return malformed;
    }
  }
}

class TeamsEvents extends TeamsActivityHandler {
  readonly #react: React;

  constructor(react: React) {
    super();
    this.#react = react;
  }

  async replyTo(context: TurnContext): Promise<Reply> {
    // The base class parses and looks up (over its connector) everything it has handlers for, needed or not.
    if (isHandled(typeOf(context.activity) ?? '')) await this.run(context);
    return (context.turnState.get(replyKey) as Reply | undefined) ?? { status: 200 };
  }

  protected override async onMessageActivity(context: TurnContext): Promise<void> {
    await this.#reply(context);
  }

  protected override async onInstallationUpdateActivity(context: TurnContext): Promise<void> {
    await this.#reply(context);
  }

  /** The base class would copy the status inside a card's answer into the HTTP status; Teams wants 200 there. */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    return this.#reply(context);
  }

  async #reply(context: TurnContext): Promise<Reply> {
    context.turnState.set(reactedKey, true);
    const reply = await this.#react(context.activity);
    context.turnState.set(replyKey, reply);
    return reply;
  }
}
