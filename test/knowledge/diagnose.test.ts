import { describe, expect, test } from '@jest/globals';
import { automation, diagnose, type Diagnosis } from '../../src/knowledge/index.ts';

type Failure = Parameters<typeof diagnose>[0];

/** A failed backup job without details, unless the case has some. */
function failure(facts: Partial<Failure>): Failure {
  return { codes: [], texts: [], operation: 'backup', origin: 'backup-job', ...facts };
}

/** A diagnosis in short: `id by code`, `several: id id`, `unknown`. */
function inWords(diagnosis: Diagnosis): string {
  switch (diagnosis.kind) {
    case 'known':
      return `${diagnosis.entry.id} by ${diagnosis.by}`;
    case 'several':
      return `several: ${diagnosis.entries.map((entry) => entry.id).join(' ')}`;
    case 'company':
    case 'unknown':
      return diagnosis.kind;
  }
}

const said = (facts: Partial<Failure>): string => inWords(diagnose(failure(facts)));

const noKeyVaultRights =
  'Azure Backup Service does not have sufficient permissions to Key Vault for Backup of Encrypted Virtual Machines.';

describe('the troubleshooting table of the source document', () => {
  test.each([
    [
      'S18',
      'backup',
      'Validation failed as virtual machine is encrypted with BEK alone. Backups can be enabled only for virtual machines encrypted with both BEK and KEK.',
      'bek-only-refused',
      null,
    ],
    [
      'S19',
      'restore',
      'You cannot restore this encrypted VM since key vault associated with this VM does not exist.',
      'key-vault-gone',
      'restore-key-and-secret',
    ],
    [
      'S20',
      'restore',
      'You cannot restore this encrypted VM since key and secret associated with this VM do not exist.',
      'key-and-secret-gone',
      'restore-key-and-secret',
    ],
    [
      'S21',
      'restore',
      'Backup Service does not have authorization to access resources in your subscription.',
      'no-access-to-subscription',
      'restore-disks-instead',
    ],
    ['S22', 'backup', noKeyVaultRights, 'key-vault-permissions-not-configured', 'grant-key-vault-access'],
  ] as const)('%s: %s: “%s”', (...row) => {
    const [, operation, text, id, slug] = row;
    const found = diagnose(failure({ operation, texts: [text] }));
    expect(inWords(found)).toBe(`${id} by text`);
    expect(found.kind === 'known' && automation(found.entry)).toBe(slug);
  });
});

describe('missing rights in the key vault', () => {
  const known = 'key-vault-permissions-not-configured by code';
  test.each([
    ['the symbolic code', { codes: ['UserErrorKeyVaultPermissionsNotConfigured'] }],
    ['Azure’s other spelling', { codes: ['UserErrorKeyvaultPermissionsNotConfigured'] }],
    ['without the s', { codes: ['UserErrorKeyvaultPermissionNotConfigured'] }],
    ['all in lower case, as at the end of an alert’s id', { codes: ['usererrorkeyvaultpermissionsnotconfigured'] }],
    [
      'a job’s number that is not in the table, beside the title',
      { codes: ['400239', 'UserErrorKeyVaultPermissionsNotConfigured'] },
    ],
    [
      'a failed operation, with its text',
      {
        codes: ['UserErrorKeyVaultPermissionsNotConfigured'],
        texts: [noKeyVaultRights],
        origin: 'backup-operation',
        operation: 'configure',
      },
    ],
    [
      'a text in another language',
      {
        codes: ['UserErrorKeyVaultPermissionsNotConfigured'],
        texts: ['Azure Backup-Service beschikt niet over voldoende machtigingen'],
      },
    ],
    ['a specific code in an ARM answer', { codes: ['UserErrorKeyVaultPermissionsNotConfigured'], origin: 'arm' }],
  ] satisfies [string, Partial<Failure>][])('%s', (_what, facts) => expect(said(facts)).toBe(known));

  test('a number that is not in the table, with Azure’s text', () => {
    expect(said({ codes: ['400239'], texts: [noKeyVaultRights] })).toBe('key-vault-permissions-not-configured by text');
  });

  test('the text as Azure’s newer pages have it, over two lines and with curly quotes around', () => {
    const text = '“Backup doesn’t have sufficient permissions\r\n  to the key vault for backup of encrypted VMs.”';
    expect(said({ texts: [text] })).toBe('key-vault-permissions-not-configured by text');
  });

  test('a vault’s permissions on its own key are something else', () => {
    expect(said({ codes: ['UserErrorCMKKeyVaultAuthFailure'] })).toBe('cmk-key-vault-auth-failure by code');
  });
});

