import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import type { EmulatedEndpoint, EmulatedFault } from 'passport-kakao-business/emulator';

/** A failure during a request to the app: in the app, or in every response of some endpoints. */
export type Mishap =
  | 'database-unreachable'
  | 'account-in-use'
  | { endpoints: readonly EmulatedEndpoint[]; fault: EmulatedFault };

/** The parameter of the URLs without an authorization code on which a mishap happens. */
export const mishapParameter = 'mishap';

/** The queued mishaps. Each belongs to one authorization code or random key, and so to one visitor. */
export class Mishaps {
  readonly #byKey = new Map<string, Mishap>();
  readonly #met = new AsyncLocalStorage<Mishap>();

  /** The mishap of the current request, if there is one. */
  get current(): Mishap | undefined {
    return this.#met.getStore();
  }

  /** Queues a mishap for this URL only. */
  arrange({ searchParams }: URL, mishap: Mishap): void {
    this.#byKey.set(searchParams.get('code') ?? searchParams.get(mishapParameter) ?? '', mishap);
  }

  /** Runs a request with the mishap queued for its URL. */
  readonly meet: RequestHandler = (req, _res, next) => {
    const key = String(req.query['code'] ?? req.query[mishapParameter]);
    const mishap = this.#byKey.get(key);
    if (!mishap) return next();
    this.#byKey.delete(key);
    return this.#met.run(mishap, next);
  };
}
