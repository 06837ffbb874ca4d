import type { Told } from './transcript.ts';

/** The scenes. */
export type SceneName =
  | 'protect'
  | 'protected'
  | 'many'
  | 'changes'
  | 'together'
  | 'cancel'
  | 'protection'
  | 'restore'
  | 'resumed'
  | 'drill'
  | 'drills'
  | 'glass'
  | 'register'
  | 'grants'
  | 'failures'
  | 'alert'
  | 'views'
  | 'forecast'
  | 'digest'
  | 'policies'
  | 'rights'
  | 'answers'
  | 'cases';

/** The demo's own words, in the language of the chat. */
export type Narration = Told & {
  readonly opening: (url: string) => string;
  /** How many scenes are played, out of how many, and how long that takes. */
  readonly length: (played: number, all: number) => string;
  /** What each scene is about. */
  readonly scenes: Readonly<Record<SceneName, string>>;
  readonly onePoint: (vm: string) => string;
  readonly oneRequest: (vm: string) => string;
  readonly nothingSent: (vm: string) => string;
  readonly restoreReason: string;
  readonly glassReason: string;
  readonly glassNote: string;
  readonly vmThere: (vm: string) => string;
  readonly oneRestore: (vm: string) => string;
  readonly oneMoreRestore: (vm: string) => string;
  readonly keysThere: (keyVault: string) => string;
  readonly nothingLeft: (group: string) => string;
  readonly policyThere: (policy: string) => string;
  readonly everyVm: (names: string) => string;
  readonly everyCase: (names: string) => string;
  readonly closing: (good: number, all: number) => string;
};

const en: Narration = {
  edited: 'the same card, edited',
  presses: 'presses',
  with: 'with',
  good: 'as it should be',
  bad: 'NOT as it should be',
  opening: (url) => `Kluis runs at ${url}, against a simulated Azure; what the cards show is not real.`,
  length: (played, all) =>
    played === all
      ? `All ${all} conversations, about ten minutes.`
      : `${played} of ${all} conversations, less than a minute each. All of them, in about ten minutes: npm run demo -- --all`,
  scenes: {
    protect: 'A VM is protected and backed up',
    protected: 'VMs that are already protected: backed up immediately, and fixed',
    many: 'Several VMs in one go',
    changes: 'Second thoughts: change, back, cancel, and a card that is out of date',
    together: 'Two people: one goes on with what another began, and joins what is running',
    cancel: 'A running backup is cancelled while Azure still allows it',
    protection: 'Backups are stopped, with what there is kept, and resumed',
    restore: 'A VM is restored from its backup, with the approval of a second person',
    resumed: 'Azure breaks a restore off, and it goes on under the same approval',
    drill: 'A restore drill: a VM is restored where nothing can get out, checked, and deleted again',
    drills: 'Restore drills by a schedule: one asks, another allows it until a day, and it is stopped again',
    glass: 'A restore that cannot wait: break-glass, and a review of it afterwards',
    register: 'A subscription is registered for Azure Backup',
    grants: 'Missing access to key vaults is given',
    failures: 'A backup fails, once with a known error, once with an unknown one',
    alert: 'Somebody hears of every backup that fails, takes one on, and sees it close',
    views: 'Overview of all backups: status, jobs, vaults, policies, what is protected and what is not, help',
    forecast: 'The watch before the failure: what will fail tonight, and its fix',
    digest: 'Everything on one card, with a month of nights; the same is posted by schedule',
    policies: 'A policy is created, and one is changed',
    rights: 'Somebody who may not',
    answers: 'Every VM gives its own answer',
    cases: 'Cases of the real world, each with its answer',
  },
  onePoint: (vm) => `Azure holds exactly one recovery point of ${vm}`,
  oneRequest: (vm) => `Azure was asked once for a backup of ${vm}`,
  nothingSent: (vm) => `nothing was sent to Azure for ${vm}`,
  restoreReason: 'a table was dropped',
  glassReason: 'the shop is down and nobody answers',
  glassNote: 'the right call',
  vmThere: (vm) => `Azure has the VM ${vm}`,
  keysThere: (keyVault) => `key vault ${keyVault} has the key and both secrets of the disks again`,
  nothingLeft: (group) => `nothing is left in ${group}`,
  oneRestore: (vm) => `Azure was asked once for a restore of ${vm}`,
  oneMoreRestore: (vm) => `Azure was asked twice for a restore of ${vm}: once more after the failure`,
  policyThere: (policy) => `Azure holds the policy ${policy}`,
  everyVm: (names) => `every VM of the estate has been asked about; left out: ${names || 'none'}`,
  everyCase: (names) => `every case has been played; left out: ${names || 'none'}`,
  closing: (good, all) => `${good} of ${all} checks as they should be.`,
};

