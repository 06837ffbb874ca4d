/** What the drawing of blocks is told, and whom it tells. */
import type { Block, BlockOf, InputValues, Kinds, Value } from '../answers/block-kit.ts';
import type { Outcome, SlackMessageView, SlackViewShown, Suggested } from '../answers/slack-answers.ts';
import type { slackWords } from './slack-words.js';

/** How a block of each type is drawn. */
export type Drawings = { readonly [Type in keyof Kinds]: (block: BlockOf<Type>, drawn: Drawn) => HTMLElement };
/** How any block is drawn. */
export type Draw = (block: Block, drawn: Drawn) => HTMLElement;

/** How the control API calls a surface. */
export type Named = { readonly id: string; readonly channel?: string; readonly ts?: string; readonly view?: string };
/** What the reader has typed into one message or view. */
export type Surface = {
  readonly named: Named;
  shows(keys: string[]): void;
  set(key: string, value: Value): void;
  has(key: string): boolean;
  get(key: string): Value | undefined;
  inputs(): Record<string, Value | undefined>;
};

/** What the reader does. */
export type Interactions = {
  press(pressed: { surface: Surface; action: string; option?: Value; node?: HTMLElement }): Promise<void>;
  suggest(asked: { surface: Surface; action: string; value: string }): Promise<Suggested | undefined>;
  submit(sent: { view: SlackViewShown; inputs: Record<string, Value | undefined> }): Promise<Outcome | undefined>;
  close(view: { id: string }): Promise<void>;
  say(said: { channel?: string; text: string; thread_ts?: string }): Promise<unknown>;
  open(tab: 'home' | 'messages'): Promise<unknown>;
  invite(channel: string): Promise<unknown>;
  speak(locale: string): Promise<unknown>;
  reset(): Promise<unknown>;
};

/** The words of the Slack side. */
export type SlackWords = ReturnType<typeof slackWords>;

/** Who reads, and what the drawing knows of the workspace. */
export type SlackContext = Pick<Interactions, 'press' | 'suggest'> & {
  readonly as: string;
  readonly locale: string;
  readonly words: SlackWords;
  nameOf(id: string): string | undefined;
  isMe(id: string): boolean;
  channelName(id: string): string | undefined;
  readonly everybody: readonly { readonly id: string; readonly name: string }[];
  readonly isThread: boolean;
  replyTo(message: SlackMessageView): boolean;
  openThread(message: { readonly channel: string; readonly ts: string }): void;
};

/** What blocks are drawn on and with. */
export type Drawing = Pick<Interactions, 'press' | 'suggest'> & {
  readonly surface: Surface;
  readonly values?: InputValues;
  readonly errors?: Readonly<Record<string, string>>;
  readonly context: SlackContext;
  redraw(): void;
};
/** What an element is drawn with. */
export type Drawn = Drawing & { readonly block: Block; readonly label?: string; readonly dispatches?: boolean };
/** Notes a choice. */
export type OnChange = (value: Value, node: HTMLElement) => unknown;
