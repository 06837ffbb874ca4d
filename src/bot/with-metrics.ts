/** Wrappers around the receiver, the senders and the queue that count every turn, every send and every wake-up. */
import type { Metrics } from '../core/metrics.ts';
import type { Queue } from '../jobs/queue.ts';
import { ChatFault, type Answer, type ChatSender, type PlatformName, type Receive } from './port.ts';

/** The same receiver, with each of its turns counted by how it ended and how long it took. */
export function receiveWithMetrics(receive: Receive, metrics: Pick<Metrics, 'turn' | 'within'>): Receive {
  return async (inbound) => {
    const start = performance.now();
    const end = (outcome: Parameters<Metrics['turn']>[0]['outcome']) =>
      metrics.turn({
        platform: inbound.conversation.platform,
        event: inbound.event.kind,
        outcome,
        ms: performance.now() - start,
      });
    try {
      const ids = { platform: inbound.conversation.platform, event: inbound.event.kind };
      const answer = await metrics.within('turn', ids, () => receive(inbound));
      end(isNo(answer) ? 'refused' : 'answered');
      return answer;
    } catch (error) {
      end('fault');
      throw error;
    }
  };
}

function isNo(answer: Answer): boolean {
  return answer.show === 'text' && answer.code !== null;
}

/** The same sender, with each send counted as sent or by the kind of fault. */
export function senderWithMetrics(
  sender: ChatSender,
  platform: PlatformName,
  metrics: Pick<Metrics, 'delivery'>,
): ChatSender {
  const counted = async <T>(sending: Promise<T>): Promise<T> => {
    try {
      const sent = await sending;
      metrics.delivery({ platform, outcome: 'sent' });
      return sent;
    } catch (error) {
      metrics.delivery({ platform, outcome: error instanceof ChatFault ? error.kind : 'fault' });
      throw error;
    }
  };
  return {
    ...sender,
    post: (to, drawn, key) => counted(sender.post(to, drawn, key)),
    postPrivately: (...whisper) => counted(sender.postPrivately(...whisper)),
    edit: (to, messageId, drawn) => counted(sender.edit(to, messageId, drawn)),
    remove: (to, messageId) => counted(sender.remove(to, messageId)),
  };
}

/** The same queue, with each wake-up counted before it is sent. */
export function queueWithMetrics(queue: Pick<Queue, 'send'>, metrics: Pick<Metrics, 'woken'>): Pick<Queue, 'send'> {
  return {
    send: (trx, wakes) => {
      metrics.woken(wakes);
      return queue.send(trx, wakes);
    },
  };
}
