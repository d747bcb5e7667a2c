import type { Request } from 'express';
import type { KakaoBusinessClient } from 'passport-kakao-business';
import type { KakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import { redirectURIs } from '../passport.js';
import type { User } from '../users.js';
import type { Mishap, Mishaps } from './mishaps.js';

declare module 'express-session' {
  interface SessionData {
    /** Where the strategy keeps its pending logins (`sessionKey`). */
    'kakao-business': unknown;
  }
}

/** What the tour can lay hands on. */
export interface Scene {
  origin: string;
  emulator: KakaoBusinessEmulator;
  kakao: KakaoBusinessClient;
  mishaps: Mishaps;
}

/** The way of one visitor into a problem: to Kakao and back, in their own session, up to where it goes wrong. */
export class Trip {
  readonly scene: Scene;
  readonly #req: Request;
  readonly #user: User | undefined;

  constructor(scene: Scene, req: Request, user: User | undefined) {
    this.scene = scene;
    this.#req = req;
    this.#user = user;
  }

  /** Where Kakao sends this visitor back to: whoever is signed in connects, everybody else signs in. */
  get redirectURI(): string {
    const { signIn, connect } = redirectURIs(this.scene.origin);
    return this.#user ? connect : signIn;
  }

  /** Starts a sign-in. @returns the consent screen that it leads to. */
  async start(): Promise<URL> {
    const path = this.#user ? '/connect/kakao-business' : '/auth/kakao-business';
    // By a request to this very app, so that all that a browser sets off is set off.
    const { headers } = await fetch(this.scene.origin + path, {
      headers: { cookie: this.#req.headers.cookie ?? '' },
      redirect: 'manual',
    });
    return new URL(headers.get('location') ?? '');
  }

  /** Starts a sign-in and agrees, as the first test user who can. @returns the way back, where all would be well. */
  async agree(): Promise<URL> {
    return this.scene.emulator.approve(await this.start());
  }

  /** Starts a sign-in and agrees. @returns the way back, on which this happens. */
  async meet(mishap: Mishap): Promise<URL> {
    const callback = await this.agree();
    this.scene.mishaps.arrange(callback, mishap);
    return callback;
  }

  /** Starts a sign-in. @returns the way back with this answer, its state the right one. */
  async answer(answer: Record<string, string>): Promise<URL> {
    const state = (await this.start()).searchParams.get('state') ?? '';
    return this.returnWith({ ...answer, state });
  }

  /** The way back with this answer and no other. */
  returnWith(answer: Record<string, string>): URL {
    return new URL(`${this.redirectURI}?${new URLSearchParams(answer)}`);
  }

  /** Changes what the strategy has noted in the session of this visitor. */
  async changePendingLogins(change: (pending: unknown) => unknown): Promise<void> {
    const req = this.#req;
    // start() was a request of its own: what it noted is not in this one's session until that is loaded anew. Saved by
    // hand, because a session that is now as it was before start() counts as unchanged.
    await settled(done => req.session.reload(done));
    req.session['kakao-business'] = change(req.session['kakao-business']);
    await settled(done => req.session.save(done));
  }
}

const settled = (start: (done: (error: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start(error => (error ? reject(error) : resolve())));
