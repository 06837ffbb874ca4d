/** A card with inputs and with each kind of button. */
export const sampleCard = (title = 'Ready', extra: object[] = []) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: title },
    {
      type: 'Input.ChoiceSet',
      id: 'vault',
      label: 'Vault',
      value: 'prod',
      choices: [
        { title: 'rsv-prod-weu', value: 'prod' },
        { title: 'rsv-test-weu', value: 'test' },
      ],
    },
    { type: 'Input.Text', id: 'reason', label: 'Reason' },
    { type: 'Input.Toggle', id: 'sure', title: 'Sure' },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Protect', verb: 'protect', id: 'p', data: { dialog: 'd1', revision: 3 } },
    { type: 'Action.Submit', title: 'Old way', data: { via: 'submit' } },
    { type: 'Action.Execute', title: 'Bare', verb: 'bare', associatedInputs: 'none' },
    { type: 'Action.OpenUrl', title: 'Azure', url: 'https://portal.azure.com' },
    ...extra,
  ],
});
