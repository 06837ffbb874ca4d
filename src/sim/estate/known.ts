/** The simulated tenant and its subscription. */
export const TENANT = '00000000-0000-0000-0000-0000007e4a47';
export const SUBSCRIPTION = '00000000-0000-0000-0000-00000000c0de';

/** The GUIDs of roles: Azure's own for built-in ones. */
export const ROLE = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  keyVaultAdministrator: '00482a5a-887f-4fb3-b363-3b7fe8e74483',
  keyVaultReader: '21090545-7ca7-4776-b22c-e363652d74d2',
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  backupOperator: '00c29273-979b-4161-815c-10b084fb9324',
  backupContributor: '5e467623-bb1f-42f4-a55d-6e525e11384b',
  virtualMachineContributor: '9980e02c-c2be-4d73-94e8-173b1dc3c7cf',
  keyVaultContributor: 'f25e0fa2-a7c8-4377-a976-54943a77a395',
  keyVaultDataAccessAdministrator: '8b54135c-b56d-4d72-a534-26097cfdc8d8',
  accessAdministrator: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  backupKeyReader: '00000000-0000-0000-0000-0000000c0001',
} as const;

/** The directory's people and groups. */
export const PEOPLE = {
  ana: '00000000-0000-0000-0000-0000000000a1',
  /** As Microsoft's Agents Playground calls the one who uses it, without the digit that is too many. */
  alex: '00000000-0000-0000-0000-000000000020',
  ben: '00000000-0000-0000-0000-0000000000b1',
  chris: '00000000-0000-0000-0000-0000000000c1',
  dirk: '00000000-0000-0000-0000-0000000000d1',
} as const;
export const GROUP = {
  operators: '11111111-1111-1111-1111-111111111111',
  approvers: '22222222-2222-2222-2222-222222222222',
} as const;
