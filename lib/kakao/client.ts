import { type AdAccount, type AdAccountsOptions, type AdAPI, listAdAccounts } from './ads/accounts.js';
import { type AdRequestOptions, toAdRequest } from './ads/request.js';
import { type CallbackResult, queryOf, toCallbackResult } from './callback.js';
import { type ConsentItemID, toResourceIDs, toScope } from './consent-items.js';
import { endpointNames } from './endpoints.js';
import { ignoreErrorCode, responseError } from './errors.js';
import { type BodyReader, ignoringReader, objectReader, valueReader } from './http/body-readers.js';
import { createPreconnect, type Preconnect } from './http/preconnect.js';
import { type KakaoRequest, sendRequest, toForm } from './http/request.js';
import type { KakaoResponse } from './http/response.js';
import type { JSONObject } from './json.js';
import { type ClientSettings, type KakaoBusinessClientOptions, toClientSettings } from './options.js';
import { type KakaoBusinessProfile, toProfile } from './profile.js';
import {
  isBearerToken,
  readTokenInfo,
  readTokenResponse,
  type TokenInfo,
  type TokenResponse,
  type UserInfo,
} from './responses.js';

export type { Preconnect };

/** The parameters of an authorization request. */
export interface AuthorizationRequest {
  /** A redirect URI of the app, exactly as registered for Business Authentication. */
  redirectURI: string;
  /** One or more consent items. */
  scope: ConsentItemID | readonly ConsentItemID[];
  /** `moment:1234` for one ad account, `moment:*` for all. Without it, the user chooses on the consent screen. */
  resourceIDs?: string | readonly string[] | undefined;
  /** Comes back with the response: compare it with the value in the browser's session. */
  state?: string | undefined;
}

/** The parameters of a code exchange. */
export interface CodeExchange {
  /** The authorization code from the redirect. It expires within minutes, and can be used once. */
  code: string;
  /** The redirect URI of the authorization request. */
  redirectURI: string;
}

