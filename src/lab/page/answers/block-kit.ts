/** Block Kit as the page draws it. */
/** A text object. */
export type TextObject = { readonly type?: string; readonly text: string; readonly emoji?: boolean };

/** What is asked before an element acts. */
export type Confirm = {
  readonly title: TextObject;
  readonly text: TextObject;
  readonly confirm?: TextObject;
  readonly deny?: TextObject;
  readonly style?: string;
};

/** An option of a list; what was chosen has its text alone. */
export type Option = {
  readonly value: string;
  readonly text: TextObject | string;
  readonly description?: TextObject;
};
/** An option as a block offers it. */
export type OfferedOption = Option & { readonly text: TextObject };

/** An interactive element, or a picture. */
export type Part = {
  readonly type: string;
  readonly action_id: string;
  readonly text?: TextObject;
  readonly style?: string;
  readonly url?: string;
  readonly accessibility_label?: string;
  readonly confirm?: Confirm;
  readonly options?: readonly OfferedOption[];
  readonly option_groups?: readonly { readonly label: TextObject; readonly options: readonly OfferedOption[] }[];
  readonly placeholder?: TextObject;
  readonly multiline?: boolean;
  readonly max_length?: number;
  readonly image_url?: string;
  readonly alt_text?: string;
};

/** A text of a context, or a picture in it. */
export type ContextPart = TextObject & Pick<Part, 'image_url' | 'alt_text'>;

/** A piece of a line of rich text. */
export type RichPiece = { readonly style?: Partial<Record<RichStyle, boolean>> } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'link'; readonly url: string; readonly text?: string }
  | { readonly type: 'emoji'; readonly name: string }
  | { readonly type: 'user'; readonly user_id: string }
  | { readonly type: 'channel'; readonly channel_id: string }
  | { readonly type: 'broadcast'; readonly range: string }
  | { readonly type: 'date'; readonly timestamp: number; readonly fallback?: string }
  | { readonly type: 'color'; readonly value?: string }
);
/** How a piece may look. */
export type RichStyle = 'bold' | 'italic' | 'strike' | 'code' | 'underline' | 'highlight';

/** A line of rich text. */
export type RichLine = { readonly elements?: readonly RichPiece[] };
/** A list in a rich text. */
export type RichList = {
  readonly type: 'rich_text_list';
  readonly style: string;
  readonly offset?: number;
  readonly elements: readonly RichLine[];
};
/** A part of a rich text. */
export type RichPart =
  | (RichLine & { readonly type: 'rich_text_section' | 'rich_text_preformatted' | 'rich_text_quote' })
  | RichList;

/** A cell of a table. */
export type Cell =
  | { readonly type: 'rich_text'; readonly elements: readonly RichPart[] }
  | { readonly type: 'raw_text' | 'raw_number'; readonly text?: string; readonly value?: number };

/** What a block of each type has. */
export type Kinds = {
  header: { readonly text: TextObject };
  divider: { readonly text?: undefined };
  section: {
    readonly text?: TextObject;
    readonly fields?: readonly TextObject[];
    readonly accessory?: Part;
  };
  context: { readonly elements: readonly ContextPart[] };
  actions: { readonly elements: readonly Part[] };
  input: {
    readonly label: TextObject;
    readonly element: Part;
    readonly dispatch_action?: boolean;
    readonly optional?: boolean;
    readonly hint?: TextObject;
  };
  image: { readonly image_url: string; readonly alt_text: string; readonly title?: TextObject };
  rich_text: { readonly elements: readonly RichPart[] };
  markdown: { readonly text: string };
  table: {
    readonly rows: readonly (readonly Cell[])[];
    readonly column_settings?: readonly ({ readonly align?: string } | null)[];
  };
  alert: { readonly text: TextObject; readonly level?: string };
  container: {
    readonly title?: TextObject;
    readonly subtitle?: TextObject;
    readonly rich_text_title?: { readonly elements: readonly RichPart[] };
    readonly child_blocks: Block[];
    readonly is_collapsible?: boolean;
    readonly default_collapsed?: boolean;
  };
};
type None = { readonly element?: undefined; readonly accessory?: undefined; readonly child_blocks?: undefined };

/** A block of this type. */
export type BlockOf<Type extends keyof Kinds> = { readonly type: Type; readonly block_id: string } & Omit<
  None,
  keyof Kinds[Type]
> &
  Kinds[Type];
/** A block. */
export type Block = { [Type in keyof Kinds]: BlockOf<Type> }[keyof Kinds];
/** What one input holds, as Slack writes it in `state.values`. */
type Held = { readonly [name: string]: Value };
/** What the inputs of a surface hold, by block and action. */
export type InputValues = { readonly [block: string]: { readonly [action: string]: Held } };

/** What is in an input: a text, an option or its value, several, or nothing. */
export type Value = string | null | Option | (Option | string)[];
