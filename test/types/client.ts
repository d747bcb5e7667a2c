/**
 * What TypeScript makes of the client without Passport and of the ad APIs, and of misuse. Nothing here runs: `npm run
 * typecheck` proves it, each `@ts-expect-error` included.
 */
import type { Profile } from 'passport';
import {
  type AdAccount,
  type AdRequestOptions,
  type CallbackResult,
  type KakaoBusinessApiError,
  KakaoBusinessClient,
  type KakaoBusinessProfile,
  type KakaoBusinessStateStore,
  kakaoBusinessEndpoints,
  SignedCookieStore,
} from '../../lib/index.js';

/** Compiles only where the type is exactly the expected one: `any` and wider types do not pass. */
function is<Expected>() {
  return <Actual>(_value: Actual, _same: Same<Expected, Actual>): void => {};
}
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? 'same' : never;

const client = new KakaoBusinessClient({ clientID: 'key', ...kakaoBusinessEndpoints });

async function requests(): Promise<void> {
  is<unknown>()(await client.moment('token', '/openapi/v4/campaigns', { adAccountID: '1' }), 'same');
  is<unknown>()(
    await client.keywordAd('token', '/openapi/v1/campaigns', {
      method: 'PATCH',
      query: { config: ['ON', 'OFF'], id: 1n, size: 10, all: true, none: undefined } as const,
      json: { id: 1n },
      signal: AbortSignal.timeout(1000),
      timeout: undefined,
    }),
    'same',
  );
  for await (const account of client.adAccounts('token', 'moment', { config: ['ON', 'DEL'], pageSize: 50 })) {
    is<AdAccount>()(account, 'same');
    is<string>()(account.id, 'same');
    const role: string = account.memberType;
    void role;
  }
}
void requests;

// Frozen options may be shared.

const shared: Readonly<AdRequestOptions> = Object.freeze({
  query: Object.freeze({ ids: Object.freeze(['1']) }),
});
void client.moment('token', '/a', shared);

// A callback narrows by `ok`, the profile fits Passport's type.

async function callback(url: URL): Promise<void> {
  const result = client.readCallback(url, { state: 'state' });
  is<CallbackResult>()(result, 'same');
  if (result.ok) is<string>()(result.code, 'same');
  else is<'access_denied' | 'invalid_state' | 'invalid_request'>()(result.code, 'same');
  const profile = await client.profile('token');
  is<KakaoBusinessProfile>()(profile, 'same');
  const ofPassport: Profile = profile;
  void ofPassport;
}
void callback;

function refusal(error: KakaoBusinessApiError): void {
  is<string | undefined>()(error.detailCode, 'same');
  is<string | undefined>()(error.detailMessage, 'same');
}
void refusal;

const store: KakaoBusinessStateStore = new SignedCookieStore({ secret: ['new', 'old'], name: undefined });
void store;

// Misuse does not compile.

// @ts-expect-error an ad account ID is a string, since a number may be rounded
void client.moment('token', '/a', { adAccountID: 1234 });
// @ts-expect-error a query has no objects
void client.moment('token', '/a', { query: { a: { b: 1 } } });
// @ts-expect-error it is adAccountID
void client.moment('token', '/a', { adAccountId: '1' });
// @ts-expect-error methods are in capitals
void client.moment('token', '/a', { method: 'post' });
// @ts-expect-error there are two APIs
void client.adAccounts('token', 'keywordAd');
// @ts-expect-error a callback is read with a state
client.readCallback('/callback?code=a');
// @ts-expect-error a store needs a secret
new SignedCookieStore({});
