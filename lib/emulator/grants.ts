import { randomBytes } from 'node:crypto';
import type { AuthorizationRequest } from './authorization-request.js';
import type { AssetGroup } from './consent-catalog.js';
import type { EmulatedUser } from './users.js';

/** What a user agreed to. */
export interface Grant {
  clientID: string;
  redirectURI: string;
  user: EmulatedUser;
  /** Consent item IDs in the order of the request. */
  scope: string[];
  agreements: AdAccountAgreement[];
}

/** The part of a grant that concerns one kind of ad account. */
export interface AdAccountAgreement {
  group: AssetGroup;
  scope: string[];
  accountIDs: string[] | '*';
}

// Assumption: about 10 minutes is what others report for codes. The consent screen has no documented limit and shares it.
const lifetime = 10 * 60 * 1000;

/** The consent screens, codes and tokens this Kakao has handed out. */
export class Grants {
  readonly #consents: Lapsing<AuthorizationRequest>;
  readonly #codes: Lapsing<Grant>;
  readonly #tokens = new Map<string, Grant>();

  constructor(now: () => number) {
    this.#consents = new Lapsing(now);
    this.#codes = new Lapsing(now);
  }

  /** @returns the transaction ID that the consent screen posts back. */
  openConsent(request: AuthorizationRequest): string {
    return this.#consents.add(request);
  }

  openedConsent(transaction: string): AuthorizationRequest | undefined {
    return this.#consents.get(transaction);
  }

  closeConsent(transaction: string): void {
    this.#consents.remove(transaction);
  }

  issueCode(grant: Grant): string {
    return this.#codes.add(grant);
  }

  /** Gives the grant of a code once. */
  redeemCode(code: string): Grant | undefined {
    const grant = this.#codes.get(code);
    this.#codes.remove(code);
    return grant;
  }

  issueToken(grant: Grant): string {
    const token = randomName();
    this.#tokens.set(token, grant);
    return token;
  }

  grantOf(token: string): Grant | undefined {
    return this.#tokens.get(token);
  }

  revoke(token: string): void {
    this.#tokens.delete(token);
  }
}

class Lapsing<T> {
  readonly #now: () => number;
  readonly #entries = new Map<string, { value: T; lapses: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(value: T): string {
    this.#forgetLapsed();
    const name = randomName();
    this.#entries.set(name, { value, lapses: this.#now() + lifetime });
    return name;
  }

  get(name: string): T | undefined {
    this.#forgetLapsed();
    return this.#entries.get(name)?.value;
  }

  remove(name: string): void {
    this.#entries.delete(name);
  }

  #forgetLapsed(): void {
    for (const [name, { lapses }] of this.#entries) {
      if (lapses <= this.#now()) this.#entries.delete(name);
    }
  }
}

const randomName = (): string => randomBytes(32).toString('base64url');