/**
 * Kakao Business Authentication without Passport, with a method for each endpoint.
 *
 * Methods that send a request reject with a {@link KakaoBusinessError}: `KakaoBusinessApiError` when Kakao refuses it,
 * `KakaoBusinessResponseError` when the response cannot be used, `KakaoBusinessNetworkError` when there is none.
 *
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export class KakaoBusinessClient {
  // A #private field, so that a logged or serialized client does not show its secret.
  readonly #settings: ClientSettings;

  /** @throws {TypeError} when an option is missing or invalid; the message names it. */
  constructor(options: KakaoBusinessClientOptions);
  /** @internal `owner`: the class that the messages name. */
  constructor(options: KakaoBusinessClientOptions, owner: string);
  constructor(options: KakaoBusinessClientOptions, owner = 'KakaoBusinessClient') {
    this.#settings = toClientSettings(owner, options);
  }

  /** The checked options that the strategy needs. @internal */
  get settings(): Pick<ClientSettings, 'clientID' | 'endpoints'> & { timeout: number } {
    const { clientID, endpoints, transport } = this.#settings;
    return { clientID, endpoints, timeout: transport.timeout };
  }

  /**
   * Returns the URL of Kakao's consent screen, to redirect the browser to.
   *
   * @throws {TypeError} when the scope is empty or malformed, or has a `*_create` item beside a single ad account.
   */
  authorizationURL({ redirectURI, scope, resourceIDs, state }: AuthorizationRequest): URL {
    requireText('redirectURI', redirectURI);
    const url = new URL(this.#settings.endpoints.authorizationURL);
    url.searchParams.set('client_id', this.#settings.clientID);
    url.searchParams.set('response_type', 'code');
    url.searchParams.set('redirect_uri', redirectURI);
    url.searchParams.set('scope', toScope(scope));
    for (const id of toResourceIDs(scope, resourceIDs)) url.searchParams.append('resource_ids', id);
    if (state !== undefined) url.searchParams.set('state', state);
    return url;
  }

  /**
   * Reads the URL that Kakao redirected the browser to. Call `exchangeCode` with the code of the result, if it is `ok`.
   *
   * @param url of the callback, whole or from its path on.
   * @param expected `state`: the one of the authorization request, from the browser's session or cookie. Use it once.
   * @throws {TypeError} when there is no such state to compare with.
   * @throws {KakaoBusinessApiError} for an error other than the user's refusal, which is a result.
   */
  readCallback(url: string | URL, expected: { state: string }): CallbackResult {
    // Not by instanceof: frameworks have URLs of their own, such as Next's.
    const text = requireText('url', typeof url === 'string' ? url : url?.href);
    return toCallbackResult(queryOf(text), requireText('state', expected?.state));
  }

  /** Exchanges an authorization code for a business token. */
  async exchangeCode({ code, redirectURI }: CodeExchange): Promise<TokenResponse> {
    const { clientID, clientSecret, endpoints, transport } = this.#settings;
    const request = {
      endpoint: 'token',
      method: 'POST',
      url: endpoints.tokenURL,
      reader: objectReader(),
      content: toForm({
        grant_type: 'authorization_code',
        client_id: clientID,
        redirect_uri: requireText('redirectURI', redirectURI),
        code: requireText('code', code),
        ...(clientSecret !== undefined && { client_secret: clientSecret }),
      }),
      secrets: this.#secretsWith(code),
    } as const;
    const { body, status } = await sendRequest(request, transport);
    const token = readTokenResponse(body);
    if (!token) throw responseError(request, status, 'no usable access token');
    return token;
  }

  /** Requests the business user: the email of the Kakao Account, if the user agreed to it. */
  async userInfo(accessToken: string): Promise<UserInfo> {
    return (await this.#get('userInfoURL', accessToken)).body;
  }

  /** Requests the token's owner, consents and ad accounts. Rejects with -401 when the token is no longer valid. */
  async tokenInfo(accessToken: string): Promise<TokenInfo> {
    return readTokenInfo((await this.#get('tokenInfoURL', accessToken)).body);
  }

  /**
   * Requests tokeninfo and userinfo at the same time, and makes of them the profile that the strategy gives to verify.
   *
   * @throws {KakaoBusinessError} when either request fails, except where the user did not agree to the email (-402), or
   *   when tokeninfo has no user ID.
   */
  async profile(accessToken: string): Promise<KakaoBusinessProfile> {
    const [tokenInfo, userInfo] = await Promise.all([
      this.#get('tokenInfoURL', accessToken),
      this.#get('userInfoURL', accessToken).catch(ignoreErrorCode('-402')), // no consent to the email
    ]);
    return toProfile(tokenInfo, userInfo, accessToken);
  }

  /** Revokes a business token. */
  async revoke(accessToken: string): Promise<void> {
    await this.#send('revokeURL', accessToken, { method: 'POST', reader: ignoringReader });
  }

  /**
   * Sends a request to the API of Kakao Moment. The app needs a permission that Kakao reviews; the user's consent to
   * `moment_management` covers most requests. Uploads (multipart) are not supported.
   *
   * @param path from the root of the API: `/openapi/v4/campaigns`. It may have a query of its own.
   * @returns the JSON value of a 2xx response, undefined for an empty body. Integers past 2^53 are strings.
   * @throws {TypeError} when the path would lead to another host, or an option is invalid. Nothing is sent.
   * @throws {KakaoBusinessApiError} when Kakao refuses: `detailCode` and `detailMessage` say why; `retryable` is true
   *   where a quota is used up.
   * @throws the reason of the signal, when it is aborted.
   * @see https://developers.kakao.com/docs/en/kakaomoment/common
   */
  async moment(accessToken: string, path: string, options: AdRequestOptions = {}): Promise<unknown> {
    return (await this.#callAds('momentURL', accessToken, path, options, valueReader)).body;
  }

  /**
   * Sends a request to the API of Keyword Ad, as {@link moment} does to that of Kakao Moment. The app needs no further
   * permission; the user's consent to `keyword_management` covers most requests. Uploads (multipart) are not supported.
   *
   * @param path from the root of the API: `/openapi/v1/campaigns`. It may have a query of its own.
   * @returns the JSON value of a 2xx response, often a list; see {@link moment}, also for the errors.
   * @see https://developers.kakao.com/docs/en/keyword-ad/common
   */
  async keywordAd(accessToken: string, path: string, options: AdRequestOptions = {}): Promise<unknown> {
    return (await this.#callAds('keywordAdURL', accessToken, path, options, valueReader)).body;
  }

  /**
   * Lists the ad accounts of the user, each once, for `for await`. Each page is requested when the one before is used
   * up; when that fails, the loop throws there, after the accounts of the pages before.
   *
   * @param api `moment` for Kakao Moment, `keyword` for Keyword Ad.
   * @throws {TypeError} when an option is invalid.
   * @throws {KakaoBusinessResponseError} also when an account has no usable ID, or a page repeats earlier accounts.
   * @throws as {@link moment} does.
   * @see https://developers.kakao.com/docs/en/kakaomoment/ad-account
   */
  adAccounts(
    accessToken: string,
    api: AdAPI,
    options: AdAccountsOptions = {},
  ): AsyncGenerator<AdAccount, void, undefined> {
    const option = api === 'keyword' ? 'keywordAdURL' : 'momentURL';
    return listAdAccounts(api, options, {
      load: (path, page) => this.#callAds(option, accessToken, path, page, objectReader),
      unreadable: ({ status }, what) => responseError({ endpoint: endpointNames[option] }, status, what),
    });
  }

  /** Returns functions that open the connections of a login before they are needed. @internal */
  createPreconnect(options: { withProfile: boolean }): Preconnect {
    const { endpoints, transport } = this.#settings;
    return createPreconnect(endpoints, transport, options);
  }

  #get(option: 'userInfoURL' | 'tokenInfoURL', accessToken: string): Promise<KakaoResponse<JSONObject>> {
    return this.#send(option, accessToken, { method: 'GET', reader: objectReader() });
  }

  async #callAds<Body>(
    option: 'momentURL' | 'keywordAdURL',
    accessToken: string,
    path: string,
    options: AdRequestOptions,
    toReader: (maxBytes: number) => BodyReader<Body>,
  ): Promise<KakaoResponse<Body>> {
    const { maxBytes, ...request } = toAdRequest(this.#settings.endpoints[option], path, options);
    return this.#send(option, accessToken, { ...request, reader: toReader(maxBytes) });
  }

  async #send<Body>(
    option: Exclude<keyof typeof endpointNames, 'authorizationURL' | 'tokenURL'>,
    accessToken: string,
    request: Omit<KakaoRequest<Body>, 'endpoint' | 'url' | 'secrets'> & { url?: string },
  ): Promise<KakaoResponse<Body>> {
    if (typeof accessToken !== 'string' || !isBearerToken(accessToken)) {
      throw new TypeError('KakaoBusinessClient: the access token must be a string that fits a header');
    }
    const { endpoints, transport } = this.#settings;
    const endpoint = endpointNames[option];
    const secrets = this.#secretsWith(accessToken);
    return sendRequest({ url: endpoints[option], ...request, endpoint, accessToken, secrets }, transport);
  }

  #secretsWith(secret: string): string[] {
    const { clientSecret } = this.#settings;
    return clientSecret === undefined ? [secret] : [secret, clientSecret];
  }
}

function requireText(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`KakaoBusinessClient requires a ${name}`);
  return value;
}