describe('numbers, aliases and misspellings', () => {
  test.each([
    ['380008', 'azure-vm-offline'],
    ['320001', 'vm-not-found'],
    ['400094', 'vm-not-found'],
    ['BCMV2VMNotFound', 'vm-not-found'],
    ['ExtentionOperationFailed', 'extension-operation-failed'],
    ['BackUpOperationFailedV2', 'backup-operation-failed'],
    ['UserErrorSkuNotAvaialable', 'sku-not-available'],
    ['UserErrorCrossSubscriptionRestoreNotSuppportedForEncryptedAzureVM', 'cross-subscription-encrypted-vm'],
    [' usererrorVMnotfoundV2 ', 'vm-not-found'],
  ])('%s', (code, id) => expect(said({ codes: [code] })).toBe(`${id} by code`));

  // learn.microsoft.com, error-sku-not-available; and as public reports quote it (Azure/azure-cli#32628).
  test.each([
    "The requested size for resource '/subscriptions/s/…/vm-a' is currently not available in location 'westus' zones '' for subscription 's'. Please try another size or deploy to a different location or zones.",
    "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: Standard_D4s_v5' is currently not available in location 'eastus'.",
  ])('a deployment without room for the size: %s', (text) => {
    const failed = { operation: 'restore', origin: 'arm', texts: [text] } as const;
    expect(said({ ...failed, codes: ['SkuNotAvailable'] })).toBe('vm-size-not-available by code');
    expect(said({ ...failed, codes: ['InvalidTemplateDeployment'] })).toBe('vm-size-not-available by text');
  });

  test('number and title of one error are one cause', () => {
    expect(said({ codes: ['400094', 'BCMV2VMNotFound'] })).toBe('vm-not-found by code');
  });

  test('a recorded failure whose number is in no table: the title decides', () => {
    const text = 'Unable to initiate backup as another backup operation is currently in progress.';
    expect(said({ codes: ['400249', 'UserErrorBackupOperationInProgress'], texts: [text] })).toBe(
      'backup-operation-in-progress by code',
    );
  });
});

describe('what is not in the table is unknown', () => {
  test.each([
    ['nothing at all', {}],
    [
      'a recorded failure that isn’t documented',
      {
        codes: ['400199', 'VMCreationTimeOutStorageErrorV2'],
        texts: ['Create VM took very long time and got timed out'],
      },
    ],
    ['blank codes and texts', { codes: ['', '  '], texts: ['', '\r\n'] }],
    ['a code that only begins like one', { codes: ['UserErrorKeyVaultPermissions'] }],
    ['a code in the text only, where there is no wrapper', { texts: ['see usererrorvmnotshutdown'] }],
    ['the words of every object', { codes: ['constructor', '__proto__'], texts: ['toString'] }],
    [
      'a throttled call',
      { codes: ['SubscriptionRequestsThrottled'], texts: ['Number of requests exceeded the limit.'], origin: 'arm' },
    ],
  ] satisfies [string, Partial<Failure>][])('%s', (_what, facts) => expect(said(facts)).toBe('unknown'));

  test('ten volumes attached are not 0 recovery volumes attached', () => {
    const operation = 'file-recovery';
    expect(said({ operation, texts: ['10 recovery volumes attached'] })).toBe('unknown');
    expect(said({ operation, texts: ['0 Recovery volumes attached'] })).toBe('file-recovery-volumes-offline by text');
    expect(said({ operation, texts: ['10 recovery volumes attached, then 0 recovery volumes attached'] })).toBe(
      'file-recovery-volumes-offline by text',
    );
  });
});

