import type { Request } from 'express';
import type { KakaoBusinessClient } from 'passport-kakao-business';
import type { KakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import { redirectURIs } from '../passport.js';
import type { User } from '../users.js';
import type { UnreliableUsers } from './unreliable-users.js';

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
  users: UnreliableUsers;
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
    const { consentScreen } = await this.#open(path, this.#req.headers.cookie);
    return consentScreen;
  }

  /** Starts a sign-in and agrees, as the first test user who can. @returns the way back, where all would be well. */
  async agree(): Promise<URL> {
    return this.scene.emulator.approve(await this.start());
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
    // start() was a request of its own: what it noted is not in this one's session until that is loaded anew. Saved by hand,
    // because a session that is now as it was before start() counts as unchanged.
    await settled(done => req.session.reload(done));
    req.session['kakao-business'] = change(req.session['kakao-business']);
    await settled(done => req.session.save(done));
  }

  /**
   * Has somebody else sign in with a Kakao account, in a browser of their own.
   *
   * @returns the way back for this visitor, who agrees with the same account.
   */
  async agreeWithAccountInUse(): Promise<URL> {
    const { emulator, users } = this.scene;
    const user = emulator.users.find(({ id }) => users.findByKakaoID(id) !== this.#user)?.id ?? '';
    const { consentScreen, cookie } = await this.#open('/auth/kakao-business');
    const callback = await emulator.approve(consentScreen, { user });
    await fetch(callback, { headers: { cookie }, redirect: 'manual' });
    return emulator.approve(await this.start(), { user });
  }

  // By a request to this very app, so that all that a browser sets off is set off.
  async #open(path: string, cookie = ''): Promise<{ consentScreen: URL; cookie: string }> {
    const { headers } = await fetch(this.scene.origin + path, { headers: { cookie }, redirect: 'manual' });
    const cookies = headers.getSetCookie().map(set => set.replace(/;.*/, ''));
    return { consentScreen: new URL(headers.get('location') ?? ''), cookie: cookies.join('; ') };
  }
}

const settled = (start: (done: (error: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start(error => (error ? reject(error) : resolve())));
