import { randomBytes } from 'node:crypto';
import type { AdAccountGroup, ConsentItem } from './consent-items.js';
import type { EmulatedApp, EmulatedQuota, EmulatedUser } from './model.js';
import type { LogEntry } from './request-log.js';
import type { Stubs } from './stubs.js';

/** The state that responses depend on. */
export interface EmulatorState {
  readonly apps: EmulatedApp[];
  readonly users: EmulatedUser[];
  readonly clock: Clock;
  readonly tokenIdleTimeout: number;
  readonly grants: Grants;
  readonly quotas: Quotas;
  readonly stubs: Stubs;
}

/** The consent of one user to one app. */
export interface Grant {
  app: EmulatedApp;
  /** The app's key at the time of the request. The app may have another key now. */
  clientID: string;
  redirectURI: string;
  user: EmulatedUser;
  /** In the order of the request. */
  items: ConsentItem[];
  agreements: AdAccountAgreement[];
}

/** The part of a grant that concerns one group of ad accounts. */
export interface AdAccountAgreement {
  group: AdAccountGroup;
  scope: string[];
  accountIDs: string[] | '*';
}

// Assumption (code-lifetime): codes are reported to expire after about 10 minutes. No limit is documented for the
// consent screen; it has the same one.
export const CODE_LIFETIME_MINUTES = 10;
const CODE_LIFETIME = CODE_LIFETIME_MINUTES * 60_000;

/** An open consent screen. */
export interface OpenConsent {
  /** The query of the authorize request. The decision parses it again, since the app may have changed. */
  query: URLSearchParams;
  /** The entry of the request in the log. */
  entry: LogEntry;
}

// Bound the memory, which grows to several times what is kept before V8 collects the garbage. An open consent screen
// keeps its query, up to 16 KB.
const MAX_CONSENTS = 1000;
const MAX_CODES = 2000;
const MAX_TOKENS = 2000;

/** The open consent screens, and the codes and tokens that were issued. */
export class Grants {
  readonly #consents: ExpiringMap<OpenConsent>;
  readonly #codes: ExpiringMap<Grant>;
  readonly #tokens: ExpiringMap<Grant>;

  /** @param tokenIdleTimeout the milliseconds without use after which a token expires. */
  constructor(tokenIdleTimeout: number, now: () => number) {
    this.#consents = new ExpiringMap(MAX_CONSENTS, CODE_LIFETIME, now);
    this.#codes = new ExpiringMap(MAX_CODES, CODE_LIFETIME, now);
    this.#tokens = new ExpiringMap(MAX_TOKENS, tokenIdleTimeout, now);
  }

  /** @returns the transaction ID that the consent screen posts back. */
  openConsent(consent: OpenConsent): string {
    return this.#consents.add(consent);
  }

  openedConsent(transaction: string): OpenConsent | undefined {
    return this.#consents.get(transaction);
  }

  closeConsent(transaction: string): void {
    this.#consents.remove(transaction);
  }

  issueCode(grant: Grant): string {
    return this.#codes.add(grant);
  }

  /** Returns the grant of a code, once. */
  redeemCode(code: string): Grant | undefined {
    const grant = this.#codes.get(code);
    this.#codes.remove(code);
    return grant;
  }

  // Assumption (earlier-tokens): a new token leaves the user's earlier ones valid.
  issueToken(grant: Grant): string {
    return this.#tokens.add(grant);
  }

  /** Returns the grant of a token and restarts the token's idle timeout. */
  useToken(token: string): Grant | undefined {
    return this.#tokens.use(token);
  }

  revoke(token: string): void {
    this.#tokens.remove(token);
  }

  clear(): void {
    for (const entries of [this.#consents, this.#codes, this.#tokens]) entries.clear();
  }
}

/** Values under random keys that expire. Beyond the capacity, those that were not used for longest are removed. */
class ExpiringMap<T> {
  readonly #capacity: number;
  readonly #lifetime: number;
  readonly #now: () => number;
  readonly #entries = new Map<string, { value: T; expiresAt: number }>();

  /** @param lifetime in milliseconds. */
  constructor(capacity: number, lifetime: number, now: () => number) {
    this.#capacity = capacity;
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /** @returns the key. */
  add(value: T): string {
    this.#removeOld();
    const key = randomBytes(32).toString('base64url');
    this.#set(key, value);
    return key;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > this.#now() ? entry.value : undefined;
  }

  /** Returns the value and restarts its lifetime. */
  use(key: string): T | undefined {
    const value = this.get(key);
    this.remove(key);
    if (value !== undefined) this.#set(key, value);
    return value;
  }

  remove(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  #set(key: string, value: T): void {
    this.#entries.set(key, { value, expiresAt: this.#now() + this.#lifetime });
  }

  // A Map keeps the order of insertion: entries after the first valid one are valid too.
  #removeOld(): void {
    for (const [key, { expiresAt }] of this.#entries) {
      if (expiresAt > this.#now() && this.#entries.size < this.#capacity) return;
      this.#entries.delete(key);
    }
  }
}

// Assumption (quotas): the error codes document that limits exist, but not how Kakao counts.
const MINUTE = 60_000;

/** Counts the requests of each app. */
export class Quotas {
  readonly #now: () => number;
  #used = new WeakMap<EmulatedApp, Map<keyof EmulatedQuota, { since: number; count: number }>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the seconds to wait once the quota is used up; undefined before. */
  secondsToWait(app: EmulatedApp, limit: keyof EmulatedQuota): number | undefined {
    const { since, count } = this.#current(app, limit);
    if (count < (app.quota[limit] ?? Infinity)) return undefined;
    return Math.ceil((since + MINUTE - this.#now()) / 1000);
  }

  count(app: EmulatedApp, limit: keyof EmulatedQuota): void {
    this.#current(app, limit).count += 1;
  }

  clear(): void {
    this.#used = new WeakMap();
  }

  #current(app: EmulatedApp, limit: keyof EmulatedQuota): { since: number; count: number } {
    const used = this.#used.get(app) ?? new Map();
    this.#used.set(app, used);
    const now = this.#now();
    const current = used.get(limit);
    if (current && now >= current.since && now < current.since + MINUTE) return current;
    const fresh = { since: now, count: 0 };
    used.set(limit, fresh);
    return fresh;
  }
}

// The largest valid Date (ECMAScript).
const MAX_TIME = 8.64e15;

/** The emulator's clock: the given clock plus the time that it was advanced by. */
export class Clock {
  readonly #base: () => number;
  #advanced = 0;

  constructor(base: () => number) {
    this.#base = base;
  }

  now(): number {
    return Math.min(this.#base() + this.#advanced, MAX_TIME); // an advanced clock runs on
  }

  /** Sets the clock back to the given one. */
  reset(): void {
    this.#advanced = 0;
  }

  canAdvance(milliseconds: number): boolean {
    return this.now() + milliseconds <= MAX_TIME;
  }

  advance(milliseconds: number): void {
    if (typeof milliseconds !== 'number' || !(milliseconds >= 0)) {
      throw new TypeError('advance: the argument must be a number of milliseconds from 0 on');
    }
    if (!this.canAdvance(milliseconds)) {
      throw new TypeError('advance: the clock cannot pass the largest valid Date');
    }
    this.#advanced += milliseconds;
  }
}
