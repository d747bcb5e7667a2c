import type { EmulatedApp } from './app.js';
import type { Grants } from './grants.js';
import type { Quotas } from './quotas.js';
import type { EmulatedUser } from './users.js';

/** Everything an endpoint may look at. */
export interface Kakao {
  readonly apps: EmulatedApp[];
  readonly users: EmulatedUser[];
  readonly grants: Grants;
  readonly quotas: Quotas;
}
