import {
  AD_ACCOUNT_GROUP_NAMES,
  type AdAccountGroup,
  byGroup,
  CONSENT_ITEMS,
  MOMENT_PERMISSION,
} from './consent-items.js';
import {
  type EmulatedAdAccount,
  type EmulatedApp,
  type EmulatedAppOptions,
  type EmulatedQuota,
  type EmulatedUser,
  sampleUsers,
} from './model.js';
import {
  optionError,
  requireBoolean,
  requireCount,
  requireDistinct,
  requireDuration,
  requireFunction,
  requireID,
  requireIPv4,
  requireKnownMembers,
  requireList,
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
   * The IPv4 address to listen at. Default `127.0.0.1`: this machine only. Use `0.0.0.0` in containers; everyone who
   * can reach the machine can then use the emulator.
   */
  host?: string | undefined;
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
  /** What the ad APIs answer, beside the ad accounts of the users. Default: nothing. */
  stubs?: EmulatedStub[] | undefined;
}

export interface EmulatorSettings {
  port: number;
  host: string;
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
  'app',
  'apps',
  'users',
  'now',
  'tokenIdleTimeout',
  'stubs',
];

/** Checks the options once and copies them, so that the emulator never changes the caller's objects. */
export function toSettings(options: KakaoBusinessEmulatorOptions): EmulatorSettings {
  requireKnownMembers('', options, OPTIONS);
  return {
    port: requirePort(options.port ?? 0),
    host: requireIPv4('host', options.host ?? '127.0.0.1'),
    apps: toApps(options),
    users: toUsers(options.users),
    // Date.now is looked up at every call, for tests that replace Date.
    clock: new Clock(requireFunction('now', options.now ?? (() => Date.now()))),
    tokenIdleTimeout: requireDuration('tokenIdleTimeout', options.tokenIdleTimeout ?? TOKEN_IDLE_TIMEOUT),
    stubs: requireList('stubs', options.stubs ?? []).map(toStub),
  };
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
  'quota',
];

function toApp(option: string, app: EmulatedAppOptions): EmulatedApp {
  requireKnownMembers(option, app, APP_MEMBERS);
  const {
    name = '샘플 광고 대행사 (Sample Agency)',
    clientID = '0123456789abcdef0123456789abcdef',
    clientSecret = 'EmulatorSecretNotARealOne0123456',
    redirectURIs = ['http://localhost:3000/auth/kakao-business/callback'],
    consentItems = CONSENT_ITEMS.map(item => item.id),
    permissions = [MOMENT_PERMISSION],
  } = app;
  const texts = (member: string, values: readonly string[] = []): string[] =>
    requireTexts(`${option}.${member}`, values);
  const flag = (member: string, value: boolean): boolean => requireBoolean(`${option}.${member}`, value);
  return {
    name: requireText(`${option}.name`, name),
    clientID: requireText(`${option}.clientID`, clientID),
    clientSecret: clientSecret === false ? undefined : requireText(`${option}.clientSecret`, clientSecret),
    redirectURIs: requireList(`${option}.redirectURIs`, redirectURIs).map((uri, index) =>
      requireRedirectURI(`${option}.redirectURIs[${index}]`, uri),
    ),
    consentItems: texts('consentItems', consentItems),
    permissions: texts('permissions', permissions),
    bizApp: flag('bizApp', app.bizApp ?? true),
    testApp: flag('testApp', app.testApp ?? false),
    members: texts('members', app.members),
    otherKeys: texts('otherKeys', app.otherKeys),
    sanctioned: flag('sanctioned', app.sanctioned ?? false),
    allowedIPs: app.allowedIPs === undefined ? undefined : texts('allowedIPs', app.allowedIPs),
    quota: toQuota(`${option}.quota`, app.quota ?? {}),
  };
}

function toQuota(option: string, quota: EmulatedQuota): EmulatedQuota {
  const limits = [
    'tokensPerMinute',
    'tokenRequestsPerMinute',
    'apiCallsPerMinute',
    'momentCallsPerMinute',
    'keywordAdCallsPerMinute',
  ] as const;
  requireKnownMembers(option, quota, limits);
  for (const limit of limits) {
    if (quota[limit] !== undefined) requireCount(`${option}.${limit}`, quota[limit]);
  }
  return { ...quota };
}

function toUsers(users: EmulatedUser[] = sampleUsers()): EmulatedUser[] {
  const all = requireList('users', users).map(toUser);
  requireDistinct('users', all, 'id');
  return all;
}

function toUser(user: EmulatedUser, index: number): EmulatedUser {
  const option = `users[${index}]`;
  requireKnownMembers(option, user, ['id', 'email', 'name', 'adAccounts', 'businessCenter', 'mayUseService']);
  requireKnownMembers(`${option}.adAccounts`, user.adAccounts, AD_ACCOUNT_GROUP_NAMES);
  const accounts = (group: AdAccountGroup): EmulatedAdAccount[] =>
    requireList(`${option}.adAccounts.${group}`, user.adAccounts[group]).map((account, at) =>
      toAdAccount(`${option}.adAccounts.${group}[${at}]`, account),
    );
  return {
    id: requireID(`${option}.id`, user.id),
    ...(user.email === undefined ? {} : { email: requireText(`${option}.email`, user.email) }),
    name: requireText(`${option}.name`, user.name),
    adAccounts: byGroup(accounts),
    businessCenter: requireBoolean(`${option}.businessCenter`, user.businessCenter ?? true),
    mayUseService: requireBoolean(`${option}.mayUseService`, user.mayUseService ?? true),
  };
}

function toAdAccount(option: string, account: EmulatedAdAccount): EmulatedAdAccount {
  requireKnownMembers(option, account, ['id', 'name', 'memberType', 'config']);
  return {
    id: requireID(`${option}.id`, account.id),
    name: requireText(`${option}.name`, account.name),
    memberType: requireOneOf(`${option}.memberType`, account.memberType ?? 'MASTER', ['MASTER', 'MEMBER']),
    config: requireOneOf(`${option}.config`, account.config ?? 'ON', ['ON', 'OFF', 'DEL']),
  };
}

function toStub(stub: EmulatedStub, index: number): EmulatedStub {
  const option = `stubs[${index}]`;
  requireKnownMembers(option, stub, ['method', 'path', 'answer']);
  return checkStub(stub, (member, expected) => optionError(`${option}.${member}`, expected).message);
}
