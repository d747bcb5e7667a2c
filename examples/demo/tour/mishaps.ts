import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import type { EmulatedEndpoint, EmulatedFault } from 'passport-kakao-business/emulator';

/** A failure during a callback: in the app, or in every response of one endpoint. */
export type Mishap =
  | 'database-unreachable'
  | 'account-in-use'
  | { endpoint: EmulatedEndpoint; fault: EmulatedFault };

/** The queued mishaps. Each belongs to one authorization code, and so to one visitor. */
export class Mishaps {
  readonly #byCode = new Map<string, Mishap>();
  readonly #met = new AsyncLocalStorage<Mishap>();

  /** The mishap of the current request, if there is one. */
  get current(): Mishap | undefined {
    return this.#met.getStore();
  }

  /** Queues a mishap for this callback only. */
  arrange(callback: URL, mishap: Mishap): void {
    this.#byCode.set(callback.searchParams.get('code') ?? '', mishap);
  }

  /** Runs a request with the mishap queued for its code. */
  readonly meet: RequestHandler = (req, _res, next) => {
    const code = String(req.query['code']);
    const mishap = this.#byCode.get(code);
    if (!mishap) return next();
    this.#byCode.delete(code);
    return this.#met.run(mishap, next);
  };
}