describe('codes from all over Azure', () => {
  const notFound = "The Resource 'Microsoft.Compute/virtualMachines/vm-x' under resource group 'rg' was not found.";
  test.each(['ResourceNotFound', 'BadRequest', 'InternalError', 'OperationNotAllowed'])(
    '%s of an ARM call says nothing',
    (code) => {
      expect(said({ codes: [code], texts: [notFound], origin: 'arm' })).toBe('unknown');
      expect(said({ codes: [code.toUpperCase()], origin: 'arm' })).toBe('unknown');
    },
  );

  test.each([
    ['ResourceNotFound', 'vm-not-found by code'],
    ['BadRequest', 'restore-point-api-version by code'],
    ['InternalError', 'internal-execution-error by code'],
    ['OperationNotAllowed', 'several: vm-changed-during-restore-point disk-not-allocated'],
  ])('%s of a backup job or operation is looked up', (code, expected) => {
    expect(said({ codes: [code] })).toBe(expected);
    expect(said({ codes: [code], origin: 'backup-operation' })).toBe(expected);
  });

  test('a snapshot is a part of a backup', () => {
    expect(said({ codes: ['ResourceNotFound'], operation: 'snapshot' })).toBe('vm-not-found by code');
  });

  test('they don’t apply to another kind of operation: a restore that misses something is no deleted VM', () => {
    expect(said({ codes: ['ResourceNotFound'], operation: 'restore' })).toBe('unknown');
    expect(said({ codes: ['BadRequest'], operation: 'configure', origin: 'backup-operation' })).toBe('unknown');
  });

  test('an ARM call’s generic code isn’t used through its text either', () => {
    const texts = ['An internal execution error occurred. Please retry later.'];
    expect(said({ codes: ['InternalError'], texts, origin: 'arm' })).toBe('unknown');
    expect(said({ codes: ['InternalError'], texts })).toBe('internal-execution-error by code');
  });

  test('a documented text overrides them', () => {
    expect(said({ codes: ['BadRequest'], texts: [noKeyVaultRights] })).toBe(
      'key-vault-permissions-not-configured by text',
    );
    const shared = 'Creation of Restore Point of a Virtual Machine with Shared disks is not supported.';
    expect(said({ codes: ['OperationNotAllowed'], texts: [shared] })).toBe('restore-point-shared-disks by text');
  });

  test('a specific code overrides them', () => {
    expect(said({ codes: ['InternalError', 'UserErrorFsFreezeFailed'] })).toBe('fs-freeze-failed by code');
  });

  test('the missing deploy action is in ARM’s own refusal', () => {
    const text =
      "The client 'a' with object id 'b' does not have authorization to perform action 'Microsoft.KeyVault/vaults/deploy/action' over scope '/c'.";
    expect(said({ codes: ['AuthorizationFailed'], texts: [text], operation: 'restore', origin: 'arm' })).toBe(
      'key-vault-deploy-action-missing by text',
    );
  });
});

describe('a code that several entries share', () => {
  const code = 'VMRestorePointClientError';
  test.each([
    ['Restore Point creation failed due to COM+ error. Please retry.', 'restore-point-com'],
    ['Restore Point creation failed due to VSS Writers in bad state', 'restore-point-vss-writers'],
    [
      "RestorePoint creation failed since a concurrent 'Create RestorePoint' operation was triggered on the VM.",
      'restore-point-concurrent',
    ],
    ['Restore Point creation failed due to inadequate VM resources.', 'restore-point-inadequate-vm-resources'],
  ])('“%s” decides', (text, id) => expect(said({ codes: [code], texts: [text] })).toBe(`${id} by code`));

  test('without a documented text all its causes are named', () => {
    const expected =
      'several: restore-point-shared-disks restore-point-com restore-point-vss-writers restore-point-visual-c-redistributable ' +
      'restore-point-limit-reached restore-point-msdtc restore-point-inadequate-vm-resources restore-point-no-network restore-point-concurrent';
    expect(said({ codes: [code] })).toBe(expected);
    expect(said({ codes: [code], texts: ['The disk is on fire.'] })).toBe(expected);
    expect(said({ codes: [code], operation: 'restore' })).toBe(expected);
  });

  test('the longest fragment decides when the text holds more than one', () => {
    const text =
      'Restore point creation failed due to COM+ error; Restore point creation failed due to no network connectivity.';
    expect(said({ codes: [code], texts: [text] })).toBe('restore-point-no-network by code');
  });

  test('OperationNotAllowed by its text', () => {
    const text =
      'Operation Create Restore Point is not allowed as disk(s) have not been allocated successfully. Please retry.';
    expect(said({ codes: ['OperationNotAllowed'], texts: [text] })).toBe('disk-not-allocated by code');
  });

  test('two codes that mean two things are two causes, or the one of this operation', () => {
    const codes = ['UserErrorVmNotShutDown', 'UserErrorFsFreezeFailed'];
    expect(said({ codes, operation: 'configure' })).toBe('several: fs-freeze-failed vm-not-shut-down');
    expect(said({ codes, operation: 'restore' })).toBe('vm-not-shut-down by code');
    expect(said({ codes, operation: 'snapshot' })).toBe('fs-freeze-failed by code');
  });
});

