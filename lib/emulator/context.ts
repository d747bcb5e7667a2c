import type { FaultQueue } from './faults/queue.js';
import type { RequestLog } from './request-log.js';
import type { EmulatorState } from './state.js';

/** What the panel shows, and what the control API reads and changes. */
export interface EmulatorContext {
  readonly state: EmulatorState;
  readonly faults: FaultQueue;
  readonly log: RequestLog;
  /** Brings back the state at the start. */
  reset(): void;
}
