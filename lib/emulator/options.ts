import {
  AD_ACCOUNT_GROUP_NAMES,
  type AdAccountGroup,
  byGroup,
  CONSENT_ITEMS,
  MOMENT_PERMISSION,
} from './consent-items.js';
import { type Certificate, problemOf } from './http/certificate.js';
import {
  type EmulatedAdAccount,
  type EmulatedApp,
  type EmulatedAppOptions,
  type EmulatedQuota,
  type EmulatedUser,
  sampleUsers,
} from './model.js';
import {
  memberOf,
  optionError,
  requireBoolean,
  requireConsentItems,
  requireCount,
  requireDistinct,
  requireDuration,
  requireFunction,
  requireHostName,
  requireID,
  requireIPv4,
  requireList,
  requireMembers,
  requireOneOf,
  requirePort,
  requireRedirectURI,
  requireText,
  requireTexts,
} from './option-checks.js';
import { Clock } from './state.js';
import { checkStub, type EmulatedStub } from './stubs.js';

/** Options of `startKakaoBusinessEmulator`. All have defaults; the default app may request everything. */
export interface KakaoBusinessEmulatorOptions {
  /** The TCP port. Default 0: any free port. A port in use rejects with `EADDRINUSE`. */
  port?: number | undefined;
  /**
   * The IPv4 address to listen on. Default `127.0.0.1`: this machine only. Use `0.0.0.0` in containers; everyone who
   * can reach the machine can then use the emulator.
   */
  host?: string | undefined;
  /** A certificate and its private key without a passphrase, as PEM texts, to serve https instead of http. */
  https?:
    | {
        /** The certificate; further ones of its chain may follow. */
        cert: string;
        /** The private key of the certificate. */
        key: string;
      }
    | undefined;
  /**
   * Host names with dots that browsers and tests reach the emulator at, such as `kakao.test`, or that a proxy in front
   * of it has. Names without a dot, names under `.localhost` and IP addresses need not be listed.
   */
  allowedHosts?: string[] | undefined;
  /** The registered app. */
  app?: EmulatedAppOptions | undefined;
  /** Several registered apps, instead of `app`. Each needs a different `clientID`. */
  apps?: EmulatedAppOptions[] | undefined;
  /** The users on the consent screen. Default: three users, with and without email and ad accounts. */
  users?: EmulatedUser[] | undefined;
  /** The clock, in milliseconds. Default `Date.now`. Codes and consent screens expire after 10 minutes of it. */
  now?: (() => number) | undefined;
  /** The milliseconds without use after which a business token expires (-401). Default: 180 days, an assumption. */
  tokenIdleTimeout?: number | undefined;
  /** Responses of the ad APIs, other than the ad accounts of the users. Default: none. */
  stubs?: EmulatedStub[] | undefined;
}

export interface EmulatorSettings {
  port: number;
  host: string;
  https: Certificate | undefined;
  allowedHosts: string[];
  apps: [EmulatedApp, ...EmulatedApp[]];
  users: EmulatedUser[];
  clock: Clock;
  tokenIdleTimeout: number;
  stubs: EmulatedStub[];
}

// Assumption (token-lifetime): tokens expire when they are not used for long. Kakao does not document how long.
const TOKEN_IDLE_TIMEOUT = 180 * 24 * 60 * 60 * 1000;

const OPTIONS: readonly (keyof KakaoBusinessEmulatorOptions)[] = [
  'port',
  'host',
  'https',
  'allowedHosts',
  'app',
  'apps',
  'users',
  'now',
  'tokenIdleTimeout',
  'stubs',
];

/** Checks the options once and copies them, so that the emulator never changes the caller's objects. */
export function toSettings(options: KakaoBusinessEmulatorOptions): EmulatorSettings {
  requireMembers('', options, OPTIONS);
  return {
    port: requirePort(options.port ?? 0),
    host: requireIPv4('host', options.host ?? '127.0.0.1'),
    https: options.https === undefined ? undefined : toCertificate(options.https),
    allowedHosts: requireList('allowedHosts', options.allowedHosts ?? []).map((name, index) =>
      requireHostName(`allowedHosts[${index}]`, name),
    ),
    apps: toApps(options),
    users: toUsers(options.users),
    // Date.now is looked up at every call, for tests that replace Date.
    clock: new Clock(requireFunction('now', options.now ?? (() => Date.now()))),
    tokenIdleTimeout: requireDuration('tokenIdleTimeout', options.tokenIdleTimeout ?? TOKEN_IDLE_TIMEOUT),
    stubs: requireList('stubs', options.stubs ?? []).map(toStub),
  };
}

function toCertificate(https: Certificate): Certificate {
  requireMembers('https', https, ['cert', 'key']);
  const [member, expected] = problemOf(https) ?? [];
  if (member !== undefined) throw optionError(`https.${member}`, `${expected}`);
  return { ...https };
}

function toApps({ app, apps }: KakaoBusinessEmulatorOptions): [EmulatedApp, ...EmulatedApp[]] {
  if (apps === undefined) return [toApp('app', app ?? {})];
  if (app !== undefined) throw optionError('app', 'omitted when apps is given');
  const all = requireList('apps', apps).map((each, index) => toApp(`apps[${index}]`, each));
  requireDistinct('apps', all, 'clientID');
  const [first, ...others] = all;
  if (!first) throw optionError('apps', 'an array with at least one app');
  return [first, ...others];
}