describe('without a code the longest fragment decides', () => {
  test('over all texts', () => {
    const texts = ['Failed to cancel the job.', 'VM is in failed provisioning state'];
    expect(said({ texts })).toBe('vm-provisioning-state-failed by text');
  });

  test('an unknown code does not hide a known text', () => {
    expect(said({ codes: ['SomethingNew'], texts: ['The VM Agent is not responsive'] })).toBe(
      'vm-agent-not-responsive by text',
    );
  });
});

describe('compute’s wrapper is opened', () => {
  const codes = ['UserErrorCrpReportedUserError'];
  const wrapperText = 'Backup failed due to an error. For details, see Job Error Message Details';

  test('an inner code beside it', () => {
    expect(said({ codes: [...codes, 'VMAgentStatusCommunicationError'] })).toBe(
      'vm-agent-status-communication-error by code',
    );
  });

  test('an inner code in the details', () => {
    const texts = [wrapperText, '{"ErrorCode":"VMAgentStatusCommunicationError","Message":"…"}'];
    expect(said({ codes, texts })).toBe('vm-agent-status-communication-error by code');
  });

  test('an inner code that several share, with its text', () => {
    const texts = ['VMRestorePointClientError: Restore point creation failed due to COM+ error'];
    expect(said({ codes, texts })).toBe('restore-point-com by code');
  });

  test('an inner text, though the wrapper’s own is longer', () => {
    expect(said({ codes, texts: [wrapperText, 'VM Agent is not responsive'] })).toBe('vm-agent-not-responsive by text');
    expect(said({ texts: [wrapperText, 'VM Agent is not responsive'] })).toBe('vm-agent-not-responsive by text');
  });

  test('a generic inner code that is only in the details isn’t enough', () => {
    expect(said({ codes, texts: ['ResourceNotFound: something'] })).toBe('crp-reported-user-error by code');
  });

  test('with nothing known inside, reading the details is what is left', () => {
    expect(said({ codes })).toBe('crp-reported-user-error by code');
    expect(said({ texts: [wrapperText] })).toBe('crp-reported-user-error by text');
  });
});

describe('one code for every resource provider that is not registered', () => {
  const codes = ['MissingSubscriptionRegistration'];
  const of = (namespace: string) => [
    `The subscription is not registered to use namespace '${namespace}'. See the page.`,
  ];

  test('the entry on Recovery Services is that of Recovery Services alone, whatever the operation and the origin', () => {
    for (const origin of ['arm', 'backup-job', 'backup-operation'] as const)
      for (const operation of ['backup', 'configure', 'restore'] as const) {
        const ask = (namespace: string) => said({ codes, texts: of(namespace), origin, operation });
        expect(ask('Microsoft.RecoveryServices')).toBe('missing-subscription-registration by code');
        for (const other of ['Microsoft.Network', 'Microsoft.Compute']) expect(ask(other)).toBe('unknown');
      }
  });

  test('a text that names none leaves it to the code', () => {
    expect(said({ codes, texts: ['It broke.'] })).toBe('missing-subscription-registration by code');
    expect(said({ codes })).toBe('missing-subscription-registration by code');
  });
});
