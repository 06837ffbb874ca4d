import { all, boolean, integer, list, matching, object, oneOf, string, type Check } from './check-shape.ts';
import {
  anyText,
  confirmation,
  dotsOption,
  exactlyOne,
  givenId,
  imageUrl,
  initialAmongOptions,
  link,
  option,
  plainText,
  richTextParts,
} from './check-texts.ts';
import { isFields } from '../fields.ts';

const common = { action_id: givenId, confirm: confirmation, focus_on_load: boolean };
const placeholder = plainText({ max: 150 });
const menuOption = option({ text: plainText });
const boxOption = option({ text: anyText });
const dispatch = {
  dispatch_action_config: object({ trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered')) }),
};
const options = list(menuOption, { min: 1, max: 100 });
const groups = list(object({ label: plainText({ max: 75 }), options }), { min: 1, max: 100 });
const maxItems = { max_selected_items: integer(1, 1000) };
const withoutConfirm = { action_id: givenId, focus_on_load: boolean };
const ids = list(string({ min: 1 }));

/** The shape of an element without its type. `needs` are its additional required fields. */
function element(needs: Record<string, Check>, may: Record<string, Check>): Check {
  return object(needs, may);
}

function menu(one: Record<string, Check>): Check {
  const shape = element({}, { ...common, placeholder, options, option_groups: groups, ...one });
  return all(shape, exactlyOne('options', 'option_groups'), initialAmongOptions);
}

function boxes(kind: 'initial_option' | 'initial_options'): Check {
  const initial = kind === 'initial_option' ? boxOption : list(boxOption);
  return all(
    element({ options: list(boxOption, { min: 1, max: 10 }) }, { ...common, [kind]: initial }),
    initialAmongOptions,
  );
}

function typed(more: Record<string, Check> = {}): Check {
  return element({}, { ...withoutConfirm, ...dispatch, placeholder, initial_value: string({ max: 3000 }), ...more });
}

const number: Check = (value, at, found) =>
  matching(/^-?\d+(\.\d+)?$/, 'must be a number')(typeof value === 'number' ? String(value) : value, at, found);

const external = { min_query_length: integer(0, 1000) };

/** Elements that can be pressed. */
export const buttons: Readonly<Record<string, Check>> = {
  button: element(
    { text: plainText({ max: 75 }) },
    {
      action_id: givenId,
      confirm: confirmation,
      url: link,
      value: string({ max: 2000 }),
      style: oneOf('primary', 'danger'),
      accessibility_label: string({ max: 75 }),
    },
  ),
  overflow: element({ options: list(dotsOption, { min: 1, max: 5 }) }, { action_id: givenId, confirm: confirmation }),
};

/** Elements with a single choice. */
export const choices: Readonly<Record<string, Check>> = {
  static_select: menu({ initial_option: menuOption }),
  external_select: element({}, { ...common, placeholder, initial_option: menuOption, ...external }),
  users_select: element({}, { ...common, placeholder, initial_user: string({ min: 1 }) }),
  channels_select: element({}, { ...common, placeholder, initial_channel: string({ min: 1 }) }),
  conversations_select: element({}, { ...common, placeholder, initial_conversation: string({ min: 1 }) }),
  radio_buttons: boxes('initial_option'),
  checkboxes: boxes('initial_options'),
  datepicker: element({}, { ...common, placeholder, initial_date: matching(/^\d{4}-\d\d-\d\d$/, 'must be a date') }),
  timepicker: element(
    {},
    { ...common, placeholder, timezone: string(), initial_time: matching(/^\d\d:\d\d$/, 'must be a time') },
  ),
  datetimepicker: element({}, { ...common, initial_date_time: integer(1_000_000_000, 9_999_999_999) }),
};

/** Elements with several choices. */
export const multiChoices: Readonly<Record<string, Check>> = {
  multi_static_select: menu({ initial_options: list(menuOption), ...maxItems }),
  multi_external_select: element(
    {},
    { ...common, placeholder, initial_options: list(menuOption), ...maxItems, ...external },
  ),
  multi_users_select: element({}, { ...common, placeholder, initial_users: ids, ...maxItems }),
};

/** Elements that are typed into; only in input blocks. */
export const fieldsToType: Readonly<Record<string, Check>> = {
  plain_text_input: typed({ multiline: boolean, min_length: integer(0, 3000), max_length: integer(1, 3000) }),
  email_text_input: typed(),
  url_text_input: typed(),
  number_input: typed({ is_decimal_allowed: boolean, initial_value: number, min_value: number, max_value: number }),
  rich_text_input: element(
    {},
    { ...withoutConfirm, ...dispatch, placeholder, initial_value: object({ elements: richTextParts }) },
  ),
};

/** An image as an element. */
export const picture: Readonly<Record<string, Check>> = {
  image: all(
    object({ alt_text: string({ max: 2000 }) }, { image_url: imageUrl, slack_file: () => undefined }),
    exactlyOne('image_url', 'slack_file'),
  ),
};

/** IDs that occur twice although they have to be unique. */
export function repeated(ids: readonly unknown[]): string[] {
  const given = ids.filter((id) => typeof id === 'string' && id !== '');
  return [...new Set(given.filter((id, index) => given.indexOf(id) !== index))] as string[];
}

/** The action ids of these elements. */
export function actionIds(elements: readonly unknown[]): unknown[] {
  return elements.map((each) => (isFields(each) ? each['action_id'] : undefined));
}