const APP_MEMBERS: readonly (keyof EmulatedApp)[] = [
  'name',
  'clientID',
  'clientSecret',
  'redirectURIs',
  'consentItems',
  'permissions',
  'bizApp',
  'testApp',
  'members',
  'otherKeys',
  'sanctioned',
  'allowedIPs',
  'strict',
  'quota',
];

/**
 * Checks and copies an app.
 *
 * @param option the path in messages; empty for the app itself.
 * @throws {InvalidMember}
 */
export function toApp(option: string, value: unknown): EmulatedApp {
  const app = requireMembers(option, value, APP_MEMBERS);
  const {
    name = '샘플 광고 대행사 (Sample Agency)',
    clientID = '0123456789abcdef0123456789abcdef',
    clientSecret = 'NotARealSecretOfTheEmulator01234',
    redirectURIs = ['http://localhost:3000/auth/kakao-business/callback'],
    consentItems = CONSENT_ITEMS.map(item => item.id),
    permissions = [MOMENT_PERMISSION],
  } = app;
  const at = (member: string): string => memberOf(option, member);
  const texts = (member: string, values: unknown = []): string[] => requireTexts(at(member), values);
  const flag = (member: string, value: unknown): boolean => requireBoolean(at(member), value);
  return {
    name: requireText(at('name'), name),
    clientID: requireText(at('clientID'), clientID),
    clientSecret: clientSecret === false ? undefined : requireText(at('clientSecret'), clientSecret),
    redirectURIs: requireList(at('redirectURIs'), redirectURIs).map((uri, index) =>
      requireRedirectURI(at(`redirectURIs[${index}]`), uri),
    ),
    consentItems: requireConsentItems(at('consentItems'), consentItems),
    permissions: texts('permissions', permissions),
    bizApp: flag('bizApp', app.bizApp ?? true),
    testApp: flag('testApp', app.testApp ?? false),
    members: texts('members', app.members),
    otherKeys: texts('otherKeys', app.otherKeys),
    sanctioned: flag('sanctioned', app.sanctioned ?? false),
    allowedIPs: app.allowedIPs === undefined ? undefined : texts('allowedIPs', app.allowedIPs),
    strict: flag('strict', app.strict ?? true),
    quota: toQuota(at('quota'), app.quota ?? {}),
  };
}

const LIMITS: readonly (keyof EmulatedQuota)[] = [
  'tokensPerMinute',
  'tokenRequestsPerMinute',
  'apiCallsPerMinute',
  'momentCallsPerMinute',
  'keywordAdCallsPerMinute',
];

function toQuota(option: string, value: unknown): EmulatedQuota {
  const given = requireMembers(option, value, LIMITS);
  const quota: EmulatedQuota = {};
  for (const limit of LIMITS) {
    if (given[limit] !== undefined) quota[limit] = requireCount(`${option}.${limit}`, given[limit]);
  }
  return quota;
}

function toUsers(users: EmulatedUser[] = sampleUsers()): EmulatedUser[] {
  const all = requireList('users', users).map((user, index) => toUser(`users[${index}]`, user));
  requireDistinct('users', all, 'id');
  return all;
}

const USER_MEMBERS: readonly (keyof EmulatedUser)[] = [
  'id',
  'email',
  'name',
  'adAccounts',
  'businessCenter',
  'mayUseService',
];

/**
 * Checks and copies a user.
 *
 * @param option the path in messages; empty for the user itself.
 * @throws {InvalidMember}
 */
export function toUser(option: string, value: unknown): EmulatedUser {
  const user = requireMembers(option, value, USER_MEMBERS);
  const at = (member: string): string => memberOf(option, member);
  const adAccounts = requireMembers(at('adAccounts'), user.adAccounts, AD_ACCOUNT_GROUP_NAMES);
  const accounts = (group: AdAccountGroup): EmulatedAdAccount[] =>
    requireList(at(`adAccounts.${group}`), adAccounts[group]).map((account, index) =>
      toAdAccount(at(`adAccounts.${group}[${index}]`), account),
    );
  return {
    id: requireID(at('id'), user.id),
    ...(user.email === undefined ? {} : { email: requireText(at('email'), user.email) }),
    name: requireText(at('name'), user.name),
    adAccounts: byGroup(accounts),
    businessCenter: requireBoolean(at('businessCenter'), user.businessCenter ?? true),
    mayUseService: requireBoolean(at('mayUseService'), user.mayUseService ?? true),
  };
}

const MEMBER_TYPES = ['MASTER', 'MEMBER'] as const;
const CONFIGS = ['ON', 'OFF', 'DEL'] as const;

function toAdAccount(option: string, value: unknown): EmulatedAdAccount {
  const account = requireMembers(option, value, ['id', 'name', 'memberType', 'config']);
  return {
    id: requireID(`${option}.id`, account.id),
    name: requireText(`${option}.name`, account.name),
    memberType: requireOneOf(`${option}.memberType`, account.memberType ?? 'MASTER', MEMBER_TYPES),
    config: requireOneOf(`${option}.config`, account.config ?? 'ON', CONFIGS),
  };
}

function toStub(stub: EmulatedStub, index: number): EmulatedStub {
  const option = `stubs[${index}]`;
  requireMembers(option, stub, ['method', 'path', 'answer']);
  return checkStub(stub, (member, expected) => optionError(`${option}.${member}`, expected));
}
