import type { AssetGroup, CatalogItem } from './consent-catalog.js';
import { Lapsing } from './lapsing.js';
import type { EmulatedApp } from './model.js';
import type { EmulatedUser } from './users.js';

/** What a user agreed to. */
export interface Grant {
  app: EmulatedApp;
  /** The key of the app when it asked: it may have another by now. */
  clientID: string;
  redirectURI: string;
  user: EmulatedUser;
  /** In the order of the request. */
  items: CatalogItem[];
  agreements: AdAccountAgreement[];
}

/** The part of a grant that concerns one kind of ad account. */
export interface AdAccountAgreement {
  group: AssetGroup;
  scope: string[];
  accountIDs: string[] | '*';
}

// Assumption (code-lifetime): about 10 minutes is what others report for codes. The consent screen has no documented limit
// and shares it.
const lifetime = 10 * 60 * 1000;

/** The consent screens, codes and tokens this Kakao has handed out. */
export class Grants {
  readonly #consents: Lapsing<URLSearchParams>;
  readonly #codes: Lapsing<Grant>;
  readonly #tokens: Lapsing<Grant>;

  /** @param tokenLifetime - the milliseconds without use after which a token lapses. */
  constructor(tokenLifetime: number, now: () => number) {
    this.#consents = new Lapsing(lifetime, now);
    this.#codes = new Lapsing(lifetime, now);
    this.#tokens = new Lapsing(tokenLifetime, now);
  }

  /**
   * @param query - that of the authorize request. Not what was read from it: the app may change before somebody decides.
   * @returns the transaction ID that the consent screen posts back.
   */
  openConsent(query: URLSearchParams): string {
    return this.#consents.add(query);
  }

  openedConsent(transaction: string): URLSearchParams | undefined {
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
    return this.#tokens.add(grant);
  }

  /** Uses a token, so that it does not lapse for long again. */
  useToken(token: string): Grant | undefined {
    return this.#tokens.use(token);
  }

  revoke(token: string): void {
    this.#tokens.remove(token);
  }
}