const nl: Narration = {
  edited: 'dezelfde kaart, bijgewerkt',
  presses: 'drukt op',
  with: 'met',
  good: 'zoals het hoort',
  bad: 'NIET zoals het hoort',
  opening: (url) => `Kluis draait op ${url}, met een gesimuleerd Azure; wat de kaarten tonen, is niet echt.`,
  length: (played, all) =>
    played === all
      ? `Alle ${all} gesprekken, ongeveer tien minuten.`
      : `${played} van de ${all} gesprekken, elk minder dan een minuut. Allemaal, in ongeveer tien minuten: npm run demo -- --all`,
  scenes: {
    protect: 'Een VM wordt beveiligd en krijgt een back-up',
    protected: "VM's die al beveiligd zijn: meteen een back-up, en een herstelde toegang",
    many: "Meerdere VM's in één keer",
    changes: 'Bij nader inzien: wijzigen, terug, annuleren, en een kaart die verouderd is',
    together: 'Twee mensen: de een gaat verder met wat de ander begon, en sluit aan bij wat loopt',
    cancel: 'Een lopende back-up wordt geannuleerd, zolang Azure dat toelaat',
    protection: 'Back-ups worden gestopt, met wat er is, en hervat',
    restore: 'Een VM wordt uit zijn back-up hersteld, met goedkeuring van een tweede persoon',
    resumed: 'Azure breekt een herstel af, en het gaat verder onder dezelfde goedkeuring',
    drill: 'Een hersteltest: een VM wordt hersteld waar niets naar buiten kan, gecontroleerd, en weer verwijderd',
    drills: 'Hersteltests volgens een schema: de een vraagt, de ander staat het toe tot een dag, en het stopt weer',
    glass: 'Een herstel dat niet kan wachten: noodstart, en een beoordeling achteraf',
    register: 'Een abonnement wordt voor Azure Backup geregistreerd',
    grants: 'Ontbrekende toegang tot sleutelkluizen wordt gegeven',
    failures: 'Een back-up mislukt, een keer met een bekende fout, een keer met een onbekende',
    alert: 'Iemand hoort van elke mislukte back-up, pakt er een op en ziet de melding sluiten',
    views: 'Hoe het met de back-ups staat: status, taken, kluizen, beleid, wat onbeveiligd is, hulp',
    forecast: 'Gewaarschuwd voor het misgaat: wat vannacht mislukt, en de oplossing',
    digest: 'Alles op één kaart, met een maand aan nachten; dezelfde komt ook volgens een rooster',
    policies: 'Een beleid wordt gemaakt, en een wordt gewijzigd',
    rights: 'Iemand die het niet mag',
    answers: 'Elke VM krijgt een eigen antwoord',
    cases: 'Gevallen uit de praktijk, elk met hun antwoord',
  },
  onePoint: (vm) => `Azure heeft precies één herstelpunt van ${vm}`,
  oneRequest: (vm) => `Azure is één keer om een back-up van ${vm} gevraagd`,
  nothingSent: (vm) => `voor ${vm} is niets naar Azure gestuurd`,
  restoreReason: 'er is een tabel verwijderd',
  glassReason: 'de winkel ligt stil en niemand neemt op',
  glassNote: 'goede keuze',
  vmThere: (vm) => `Azure heeft de VM ${vm}`,
  keysThere: (keyVault) => `sleutelkluis ${keyVault} heeft de sleutel en beide geheimen van de schijven weer`,
  nothingLeft: (group) => `er is niets achtergebleven in ${group}`,
  oneRestore: (vm) => `Azure is één keer om een herstel van ${vm} gevraagd`,
  oneMoreRestore: (vm) => `Azure is twee keer om een herstel van ${vm} gevraagd: nog een keer na de fout`,
  policyThere: (policy) => `Azure heeft het beleid ${policy}`,
  everyVm: (names) => `naar elke VM is gevraagd; overgeslagen: ${names || 'geen'}`,
  everyCase: (names) => `elk geval is gespeeld; overgeslagen: ${names || 'geen'}`,
  closing: (good, all) => `${good} van ${all} controles zoals het hoort.`,
};

/** The narration in a language. */
export const narration: Readonly<Record<'en' | 'nl', Narration>> = { en, nl };
