import { type ConsentItemID, toResourceIDs, toScope } from './consent-items.js';
import { endpointNames } from './endpoints.js';
import { responseError } from './errors.js';
import { createPreconnect, type Preconnect } from './http/preconnect.js';
import { sendRequest } from './http/request.js';
import type { JSONResponse } from './http/response.js';
import { type ClientSettings, type KakaoBusinessClientOptions, toClientSettings } from './options.js';
import {
  isBearerToken,
  readTokenInfo,
  readTokenResponse,
  type TokenInfo,
  type TokenResponse,
  type UserInfo,
} from './responses.js';

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

  /** Exchanges an authorization code for a business token. */
  async exchangeCode({ code, redirectURI }: CodeExchange): Promise<TokenResponse> {
    const { clientID, clientSecret, endpoints, transport } = this.#settings;
    const request = {
      endpoint: 'token',
      method: 'POST',
      url: endpoints.tokenURL,
      form: {
        grant_type: 'authorization_code',
        client_id: clientID,
        redirect_uri: requireText('redirectURI', redirectURI),
        code: requireText('code', code),
        ...(clientSecret !== undefined && { client_secret: clientSecret }),
      },
      secrets: clientSecret === undefined ? [code] : [code, clientSecret],
    } as const;
    const { body, status } = await sendRequest(request, transport);
    const token = readTokenResponse(body);
    if (!token) throw responseError(request, status, 'no usable access token');
    return token;
  }

  /** Requests the business user: the email of the Kakao Account, if the user agreed to it. */
  async userInfo(accessToken: string): Promise<UserInfo> {
    return (await this.get('userInfoURL', accessToken)).body;
  }

  /** Requests the token's owner, consents and ad accounts. Rejects with -401 when the token is no longer valid. */
  async tokenInfo(accessToken: string): Promise<TokenInfo> {
    return readTokenInfo((await this.get('tokenInfoURL', accessToken)).body);
  }

  /** Revokes a business token. */
  async revoke(accessToken: string): Promise<void> {
    await this.#send('POST', 'revokeURL', accessToken, { bodyIgnored: true });
  }

  /** Requests userinfo or tokeninfo. @returns the response as it came. @internal */
  get(option: 'userInfoURL' | 'tokenInfoURL', accessToken: string): Promise<JSONResponse> {
    return this.#send('GET', option, accessToken);
  }

  /** Returns functions that open the connections of a login before they are needed. @internal */
  createPreconnect(options: { withProfile: boolean }): Preconnect {
    const { endpoints, transport } = this.#settings;
    return createPreconnect(endpoints, transport, options);
  }

  async #send(
    method: 'GET' | 'POST',
    option: 'userInfoURL' | 'tokenInfoURL' | 'revokeURL',
    accessToken: string,
    { bodyIgnored = false } = {},
  ): Promise<JSONResponse> {
    if (typeof accessToken !== 'string' || !isBearerToken(accessToken)) {
      throw new TypeError('KakaoBusinessClient: the access token must be a string that fits a header');
    }
    const { clientSecret, endpoints, transport } = this.#settings;
    const request = {
      endpoint: endpointNames[option],
      method,
      url: endpoints[option],
      accessToken,
      secrets: clientSecret === undefined ? [accessToken] : [accessToken, clientSecret],
      bodyIgnored,
    };
    return sendRequest(request, transport);
  }
}

function requireText(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`KakaoBusinessClient requires a ${name}`);
  return value;
}
