import { InvalidMember } from '../invalid-member.js';
import { type EmulatedEndpoint, ENDPOINT_NAMES, isEmulatedEndpoint } from '../paths.js';
import type { FaultContext, PreparedFault, Respond } from './kind.js';
import { assertCompatible, FAULT_KINDS, type UncheckedFault } from './kinds.js';

/** A fault that waits for its request: its members, the one that is applied first comes last. */
export type QueuedFault = readonly PreparedFault[];

/** The faults that wait for their requests: one queue for each endpoint. */
export class FaultQueue {
  readonly #queues = new Map<EmulatedEndpoint, QueuedFault[]>();

  /** @throws {TypeError} when the endpoint or the fault is invalid. */
  add(endpoint: EmulatedEndpoint, fault: UncheckedFault): void {
    if (!isEmulatedEndpoint(endpoint)) {
      throw new InvalidMember(
        'failNext',
        'endpoint',
        `the endpoint must be one of ${ENDPOINT_NAMES.join(', ')}`,
      );
    }
    this.#queues.set(endpoint, [...this.waiting(endpoint), prepareFault(endpoint, fault)]);
  }

  take(endpoint: EmulatedEndpoint): QueuedFault {
    const [next = [], ...others] = this.waiting(endpoint);
    this.#queues.set(endpoint, others);
    return next;
  }

  /** In the order of the requests that will meet them. */
  waiting(endpoint: EmulatedEndpoint): readonly QueuedFault[] {
    return this.#queues.get(endpoint) ?? [];
  }

  clear(): void {
    this.#queues.clear();
  }
}

/** Responds to a request that meets a fault. Without one, that is the usual response. */
export function applyFault(
  fault: QueuedFault,
  context: Omit<FaultContext, 'members'>,
  respond: Respond,
): ReturnType<Respond> {
  const members = new Map(fault.map(({ name, value }) => [name, value]));
  return fault.reduce<Respond>(
    (inner, member) => async () => member.apply(inner, { ...context, members }),
    respond,
  )();
}

function prepareFault(endpoint: EmulatedEndpoint, fault: UncheckedFault): QueuedFault {
  if (typeof fault !== 'object' || fault === null) throw new TypeError('failNext takes a fault as an object');
  const names = FAULT_KINDS.map(({ name }) => name).join(', ');
  const values = new Map<string, unknown>(Object.entries(fault).filter(([, value]) => value !== undefined));
  const unknown = [...values.keys()].find(name => !FAULT_KINDS.some(kind => kind.name === name));
  if (unknown !== undefined) {
    throw new InvalidMember('failNext', unknown, `unknown member ${unknown}; a fault has ${names}`);
  }
  if (values.size === 0) throw new InvalidMember('failNext', 'code', `a fault needs one of ${names}`);
  const prepared = FAULT_KINDS.filter(({ name }) => values.has(name)).map(kind =>
    kind.prepare(values.get(kind.name), endpoint),
  );
  assertCompatible(fault);
  return prepared;
}

/** Members that only delay the usual response or add headers to it. */
const ADDING = ['delay', 'headers', 'retryAfter'];

/** Whether a fault takes the place of the usual response. */
export const replacesResponse = (fault: QueuedFault): boolean =>
  fault.some(({ name }) => !ADDING.includes(name));

/** A fault in words, such as `KOE237 · Retry-After 30`. */
export const describeFault = (fault: QueuedFault): string =>
  fault
    .map(({ text }) => text)
    .filter(Boolean)
    .join(' · ');
