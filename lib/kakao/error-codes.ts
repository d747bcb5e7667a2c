import type { KakaoBusinessEndpoint } from './endpoints.js';

/** The kind of an error code, which decides `retryable` and `needsConsent`. */
type ErrorKind =
  | 'temporary' // a fault at Kakao: the same request can succeed a moment later
  | 'quota' // too many requests: the same request can succeed later
  | 'consent' // the user has to consent again
  | 'sign-in' // the user has to sign in again
  | 'configuration'; // the app, the account or Kakao's settings have to be changed first

const TEMPORARY = 'Kakao has a temporary fault: try again in a moment.';
const QUOTA = 'The quota is used up: try again later, and reuse business tokens instead of issuing new ones.';
const TOO_MANY_REQUESTS = 'The quota is used up: try again later, with fewer requests.';
const SIGN_IN_AGAIN =
  'The authorization code expired, was used before, or is wrong: the user has to sign in again.';
const WRONG_KEY = 'Check that clientID is the REST API key of the app (App > Platform key > REST API key).';
const WRONG_SECRET =
  'Set clientSecret to the Business Authentication client secret of the REST API key (App > Platform key > REST API key); it is another value than the Kakao Login client secret.';
const BLOCKED = 'Kakao does not allow this for the app or the account: ask on DevTalk (devtalk.kakao.com).';
const NO_PERMISSION =
  'The app has no permission for this: apply for it with Request additional feature (for ad accounts: Kakao Moment) in Kakao Developers, and wait for the approval.';
const BAD_REQUEST =
  'Kakao did not accept an argument or a header of the request: update this package, or report the code.';
const ALLOWED_IP =
  "Add this server's IP address to the app's list of allowed IP addresses, or empty the list.";
const CONSENT_ITEM =
  'A consent item in the scope is not set up for the app: configure it under Business Authentication > Consent Items, and apply for the permission it needs.';
function consentHint(items: string): string {
  return `The user has not agreed to ${items}: ask again with a scope that includes this.`;
}
function refusalHint(api: string): string {
  return `${api} refused the request: error.detailCode and error.detailMessage say why.`;
}
const UNKNOWN = "Look the code up in Kakao's documentation (Business Authentication > Troubleshooting).";

/**
 * The hint for each error code: kauth's (KOE…), kapi's (negative numbers), and the names of RFC 6749 for a response
 * that has neither.
 */
export const hints: Record<ErrorKind, Record<string, string>> = {
  temporary: {
    KOE003: TEMPORARY,
    '-1': TEMPORARY,
    '-7': TEMPORARY,
    '-603': TEMPORARY,
    '-9798': TEMPORARY,
    server_error: TEMPORARY,
    temporarily_unavailable: TEMPORARY,
  },
  quota: {
    KOE236: QUOTA,
    KOE237: QUOTA,
    '-10': TOO_MANY_REQUESTS,
    '-11': TOO_MANY_REQUESTS,
  },
  consent: {
    '-401':
      'The business token is invalid, expired or revoked: ask the user to agree again. If every token fails, check the list of allowed IP addresses of the app.',
    '-402': consentHint('a consent item that this needs'),
  },
  'sign-in': {
    KOE320: SIGN_IN_AGAIN,
    '-101': 'The user is not connected to the app: ask the user to sign in with Kakao Business again.',
    invalid_grant: SIGN_IN_AGAIN,
  },
  configuration: {
    KOE005: 'The app is a test app and this user is not a member: add the user under App > Member.',
    KOE008: 'clientID is another kind of key: use the REST API key (App > Platform key > REST API key).',
    KOE009: WRONG_KEY,
    KOE010: WRONG_SECRET,
    KOE025:
      'The Kakao Account is not registered at Kakao Business Center: the user has to register there first.',
    KOE026:
      'The Kakao Account may not use this service: the user has to check the state of the account with Kakao.',
    KOE027:
      'The Kakao Account owns no business asset such as an ad account: the user has to create one first.',
    KOE028:
      'Register the callbackURL as a redirect URI for Business Authentication (App > Platform key > REST API key > Redirect URI); Kakao Login has a list of its own.',
    KOE101: WRONG_KEY,
    KOE114: 'The key changed between the two steps of the sign-in: use the same clientID in both.',
    KOE123: 'The app is not a Biz app: convert it under App > General > Business information.',
    KOE124: NO_PERMISSION,
    KOE125: BLOCKED,
    KOE126: ALLOWED_IP,
    KOE127: ALLOWED_IP,
    KOE201:
      'Kakao did not accept the response_type: send users to the URL that this package builds, unchanged.',
    KOE232: CONSENT_ITEM,
    KOE233:
      'Kakao did not accept a parameter: send none of your own, and ask for all accounts (resource_ids) where a *_create item is in the scope.',
    KOE303:
      'The redirect URI of the token request differs from that of the sign-in: use one callbackURL for both.',
    KOE310: BAD_REQUEST,
    '-2': BAD_REQUEST,
    '-3': 'The feature is not enabled for the app: turn it on in Kakao Developers.',
    '-4': BLOCKED,
    '-5': NO_PERMISSION,
    '-6': BLOCKED,
    '-8': BAD_REQUEST,
    '-9': 'Kakao closed this API: update this package, or report the code.',
    '-12': BLOCKED,
    '-813': refusalHint('Kakao Moment'),
    '-820': refusalHint('Keyword Ad'),
    '-903': BLOCKED,
    invalid_client: WRONG_SECRET,
    invalid_scope: CONSENT_ITEM,
  },
};

