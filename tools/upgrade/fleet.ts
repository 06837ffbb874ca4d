/** The processes that are serving at the moment, of either release, behind a simple load balancer. */
import { setTimeout as pause } from 'node:timers/promises';
import { startChild, type Child } from '../bench/processes/child.ts';
import type { ReplicaPlan } from '../bench/processes/replica.ts';
import type { Release } from './other-release.ts';

/** Them. */
export type Fleet = {
  /** The URL of one of them, in turn. */
  url(): string;
  start(release: Release): Promise<void>;
  /** Takes the oldest process of a release out of service, then ends it with SIGTERM. */
  drain(release: Release): Promise<void>;
  /** Unhandled rejections, and unexpected exits. */
  accidents(): Promise<readonly string[]>;
  end(): Promise<void>;
};

type Member = { readonly of: string; readonly child: Child; readonly url: string };

/** The time for requests that were already on their way to a process when the load balancer dropped it. */
const drainMs = 500;

/** An empty fleet; each process is made by `plan`. */
export function fleetOf(plan: ReplicaPlan): Fleet {
  const members: Member[] = [];
  const accidents: string[] = [];
  let turn = 0;
  const note = async ({ of, child }: Member) => {
    const unhandled = await child.ask<string[]>('unhandled');
    accidents.push(...unhandled.map((each) => `${of}: ${each}`));
  };
  const letGo = async (member: Member) => {
    members.splice(members.indexOf(member), 1);
    await pause(drainMs);
    await note(member);
    await member.child.end();
  };
  return {
    url: () => members[(turn += 1) % members.length]?.url ?? 'http://127.0.0.1:9',
    start: async ({ name, root }) => {
      const { child, ready } = await startChild<{ url: string }>('replica', { about: plan, root });
      void child.ended.then(({ wanted, how }) => !wanted && accidents.push(`${name}: it ended by itself: ${how}`));
      members.push({ of: name, child, url: ready.url });
    },
    drain: async ({ name }) => {
      const member = members.find(({ of }) => of === name);
      if (!member) throw new Error(`no process of the ${name} release runs`);
      await letGo(member);
    },
    accidents: async () => {
      for (const member of members) await note(member);
      return [...new Set(accidents)];
    },
    end: async () => {
      for (const { child } of members.splice(0)) await child.end().catch(() => undefined);
    },
  };
}
