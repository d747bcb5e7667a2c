import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import type { EmulatedEndpoint, EmulatedFault } from 'passport-kakao-business/emulator';

/** What goes wrong while a visitor comes back from Kakao: in the app, or in every answer of one endpoint. */
export type Mishap =
  | 'database-unreachable'
  | 'account-in-use'
  | { endpoint: EmulatedEndpoint; fault: EmulatedFault };

/** The mishaps that were arranged. Each waits for one authorization code, so nobody meets another visitor's. */
export class Mishaps {
  readonly #byCode = new Map<string, Mishap>();
  readonly #met = new AsyncLocalStorage<Mishap>();

  /** What goes wrong with the request that is being handled; undefined where all is well. */
  get current(): Mishap | undefined {
    return this.#met.getStore();
  }

  /** Makes it happen on this way back and on no other. */
  arrange(callback: URL, mishap: Mishap): void {
    this.#byCode.set(callback.searchParams.get('code') ?? '', mishap);
  }

  /** Has a request meet what was arranged for its code. */
  readonly meet: RequestHandler = (req, _res, next) => {
    const code = String(req.query['code']);
    const mishap = this.#byCode.get(code);
    if (!mishap) return next();
    this.#byCode.delete(code);
    return this.#met.run(mishap, next);
  };
}
