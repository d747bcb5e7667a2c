import type { AdAccountGroup, ConsentItem } from './consent-items.js';

/** The settings of an app. A setting that is left out has its default; the defaults allow everything. */
export interface EmulatedAppOptions {
  /** The name on the consent screen. */
  name?: string | undefined;
  /** The REST API key. Several apps need different keys. */
  clientID?: string | undefined;
  /**
   * The Business Authentication secret. `false` turns the Client secret feature off; undefined is the default secret.
   */
  clientSecret?: string | false | undefined;
  /** The redirect URIs for Business Authentication. Default: `http://localhost:3000/auth/kakao-business/callback`. */
  redirectURIs?: string[] | undefined;
  /** The IDs of the business consent items that are configured for the app. Default: Kakao's eight items. */
  consentItems?: string[] | undefined;
  /** The permissions that Kakao granted. Default: `['kakao_moment']`, which every `moment_*` item needs (KOE124). */
  permissions?: string[] | undefined;
  /** `false`: not a Biz app (KOE123). Default `true`. */
  bizApp?: boolean | undefined;
  /** `true`: a test app, which only its members can sign in to (KOE005). Default `false`. */
  testApp?: boolean | undefined;
  /** The user IDs of the members of a test app. Default: none. */
  members?: string[] | undefined;
  /**
   * Other keys of the app, such as the JavaScript key: invalid as client ID (KOE008, at token KOE009). Default: none.
   */
  otherKeys?: string[] | undefined;
  /** `true`: Kakao has sanctioned the app or its developer (KOE125). Default `false`. */
  sanctioned?: boolean | undefined;
  /**
   * The IP addresses that servers may call from (KOE127, with a token -401). Default: any. Callers on the emulator's
   * machine are `127.0.0.1`.
   */
  allowedIPs?: string[] | undefined;
  /**
   * `false`: accept an empty `client_secret` while the Client secret feature is off. Default `true`: reject it
   * (KOE010), since Kakao asks to leave it out.
   */
  strict?: boolean | undefined;
  /** The quotas of the app. Default: no limits. */
  quota?: EmulatedQuota | undefined;
}

/**
 * The limits of an app for one minute of the emulator's clock, which starts with the first request. A limit that is
 * left out does not apply.
 */
export interface EmulatedQuota {
  /** Business tokens issued (KOE236). */
  tokensPerMinute?: number | undefined;
  /** Requests to the token endpoint with the app's key, whether they succeed or not (KOE237). */
  tokenRequestsPerMinute?: number | undefined;
  /** Requests with a token of the app's users, at every API (-10). */
  apiCallsPerMinute?: number | undefined;
  /** Requests to Kakao Moment that pass all other checks (-813 with HTTP 429). */
  momentCallsPerMinute?: number | undefined;
  /** Requests to Keyword Ad that pass all other checks (-813 with HTTP 429). */
  keywordAdCallsPerMinute?: number | undefined;
}

/** A registered app of a running emulator. Changes apply from the next request on. */
export interface EmulatedApp {
  /** The name on the consent screen. */
  name: string;
  /** The REST API key. An unknown `client_id` is an error (KOE101). */
  clientID: string;
  /** The Business Authentication secret (KOE010); `undefined` while the Client secret feature is off. */
  clientSecret: string | undefined;
  /**
   * The redirect URIs for Business Authentication, compared character by character (KOE028). Push yours after the start
   * when your port is random.
   */
  redirectURIs: string[];
  /** The consent items that the app may request (KOE232). */
  consentItems: string[];
  /** The permissions that Kakao granted (KOE124). Without one, tokens whose consent needs it are rejected (-5). */
  permissions: string[];
  /** Whether the app is a Biz app (KOE123). */
  bizApp: boolean;
  /** Whether the app is a test app, which only its members can sign in to (KOE005). */
  testApp: boolean;
  /** The user IDs of the members of a test app. */
  members: string[];
  /** Other keys of the app, invalid as client ID (KOE008, at token KOE009). */
  otherKeys: string[];
  /** Whether Kakao has sanctioned the app or its developer (KOE125). */
  sanctioned: boolean;
  /** The IP addresses that servers may call from (KOE127, with a token -401); `undefined` for any. */
  allowedIPs: string[] | undefined;
  /** Whether an empty `client_secret` is rejected while the Client secret feature is off (KOE010). */
  strict: boolean;
  /** The quotas of the app (KOE236, KOE237, -10, -813). */
  quota: EmulatedQuota;
}

