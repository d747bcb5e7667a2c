import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { KakaoBusinessClient } from 'passport-kakao-business';
import type { KakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import { redirectURIs } from '../passport.js';
import type { User } from '../users.js';
import { type Mishap, type Mishaps, mishapParameter } from './mishaps.js';

declare module 'express-session' {
  interface SessionData {
    /** The pending logins of the strategy (`sessionKey`). */
    'kakao-business': unknown;
  }
}

/** The servers and objects that the tour can use. */
export interface Scene {
  origin: string;
  emulator: KakaoBusinessEmulator;
  kakao: KakaoBusinessClient;
  mishaps: Mishaps;
}

/** A login of one visitor, in their own session, up to the point where it fails; or a page after the login. */
export class Trip {
  readonly scene: Scene;
  readonly #req: Request;
  readonly #user: User | undefined;

  constructor(scene: Scene, req: Request, user: User | undefined) {
    this.scene = scene;
    this.#req = req;
    this.#user = user;
  }

  /** The redirect URI for this visitor: to connect when signed in, else to sign in. */
  get redirectURI(): string {
    const { signIn, connect } = redirectURIs(this.scene.origin);
    return this.#user ? connect : signIn;
  }

  /** Starts a login. @returns the URL of the consent screen. */
  async start(): Promise<URL> {
    const path = this.#user ? '/connect/kakao-business' : '/auth/kakao-business';
    // Sends a request to this app, to run everything that a browser would trigger.
    const { headers } = await fetch(this.scene.origin + path, {
      headers: { cookie: this.#req.headers.cookie ?? '' },
      redirect: 'manual',
    });
    return new URL(headers.get('location') ?? '');
  }

  /** Starts a login and agrees as the first eligible test user. @returns the callback URL, which would succeed. */
  async agree(): Promise<URL> {
    return this.scene.emulator.approve(await this.start());
  }

  /** Starts a login and agrees. @returns the callback URL, on which the mishap happens. */
  async meet(mishap: Mishap): Promise<URL> {
    const callback = await this.agree();
    this.scene.mishaps.arrange(callback, mishap);
    return callback;
  }

  /** @returns the URL of the list of ad accounts, on which the mishap happens. */
  listAdAccounts(mishap: Mishap): URL {
    const url = new URL('/ad-accounts', this.scene.origin);
    url.searchParams.set(mishapParameter, randomUUID());
    this.scene.mishaps.arrange(url, mishap);
    return url;
  }

  /** Starts a login. @returns the callback URL with these parameters and the right state. */
  async callbackWith(parameters: Record<string, string>): Promise<URL> {
    const state = (await this.start()).searchParams.get('state') ?? '';
    return this.returnWith({ ...parameters, state });
  }

  /** The callback URL with these parameters only. */
  returnWith(parameters: Record<string, string>): URL {
    return new URL(`${this.redirectURI}?${new URLSearchParams(parameters)}`);
  }

  /** Changes the pending logins in the session of this visitor. */
  async changePendingLogins(change: (pending: unknown) => unknown): Promise<void> {
    const req = this.#req;
    // start() was a separate request, so reload the session to see its changes. Save explicitly, because a session
    // equal to the one before start() counts as unchanged.
    await settled(done => req.session.reload(done));
    req.session['kakao-business'] = change(req.session['kakao-business']);
    await settled(done => req.session.save(done));
  }
}

const settled = (start: (done: (error: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start(error => (error ? reject(error) : resolve())));