type Entry = readonly [kind: ErrorKind, hint: string];

const entries: ReadonlyMap<string | undefined, Entry> = new Map(
  (['temporary', 'quota', 'consent', 'sign-in', 'configuration'] as const).flatMap(kind =>
    Object.entries(hints[kind]).map(([code, hint]): [string, Entry] => [code, [kind, hint]]),
  ),
);

// Errors of RFC 6749 without a hint.
const OAUTH_ERRORS = [
  'access_denied',
  'invalid_request',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
];

/**
 * Whether a name is an error code of Kakao or an OAuth error, and so no secret, even if a visitor sends it as `code`.
 */
export const isKnownCode = (name: string): boolean => entries.has(name) || OAUTH_ERRORS.includes(name);

/** The parts of an error response that decide what it means. */
export interface ErrorCodes {
  endpoint?: KakaoBusinessEndpoint | undefined;
  httpStatus?: number | undefined;
  error?: string | undefined;
  errorCode?: string | undefined;
  detailCode?: string | undefined;
  description?: string | undefined;
  requiredScopes?: readonly string[] | undefined;
}

/** Describes an error by Kakao's code, else by the OAuth error, else by the HTTP status. */
export function describeError(codes: ErrorCodes) {
  const [kind, hint] = find(codes);
  return { hint, retryable: isTemporary(codes) || kind === 'quota', needsConsent: kind === 'consent' };
}

/** Whether the fault is at Kakao, and may be gone a moment later. */
export const isTemporary = (codes: ErrorCodes): boolean =>
  find(codes)[0] === 'temporary' || isTemporaryStatus(codes.httpStatus);

const isTemporaryStatus = (httpStatus = 0): boolean => httpStatus === 408 || httpStatus >= 500;

const find = (codes: ErrorCodes): Entry =>
  findSpecial(codes) ??
  entries.get(codes.errorCode) ??
  entries.get(codes.error) ??
  byStatus(codes.httpStatus);

/** The codes whose meaning, or remedy, another part of the response decides. */
function findSpecial({
  endpoint,
  httpStatus,
  errorCode = '',
  detailCode,
  description = '',
  requiredScopes = [],
}: ErrorCodes): Entry | undefined {
  // The one case where the text decides: -401 also stands for an expired token.
  if (errorCode === '-401' && /ip mismatch/i.test(description)) return ['configuration', ALLOWED_IP];
  if (errorCode === '-402' && requiredScopes.length > 0)
    return ['consent', consentHint(requiredScopes.join(' and '))];
  if (errorCode === '-813' || errorCode === '-820') {
    if (httpStatus === 429) return ['quota', TOO_MANY_REQUESTS];
    if (detailCode === '9004') return ['configuration', NOT_THEIR_ACCOUNT];
  }
  const hint = isAdAPI(endpoint) ? AD_HINTS[endpoint][errorCode] : undefined;
  return hint === undefined ? undefined : ['configuration', hint];
}

const NOT_THEIR_ACCOUNT =
  'Check adAccountID, which nearly every request needs. If it is right, the user has no right to this ad account, though it may be listed, or did not agree to it: ask for consent to it, or have its MASTER invite the user.';
const BAD_AD_REQUEST =
  "Kakao did not accept a parameter: compare path, adAccountID, query and json with Kakao's page on this request.";

/** The hints for codes that mean something else at the ad APIs. */
const AD_HINTS: Readonly<Record<'moment' | 'keywordAd', Readonly<Record<string, string>>>> = {
  moment: {
    '-2': BAD_AD_REQUEST,
    '-5': 'The app has no permission for Kakao Moment: apply for it with Request additional feature in Kakao Developers, and wait for the approval.',
    '-8': BAD_AD_REQUEST,
  },
  keywordAd: {
    '-2': BAD_AD_REQUEST,
    '-5': 'The app has no permission for Keyword Ad: it has to be a Biz app with Business Authentication, and needs no further permission.',
    '-8': BAD_AD_REQUEST,
  },
};

const isAdAPI = (endpoint: KakaoBusinessEndpoint | undefined): endpoint is keyof typeof AD_HINTS =>
  endpoint === 'moment' || endpoint === 'keywordAd';

function byStatus(httpStatus = 0): Entry {
  if (httpStatus === 429) return ['quota', TOO_MANY_REQUESTS];
  return isTemporaryStatus(httpStatus) ? ['temporary', TEMPORARY] : ['configuration', UNKNOWN];
}
