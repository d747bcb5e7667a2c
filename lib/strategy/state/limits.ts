import type { StateFailure } from './store.js';

const LIFETIME_MINUTES = 10; // Assumption (code-lifetime): the reported lifetime of Kakao's codes

/** Milliseconds that a login may take. */
export const LIFETIME = LIFETIME_MINUTES * 60_000;

/** How many logins of one browser are kept. */
export const MAX_PENDING = 8;

export const EXPIRED: StateFailure = {
  reason: 'expired',
  message: `The sign-in took longer than ${LIFETIME_MINUTES} minutes. Start again.`,
};
