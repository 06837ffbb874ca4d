/** Slack's limits, in code points and counts. If sources differ, the smaller number. */
export const limits = {
  blocksInMessage: 50,
  /**
   * Not documented: Slack was seen to refuse a message (`msg_blocks_too_long`) above about 11,000 characters of text.
   */
  charactersInMessage: 10_000,
  blocksInView: 100,
  blocksInContainer: 10,
  containerTitle: 150,
  header: 150,
  text: 3000,
  /** Not documented for small print; a field's limit is the smallest of any running text. */
  quiet: 2000,
  field: 2000,
  fieldsInSection: 10,
  buttonsInRow: 25,
  button: 75,
  actionId: 255,
  optionText: 75,
  /** Slack's documentation says 150 now. A longer value has a key, and shown cards hold keys of those above 75. */
  optionValue: 75,
  optionDescription: 75,
  options: 100,
  optionsInMenu: 5,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object; @slack/types still says 75. */
  menuValue: 150,
  radios: 10,
  label: 2000,
  placeholder: 150,
  typed: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  metadata: 3000,
  notification: 4000,
} as const;
