import type { Grants } from './grants.js';
import type { EmulatedApp } from './options.js';
import type { EmulatedUser } from './users.js';

/** Everything an endpoint may look at. */
export interface Kakao {
  readonly app: EmulatedApp;
  readonly users: EmulatedUser[];
  readonly grants: Grants;
}
