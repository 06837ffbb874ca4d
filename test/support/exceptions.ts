/** Exceptions from the rules of the tree, with reasons. An exception that isn't needed any more has to go. */

/** Exports of `src` that only tests import. */
export const takenByTestsOnly: Readonly<Record<string, string>> = {
  // Closed lists of which the product itself uses only the type: a test compares them with the pages and the wordings.
  'src/config/settings.ts settingNames': 'compared with docs/settings.md',
  'src/config/yaml/remedies.ts remedies': 'compared with the schema of kluis.yaml: none is missing, none left over',
  'src/core/failpoint.ts failpoints': 'compared with docs/architecture.md, and with where the crash tests crash',
  'src/core/fault.ts faultCodes': 'compared with docs/refusals.md',
  'src/core/refusal.ts refusalCodes': 'compared with docs/refusals.md and the wording',
  'src/readiness/findings/finding-codes.ts findingCodes': 'compared with the wording of the findings',
  'src/core/windows-zone.ts windowsZones':
    'each is looked up in the zones of this runtime, so that no name is mistyped',
  'src/sim/arm.ts armRoutes': 'each write among them is tried with the token of an identity that may not',
  'src/sim/estate/identities.ts scopesOf': 'joined with what the scenes needed of Azure',
  'src/message/card-data.ts cardMessage': 'samples of every card that may be drawn are made from this schema',
};

/** Folders with more than twenty files of their own, with reasons. */
export const largeFolders: Readonly<Record<string, string>> = {
  // One kind of thing, one file each: the name leads to the file, and another level would say nothing.
  'src/message/wording': 'a table of texts for each part of the product, in each language',
  'src/core': 'what any part may use, a file for each small thing',
  'src/operations/parts': 'a file for each kind of part that a plan can have',
  'src/store': 'a file for each table',
  'src/store/migrations': 'a file for each change of the tables, numbered, which is never deleted',
  'test/bot': 'a file for each promise at the front door',
  'test/golden/read': 'a file for each card',
  'test/slack': 'a file for each promise at the door of Slack',
  'test/support': 'what several suites share, a file for each thing',
};

/**
 * The families of operations, each with what others may import of it: its operations, and the few files that another
 * family or the bot builds on.
 */
export const doors: Readonly<Record<string, readonly string[]>> = {
  'src/operations/backup': ['operations.ts', 'protect/read-vm.ts'],
  'src/operations/restore': [
    'operations.ts',
    ...['choice', 'found', 'machine', 'restorable', 'restore-checks'].map((name) => `restore-disks/${name}.ts`),
    ...['card', 'resume'].map((name) => `continue-restore/${name}.ts`),
  ],
  'src/operations/exception': ['operations.ts'],
  'src/operations/drill': [
    'operations.ts',
    ...['choice', 'due', 'find-drill', 'rotation'].map((name) => `drill/${name}.ts`),
    ...['leftovers', 'made-by-drill', 'report'].map((name) => `delete-drill/${name}.ts`),
    'allow-drills/notes.ts',
  ],
};

/** Circles among the rooms of a folder that are still there. None may be added. */
export const knownCircles: Readonly<Record<string, string>> = {};
