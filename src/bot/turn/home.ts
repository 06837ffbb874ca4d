/**
 * The page that shows people at a glance what concerns them: what failed, with the fix next to it, what is running, and
 * what else they requested. A card that was opened and not pressed isn't waiting for anybody. Each thing is listed
 * once.
 */
import { isOpen } from '../../alerts/alert.ts';
import { vmIdOfJob } from '../../azure/job-vm.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { Person } from '../../core/person.ts';
import type { CardMessage, RenderContext } from '../../message/card-data.ts';
import { words, type Words } from '../../message/words.ts';
import { failedStatuses } from '../../operations/wording/progress.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import { vmsOfPlan } from '../../operations/stored-operation.ts';
import {
  type Newest,
  type SeenJob,
  seenJobs,
  type ToldOperation,
  toldOperations,
  unreadVaults,
} from '../../store/home.ts';
import { openAlerts } from '../../store/alerts.ts';
import { inventoryListedAt } from '../../store/inventory.ts';
import { storedJob } from '../alerts/stored-job.ts';
import { openRequestsOf } from '../approval/open-requests.ts';
import type { Deps, PersonRights } from '../deps.ts';
import { renderMessage } from '../render-message.ts';
import { unlisted } from '../estate/inventory.ts';
import { vmChoices } from './every-vm.ts';
import { failedVms, homeSheet, shown, type HomeFound, type HomeJob, type Lack } from './home-sheet.ts';
import { refusalText } from '../refusal-text.ts';
import { listed } from './turn-requests.ts';
import type { OutgoingMessage, Inbound } from '../port.ts';
import { viewRefusal } from '../rights/gate.ts';
import { forReader } from '../rights/may-open.ts';
import { signInLater } from '../rights/sign-in-offer.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import { refuse, type Refusal } from '../../core/refusal.ts';

/** How many operations are read, so that their jobs aren't listed a second time. */
const maxRows = 50;
/** How many VMs are in the list before anything is typed; Slack requests all of them in any case. */
const vmsInList = 10;
/** After this many missed polls, and a little more, a vault isn't being read. */
const missedPolls = 3;
const graceMs = 60_000;
const runningWords = ['InProgress', 'Cancelling'];

/** Renders a person's page from the database, without asking Azure. For people who can't view, the page says so. */
export function homePage(deps: Deps): (person: Person, reader: Inbound['reader']) => Promise<OutgoingMessage> {
  return async (person, reader) => {
    const { locale, timeZone } = reader;
    const { simulated, readOnly } = deps;
    const seen = { locale, timeZone: timeZone ?? deps.defaultTimeZone, simulated, readOnly };
    const context: RenderContext = { ...seen, times: 'instants' };
    const said = words(context);
    const rights = await rightsOf(deps, person, null);
    const barred = viewRefusal(rights);
    if (rights && !barred)
      return renderMessage(
        forReader({ template: 'sheet', data: homeSheet(said, await find(deps, person, rights), person) }, rights),
        context,
      );
    return renderMessage(barredPage(deps, said, barred ?? refuse('not-trusted-now')), context);
  };
}

/** Why somebody can't view anything; if that is because they aren't linked, how they get linked. */
function barredPage(deps: Deps, said: Words, refusal: Refusal): CardMessage {
  const why =
    refusal.refused === 'not-linked'
      ? { title: said.say('link.yet'), ...signInLater(deps, said) }
      : refusalText(said, refusal);
  return { template: 'notice', data: { mark: 'stopped', ...why } };
}

async function find(deps: Deps, person: Person, rights: PersonRights): Promise<HomeFound> {
  const q = deps.database.db;
  const asked = await toldOperations(q, { by: person.id, hours: 24, limit: shown });
  const running = await toldOperations(q, { statuses: ['running'], limit: maxRows });
  const failed = await toldOperations(q, { statuses: failedStatuses, hours: 24, limit: maxRows });
  const { approvals, requests } = await openRequestsOf(q, rights);
  return {
    now: deps.clock.now(),
    approvals: approvals.map(listed),
    requests: requests.map(listed),
    asked: without(asked, [...running.list, ...failed.list]),
    running,
    failed,
    runningJobs: others(
      running.list.flatMap(({ plan }) => vmsOfPlan(plan)),
      await seenJobs(q, runningWords, 72),
    ),
    failedJobs: await withFindings(
      q,
      others(
        failed.list.flatMap((one) => failedVms(one).map(({ vm }) => vm)),
        await seenJobs(q, ['Failed'], 24),
      ),
    ),
    lacks: await lacksOf(deps),
    vms: (await vmChoices(q)).slice(0, vmsInList),
  };
}

/** With what the checks found of each VM for which an alert is open: the page itself doesn't ask Azure. */
async function withFindings(q: Deps['database']['db'], jobs: readonly HomeJob[]): Promise<HomeJob[]> {
  const open = jobs.length === 0 ? [] : await openAlerts(q);
  const found = new Map(
    open.flatMap(({ alert }) => alert.affected.filter(isOpen).map(({ key, own }) => [key, own] as const)),
  );
  return jobs.map((job) => {
    const { finding = null, keks } = (job.vmId && found.get(keyOfId(job.vmId))) || {};
    return { ...job, finding, ...(keks && { keks }) };
  });
}

/** The page is rendered from what the watcher has seen, which may not be everything. */
async function lacksOf(deps: Deps): Promise<Lack[]> {
  const q = deps.database.db;
  if ((await inventoryListedAt(q)) === null) return ['all'];
  const vaults = await unreadVaults(q, missedPolls * deps.waits.vaultIdle + graceMs);
  const lists = (await unlisted(deps)).map((subscription) => ({ subscription }));
  return [...(vaults.length > 0 ? [{ vaults }] : []), ...lists];
}

/**
 * The jobs of other VMs than `own`, those of the operations next to which they are listed: a job that an operation of
 * the bot follows is shown by that operation's card. A name may be that of two VMs.
 */
function others(own: Plan['vms'], jobs: readonly SeenJob[]): HomeJob[] {
  const [ids, names] = [new Set(own.map(({ id }) => keyOfId(id))), new Set(own.map(({ name }) => keyOfId(name)))];
  const known = jobs.map((job): HomeJob => ({ ...job, vmId: vmIdOfJob(storedJob(job.body)) }));
  return known.filter(({ vmId, vm }) => !(vmId === null ? names.has(keyOfId(vm)) : ids.has(keyOfId(vmId))));
}

/** What is already listed as failed or running isn't listed again as requested. */
function without({ list, all }: Newest<ToldOperation>, told: readonly ToldOperation[]): Newest<ToldOperation> {
  const rest = list.filter(({ id }) => !told.some((one) => one.id === id));
  return { list: rest, all: all - (list.length - rest.length) };
}
