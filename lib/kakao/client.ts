import { type ConsentItemID, toResourceIDs, toScope } from './consent-items.js';
import { responseError } from './errors.js';
import { createPreconnect } from './http/agents.js';
import { send } from './http/request.js';
import type { Answer } from './http/response.js';
import { type ClientSettings, type KakaoBusinessClientOptions, toClientSettings, urlOf } from './options.js';
import {
  isBearerToken,
  readTokenResponse,
  readTokenInfo,
  type TokenResponse,
  type TokenInfo,
  type UserInfo,
} from './responses.js';

/** What to ask the user for. */
export interface AuthorizationRequest {
  /** A redirect URI that the app has registered for Business Authentication, letter by letter. */
  redirectURI: string;
  /** One consent item, or several. */
  scope: ConsentItemID | readonly ConsentItemID[];
  /** `moment:1234` for one ad account, `moment:*` for all. With none, the user picks on the consent screen. */
  resourceIDs?: string | readonly string[] | undefined;
  /** Comes back with the answer: compare it with what the browser's session remembers. */
  state?: string | undefined;
}

/** What came back from the consent screen, and went to it. */
export interface CodeExchange {
  /** The authorization code from the redirect. It works once, and for minutes. */
  code: string;
  /** The same value as in the authorization request. */
  redirectURI: string;
}

/**
 * Kakao Business Authentication without Passport: a method for each of Kakao's five endpoints.
 *
 * The methods that ask Kakao reject with a {@link KakaoBusinessError}: `KakaoBusinessApiError` when Kakao refuses,
 * `KakaoBusinessResponseError` when its answer is of no use, `KakaoBusinessNetworkError` when there is none.
 *
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export class KakaoBusinessClient {
  // A #private field, so that a client that is logged or serialised does not show its secret.
  readonly #settings: ClientSettings;

  /** @throws {TypeError} when an option is missing or of no use; the message names it. */
  constructor(options: KakaoBusinessClientOptions);
  /** @internal `owner`: the class that the messages name. */
  constructor(options: KakaoBusinessClientOptions, owner: string);
  constructor(options: KakaoBusinessClientOptions, owner = 'KakaoBusinessClient') {
    this.#settings = toClientSettings(owner, options);
  }

  /** The checked options that a strategy needs. @internal */
  get settings(): Pick<ClientSettings, 'clientID' | 'endpoints'> & { timeout: number } {
    const { clientID, endpoints, transport } = this.#settings;
    return { clientID, endpoints, timeout: transport.timeout };
  }

  /**
   * The address of Kakao's consent screen for this request: where to send the user's browser.
   *
   * @throws {TypeError} when the scope is empty or malformed, or a `*_create` item meets single accounts.
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
    const token = readTokenResponse((await send(request, transport)).body);
    if (!token) throw responseError(request, 200, 'no access token that could be used');
    return token;
  }

  /** The business user: the email of the Kakao Account, where the user agreed to it. */
  async userInfo(accessToken: string): Promise<UserInfo> {
    return (await this.ask('userinfo', accessToken)).body;
  }

  /** The business token: who owns it, what they agreed to, on which ad accounts. Also tells whether it still works. */
  async tokenInfo(accessToken: string): Promise<TokenInfo> {
    return readTokenInfo((await this.ask('tokeninfo', accessToken)).body);
  }

  /** Ends a business token at once. */
  async revoke(accessToken: string): Promise<void> {
    await this.sendWithToken('POST', 'revoke', accessToken);
  }

  /**
   * What userinfo or tokeninfo answers, as it came.
   *
   * @internal
   */
  ask(endpoint: 'userinfo' | 'tokeninfo', accessToken: string): Promise<Answer> {
    return this.sendWithToken('GET', endpoint, accessToken);
  }

  /**
   * Gives a function that opens connections for requests to these endpoints, made soon and at once.
   *
   * @internal
   */
  createPreconnect(endpoints: readonly ('token' | 'userinfo' | 'tokeninfo')[]): () => void {
    const { endpoints: urls, transport } = this.#settings;
    return createPreconnect(
      endpoints.map(endpoint => urls[urlOf[endpoint]]),
      transport,
    );
  }

  private async sendWithToken(
    method: 'GET' | 'POST',
    endpoint: 'userinfo' | 'tokeninfo' | 'revoke',
    accessToken: string,
  ): Promise<Answer> {
    if (typeof accessToken !== 'string' || !isBearerToken(accessToken)) {
      throw new TypeError('KakaoBusinessClient: the access token must be a string that fits a header');
    }
    const { clientSecret, endpoints, transport } = this.#settings;
    const url = endpoints[urlOf[endpoint]];
    const secrets = clientSecret === undefined ? [accessToken] : [accessToken, clientSecret];
    return send(
      { endpoint, method, url, accessToken, secrets, bodyIgnored: endpoint === 'revoke' },
      transport,
    );
  }
}

function requireText(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`KakaoBusinessClient requires a ${name}`);
  return value;
}
