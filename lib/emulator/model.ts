/** How an app is registered. What is left out keeps the default, and the defaults let everything pass. */
export interface EmulatedAppOptions {
  /** Shown on the consent screen. */
  name?: string | undefined;
  /** The REST API key. With several apps each needs one of its own. */
  clientID?: string | undefined;
  /** The Business Authentication secret. `false` switches the Client secret feature off; undefined is the default secret. */
  clientSecret?: string | false | undefined;
  /** The business redirect URIs. Default: `http://localhost:3000/auth/kakao-business/callback` alone. */
  redirectURIs?: string[] | undefined;
  /** The business consent items configured for the app. Default: the eight Kakao lists. */
  consentItems?: string[] | undefined;
  /** What Kakao granted to the app. Default: `['kakao_moment']`, without which no `moment_*` item can be asked for (KOE124). */
  permissions?: string[] | undefined;
  /** `false` for an app that is no Biz app (KOE123). Default `true`. */
  bizApp?: boolean | undefined;
  /** `true` for a test app, which only its members can sign in to (KOE005). Default `false`. */
  testApp?: boolean | undefined;
  /** The user IDs of the members of a test app. Default: none. */
  members?: string[] | undefined;
  /** The app's keys of another kind, such as its JavaScript key: no good as a client ID (KOE008, at token KOE009). Default: none. */
  otherKeys?: string[] | undefined;
  /** `true` for an app, or a developer, under a sanction of Kakao's (KOE125). Default `false`. */
  sanctioned?: boolean | undefined;
  /** The only addresses that servers may call from (KOE127, with a token -401). Default: any. All callers on the emulator's machine are `127.0.0.1`. */
  allowedIPs?: string[] | undefined;
  /** How much the app may ask for. Default: as much as it likes. */
  quota?: EmulatedQuota | undefined;
}

/** How much an app may ask for in one minute of the emulator's clock. A limit that is left out is none. The minute starts with the first request of it. */
export interface EmulatedQuota {
  /** Business tokens that are issued (KOE236). */
  tokensPerMinute?: number | undefined;
  /** Requests to the token endpoint with the app's key, whatever comes of them (KOE237). */
  tokenRequestsPerMinute?: number | undefined;
  /** Requests with a token of the app's users (-10). */
  apiCallsPerMinute?: number | undefined;
}

/** The registered app of a running emulator. Live: a change counts from the next request on. */
export interface EmulatedApp {
  /** Shown on the consent screen. */
  name: string;
  /** The REST API key: a `client_id` that no app has is refused (KOE101). */
  clientID: string;
  /** The Business Authentication secret (KOE010); `undefined` while the Client secret feature is off. */
  clientSecret: string | undefined;
  /** The registered business redirect URIs, compared letter by letter (KOE028). Push yours after the start when its port is random. */
  redirectURIs: string[];
  /** The consent items the app may ask for (KOE232). */
  consentItems: string[];
  /** What Kakao granted to the app (KOE124). Taken away later, tokens whose agreements need it are refused (-5). */
  permissions: string[];
  /** Whether it is a Biz app (KOE123). */
  bizApp: boolean;
  /** Whether it is a test app, which only its members can sign in to (KOE005). */
  testApp: boolean;
  /** The user IDs of the members of a test app. */
  members: string[];
  /** Keys of another kind, which are no good as a client ID (KOE008, at token KOE009). */
  otherKeys: string[];
  /** Whether Kakao has put a sanction on it (KOE125). */
  sanctioned: boolean;
  /** The only addresses that servers may call from (KOE127, with a token -401); `undefined` for any. */
  allowedIPs: string[] | undefined;
  /** How much it may ask for in one minute (KOE236, KOE237, -10). */
  quota: EmulatedQuota;
}
