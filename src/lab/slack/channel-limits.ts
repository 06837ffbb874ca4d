/** How often the bot may write into one channel. */
export type ChannelLimits = {
  /** Whether the limit is on. */
  readonly on: boolean;
  set(on: boolean): void;
  /** 0 if the call can go ahead; otherwise after how many seconds it can be retried. */
  take(channel: string): number;
};

const everyMs = 1000;

/** One message per second and channel while it is on. A refused call doesn't count. */
export function createChannelLimits(now: () => Date, atFirst: boolean): ChannelLimits {
  let on = atFirst;
  const last = new Map<string, number>();
  return {
    get on() {
      return on;
    },
    set: (wanted) => {
      on = wanted;
    },
    take: (channel) => {
      if (!on) return 0;
      const at = now().getTime();
      const since = at - (last.get(channel) ?? -Infinity);
      if (since < everyMs) return 1;
      last.set(channel, at);
      return 0;
    },
  };
}
