import { type AssetGroup, consentCatalog } from './consent-catalog.js';
import {
  refuse,
  requireBoolean,
  requireFunction,
  requireID,
  requireKnownMembers,
  requireList,
  requirePort,
  requireRedirectURI,
  requireText,
  requireTexts,
} from './option-checks.js';
import { type EmulatedAdAccount, type EmulatedUser, sampleUsers } from './users.js';

/** Options of `startKakaoBusinessEmulator`. Each has a default: `startKakaoBusinessEmulator()` gives an app that may ask for everything. */
export interface KakaoBusinessEmulatorOptions {
  /** The TCP port on 127.0.0.1. Default 0: any free one. A port in use rejects with `EADDRINUSE`. */
  port?: number | undefined;
  /** The app as registered at this Kakao. */
  app?: EmulatedAppOptions | undefined;
  /** Who can be chosen on the consent screen. Default: three users with and without email, with and without ad accounts. */
  users?: EmulatedUser[] | undefined;
  /** The clock in milliseconds, `Date.now` by default. Codes and consent screens lapse after 10 minutes of it. */
  now?: (() => number) | undefined;
}

/** How the app is registered. What is left out keeps the default. */
export interface EmulatedAppOptions {
  /** Shown on the consent screen. */
  name?: string | undefined;
  /** The REST API key. */
  clientID?: string | undefined;
  /** The Business Authentication secret. `false` switches the Client secret feature off; undefined is the default secret. */
  clientSecret?: string | false | undefined;
  /** The business redirect URIs. Default: `http://localhost:3000/auth/kakao-business/callback` alone. */
  redirectURIs?: string[] | undefined;
  /** The business consent items configured for the app. Default: the eight Kakao lists. */
  consentItems?: string[] | undefined;
  /** What Kakao granted to the app. Default: `['kakao_moment']`, without which no `moment_*` item can be asked for (KOE124). */
  permissions?: string[] | undefined;
}

/** The registered app of a running emulator. Live: a change counts from the next request on. */
export interface EmulatedApp {
  /** Shown on the consent screen. */
  name: string;
  /** The REST API key: `client_id` must equal it (KOE101). */
  clientID: string;
  /** The Business Authentication secret; `undefined` while the Client secret feature is off. */
  clientSecret: string | undefined;
  /** The registered business redirect URIs, compared letter by letter (KOE028). Push yours after the start when its port is random. */
  redirectURIs: string[];
  /** The consent items the app may ask for (KOE232). */
  consentItems: string[];
  /** What Kakao granted to the app (KOE124). */
  permissions: string[];
}

export interface EmulatorSettings {
  port: number;
  app: EmulatedApp;
  users: EmulatedUser[];
  now: () => number;
}

/** Checks the options once and copies them, so that the emulator's changes never reach the caller's objects. */
export function toSettings(options: KakaoBusinessEmulatorOptions): EmulatorSettings {
  requireKnownMembers('', options, ['port', 'app', 'users', 'now']);
  return {
    port: requirePort(options.port ?? 0),
    app: toApp(options.app ?? {}),
    users: requireDistinctIDs(requireList('users', options.users ?? sampleUsers()).map(toUser)),
    now: requireFunction('now', options.now ?? Date.now),
  };
}

function toApp(app: EmulatedAppOptions): EmulatedApp {
  requireKnownMembers('app', app, [
    'name',
    'clientID',
    'clientSecret',
    'redirectURIs',
    'consentItems',
    'permissions',
  ]);
  const {
    name = '샘플 광고 대행사 (Sample Agency)',
    clientID = '0123456789abcdef0123456789abcdef',
    clientSecret = 'EmulatorSecretNotARealOne0123456',
    redirectURIs = ['http://localhost:3000/auth/kakao-business/callback'],
    consentItems = consentCatalog.map(item => item.id),
    permissions = ['kakao_moment'],
  } = app;
  return {
    name: requireText('app.name', name),
    clientID: requireText('app.clientID', clientID),
    clientSecret: clientSecret === false ? undefined : requireText('app.clientSecret', clientSecret),
    redirectURIs: requireList('app.redirectURIs', redirectURIs).map(requireRedirectURI),
    consentItems: requireTexts('app.consentItems', consentItems),
    permissions: requireTexts('app.permissions', permissions),
  };
}

function toUser(user: EmulatedUser, index: number): EmulatedUser {
  const name = `users[${index}]`;
  requireKnownMembers(name, user, ['id', 'email', 'name', 'adAccounts', 'businessCenter']);
  requireKnownMembers(`${name}.adAccounts`, user.adAccounts, ['moment', 'keyword']);
  const accounts = (group: AssetGroup): EmulatedAdAccount[] =>
    requireList(`${name}.adAccounts.${group}`, user.adAccounts[group]).map((account, at) =>
      toAdAccount(`${name}.adAccounts.${group}[${at}]`, account),
    );
  return {
    id: requireID(`${name}.id`, user.id),
    ...(user.email === undefined ? {} : { email: requireText(`${name}.email`, user.email) }),
    name: requireText(`${name}.name`, user.name),
    adAccounts: { moment: accounts('moment'), keyword: accounts('keyword') },
    businessCenter: requireBoolean(`${name}.businessCenter`, user.businessCenter ?? true),
  };
}

function toAdAccount(name: string, account: EmulatedAdAccount): EmulatedAdAccount {
  requireKnownMembers(name, account, ['id', 'name']);
  return { id: requireID(`${name}.id`, account.id), name: requireText(`${name}.name`, account.name) };
}

// The consent screen tells users apart by nothing else.
function requireDistinctIDs(users: EmulatedUser[]): EmulatedUser[] {
  users.forEach(({ id }, index) => {
    const first = users.findIndex(user => user.id === id);
    if (first < index) refuse(`users[${index}].id`, `another than that of users[${first}]`);
  });
  return users;
}
