import { toApps } from './app-options.js';
import { Clock } from './clock.js';
import type { EmulatedApp, EmulatedAppOptions } from './model.js';
import {
  requireDuration,
  requireFunction,
  requireIPv4,
  requireKnownMembers,
  requirePort,
} from './option-checks.js';
import { toUsers } from './user-options.js';
import type { EmulatedUser } from './users.js';

/** Options of `startKakaoBusinessEmulator`. Each has a default: `startKakaoBusinessEmulator()` gives an app that may ask for everything. */
export interface KakaoBusinessEmulatorOptions {
  /** The TCP port. Default 0: any free one. A port in use rejects with `EADDRINUSE`. */
  port?: number | undefined;
  /** The IPv4 address to listen at. Default `127.0.0.1`: for this machine alone. `0.0.0.0` is for containers: whoever reaches the machine may use it. */
  host?: string | undefined;
  /** The app as registered at this Kakao. */
  app?: EmulatedAppOptions | undefined;
  /** Several apps, in place of `app`: each with a `clientID` of its own. */
  apps?: EmulatedAppOptions[] | undefined;
  /** Who can be chosen on the consent screen. Default: three users with and without email, with and without ad accounts. */
  users?: EmulatedUser[] | undefined;
  /** The clock in milliseconds, `Date.now` by default. Codes and consent screens lapse after 10 minutes of it. */
  now?: (() => number) | undefined;
  /** Milliseconds without use after which a business token lapses (-401). Default: 180 days, an assumption. */
  tokenLapsesAfter?: number | undefined;
}

export interface EmulatorSettings {
  port: number;
  host: string;
  apps: [EmulatedApp, ...EmulatedApp[]];
  users: EmulatedUser[];
  clock: Clock;
  tokenLapsesAfter: number;
}

// Assumption (token-lifetime): a token lapses after long disuse, which is documented; how long that is, is not.
const longDisuse = 180 * 24 * 60 * 60 * 1000;

/** Checks the options once and copies them, so that the emulator's changes never reach the caller's objects. */
export function toSettings(options: KakaoBusinessEmulatorOptions): EmulatorSettings {
  requireKnownMembers('', options, ['port', 'host', 'app', 'apps', 'users', 'now', 'tokenLapsesAfter']);
  return {
    port: requirePort(options.port ?? 0),
    host: requireIPv4('host', options.host ?? '127.0.0.1'),
    apps: toApps(options),
    users: toUsers(options.users),
    // Looked up at every call, for tests that put another clock in the place of Date.
    clock: new Clock(requireFunction('now', options.now ?? (() => Date.now()))),
    tokenLapsesAfter: requireDuration('tokenLapsesAfter', options.tokenLapsesAfter ?? longDisuse),
  };
}