/** An ad account of a test user. */
export interface EmulatedAdAccount {
  /** Decimal digits. IDs above 2^53 are written exactly. */
  id: string;
  /** The name on the consent screen and in the list of ad accounts. */
  name: string;
  /** The role of the user. Default `MASTER`. */
  memberType?: 'MASTER' | 'MEMBER';
  /** The state of the ad account. Default `ON`. */
  config?: AdAccountConfig;
}

/** The state of an ad account: switched on, switched off or deleted. */
export type AdAccountConfig = 'ON' | 'OFF' | 'DEL';

/** A test user, who can be chosen on the consent screen. */
export interface EmulatedUser {
  /** Decimal digits; the JSON number `token_user_id` of tokeninfo. IDs above 2^53 are written exactly. */
  id: string;
  /** The primary email of the Kakao Account. Leave it out for an account without email. */
  email?: string;
  /** The name on the consent screen. No endpoint returns it. */
  name: string;
  /** The ad accounts that the user can share with the app. Without any, a request for ad accounts ends in KOE027. */
  adAccounts: { moment: EmulatedAdAccount[]; keyword: EmulatedAdAccount[] };
  /** `false`: not registered at Kakao Business Center, so consent ends in KOE025. Default `true`. */
  businessCenter?: boolean;
  /** `false`: the account may not use the service, so consent ends in KOE026. Default `true`. */
  mayUseService?: boolean;
}

/** The app that a request names. */
export interface RequestedApp {
  app: EmulatedApp;
  /** The app as an expression in a program, such as `emulator.apps[1]`. */
  appExpression: string;
}

/** A valid request to `authorize`. */
export interface AuthorizeRequest extends RequestedApp {
  clientID: string;
  redirectURI: string;
  items: ConsentItem[];
  /** The groups of ad accounts that the items give access to. */
  groups: AdAccountGroup[];
  fixedAccounts: FixedAccounts;
  state: string | undefined;
}

/** The ad accounts that `resource_ids` names. In other groups the user chooses. */
export type FixedAccounts = Partial<Record<AdAccountGroup, string[] | '*'>>;

/**
 * The test users of an emulator that is started without any. The first ID exceeds 2^53, the second user has no email.
 */
export function sampleUsers(): EmulatedUser[] {
  return [
    {
      id: '9007199254740993',
      email: 'haneul.kim@example.com',
      name: '김하늘 (Kim Haneul)',
      adAccounts: {
        moment: [
          { id: '482913', name: '하늘커피 브랜드 캠페인 (Haneul Coffee, brand)' },
          {
            id: '482914',
            name: '하늘커피 신메뉴 (Haneul Coffee, new menu)',
            memberType: 'MEMBER',
            config: 'OFF',
          },
        ],
        keyword: [{ id: '731205', name: '하늘커피 검색광고 (Haneul Coffee, search)' }],
      },
    },
    {
      id: '3120457786',
      name: '이도윤 · 이메일 없음 (Lee Doyun, no email)',
      adAccounts: {
        moment: [{ id: '9223372036854775807', name: '도윤상회 쇼핑 (Doyun Store, shopping)' }],
        keyword: [],
      },
    },
    {
      id: '2874410093',
      email: 'seoyeon.park@example.com',
      name: '박서연 · 광고계정 없음 (Park Seoyeon, no ad accounts)',
      adAccounts: { moment: [], keyword: [] },
    },
  ];
}

/** The ad accounts of a group that the consent screen offers: all, or those that the request names. */
export function offeredAccounts(
  user: EmulatedUser,
  group: AdAccountGroup,
  fixed: readonly string[] | '*' | undefined,
): EmulatedAdAccount[] {
  const accounts = user.adAccounts[group];
  return fixed === undefined || fixed === '*' ? accounts : accounts.filter(({ id }) => fixed.includes(id));
}

/** Whether an app lacks the permission that an item needs. */
export function lacksPermission(app: EmulatedApp, { permission }: ConsentItem): boolean {
  return permission !== undefined && !app.permissions.includes(permission);
}

/** Whether servers at an address may call with the app's keys and tokens. */
export function allowsCaller({ allowedIPs }: EmulatedApp, remoteAddress = ''): boolean {
  return allowedIPs?.includes(remoteAddress) ?? true;
}

/** Why servers at an address may not call. */
export const notAllowed = (remoteAddress = ''): string =>
  `The address ${remoteAddress} is not among the app's allowedIPs.`;

/** Why an item cannot be used. */
export const withoutPermission = ({ id, permission }: ConsentItem): string =>
  `${id} needs the permission ${permission}, which the app does not have.`;

/** Why a quota stops a request. */
export const usedUp = (limit: keyof EmulatedQuota): string => `The app's quota ${limit} is used up.`;
