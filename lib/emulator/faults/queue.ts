import { type EmulatedEndpoint, endpointNames, isEmulatedEndpoint } from '../paths.js';
import { type EmulatedFault, requireFault } from './kinds.js';

/** The faults that wait for their request, a queue for each endpoint. */
export class FaultQueue {
  readonly #queues = new Map<EmulatedEndpoint, EmulatedFault[]>();

  add(endpoint: EmulatedEndpoint, fault: EmulatedFault): void {
    if (!isEmulatedEndpoint(endpoint)) {
      throw new TypeError(`failNext: the endpoint must be one of ${endpointNames.join(', ')}`);
    }
    this.#queues.set(endpoint, [...this.waiting(endpoint), requireFault(endpoint, fault)]);
  }

  take(endpoint: EmulatedEndpoint): EmulatedFault {
    const [next = {}, ...others] = this.waiting(endpoint);
    this.#queues.set(endpoint, others);
    return next;
  }

  /** In the order of the requests they are for. */
  waiting(endpoint: EmulatedEndpoint): readonly EmulatedFault[] {
    return this.#queues.get(endpoint) ?? [];
  }

  clear(): void {
    this.#queues.clear();
  }
}
