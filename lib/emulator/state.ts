import type { Clock } from './clock.js';
import type { FaultQueue } from './faults/queue.js';
import type { Grants } from './grants.js';
import type { EmulatedApp } from './model.js';
import type { Quotas } from './quotas.js';
import type { Records } from './request-log.js';
import type { EmulatedUser } from './users.js';

/** Everything that an answer may depend on. */
export interface Kakao {
  readonly apps: EmulatedApp[];
  readonly users: EmulatedUser[];
  readonly clock: Clock;
  readonly tokenLapsesAfter: number;
  readonly grants: Grants;
  readonly quotas: Quotas;
  readonly faults: FaultQueue;
  readonly records: Records;
}
