/**
 * Blocks a write that has missed its deadline. The deadline is passed along with the abort signal, the only thing that
 * every SDK passes down to the wire unchanged.
 */
import type { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PipelineRequest } from '@azure/core-rest-pipeline';
import type { Attempt, SendDeadline } from '../../gateway.ts';
import { WireFailure } from '../map-fault.ts';

const deadlines = new WeakMap<object, SendDeadline>();

/** One write's signal: it fires when its attempt is aborted, and at its deadline unless it was sent by then. */
export function signalOf({ signal: taken, deadline }: Attempt): AbortSignal {
  const missed = new AbortController();
  let left = false;
  const mayLeave = () => (left = deadline.mayLeave());
  const whenOver = () => left || missed.abort();
  if (deadline.over.aborted) missed.abort();
  deadline.over.addEventListener('abort', whenOver, { once: true });
  const signal = AbortSignal.any(taken ? [taken, missed.signal] : [missed.signal]);
  deadlines.set(signal, { over: deadline.over, answerMs: deadline.answerMs, mayLeave });
  return signal;
}

/** The deadline of a request; null for a read. */
export function deadlineOf({ abortSignal }: Pick<PipelineRequest, 'abortSignal'>): SendDeadline | null {
  return (abortSignal && deadlines.get(abortSignal)) ?? null;
}

/** Throws if the deadline has passed: the last check before a request is handed to the client that sends it. */
export function expectInTime(request: PipelineRequest): void {
  if (deadlineOf(request)?.mayLeave() === false) throw new WireFailure({ kind: 'unavailable', code: tooLate });
}

const tooLate = 'TooLate';

/**
 * An agent that checks again when the connection is open and nothing has been written to it yet: connecting takes
 * several round trips, and a pause can happen during them as well as anywhere. Through a proxy the connection is open
 * when the agent says so; the socket itself only reports the connection to the proxy.
 */
export function checkingAgent<A extends Agent>(agent: A, deadline: SendDeadline, isProxied = false): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const stands = (error: Error | null, standing: Duplex) => {
      const failed = error ?? (deadline.mayLeave() ? null : tooLateError());
      if (failed) standing.destroy();
      clearTimeout(late);
      done?.(failed, standing);
    };
    const socket = connect(options, isProxied ? stands : undefined) as Duplex;
    // Its request may have been sent by then, and nothing else closes a connection without a response.
    const late = setTimeout(() => socket.destroy(), 2 * deadline.answerMs).unref();
    if (!isProxied) whenStanding(socket, (error) => stands(error, socket));
    return undefined;
  };
  return agent;
}

function whenStanding(socket: Duplex, settled: (error: Error | null) => void): void {
  const ready = 'encrypted' in socket ? 'secureConnect' : 'connect';
  const settle = (error: Error | null) => {
    socket.off(ready, onReady).off('error', settle).off('close', onClose);
    settled(error);
  };
  const onReady = () => settle(null);
  const onClose = () => settle(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
  socket.once(ready, onReady).once('error', settle).once('close', onClose);
}

function tooLateError(): Error {
  return Object.assign(new Error(tooLate), { code: tooLate });
}
