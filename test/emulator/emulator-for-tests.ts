import { expect } from 'chai';
import {
  type KakaoBusinessEmulator,
  type KakaoBusinessEmulatorOptions,
  startKakaoBusinessEmulator,
} from '../../lib/emulator/index.js';

/** Starts a new emulator for each test of the surrounding block. */
export function emulatorForEachTest(
  options?: () => KakaoBusinessEmulatorOptions,
): () => KakaoBusinessEmulator {
  const running: KakaoBusinessEmulator[] = [];
  beforeEach(async () => {
    running.unshift(await startKakaoBusinessEmulator(options?.()));
  });
  afterEach(async () => {
    await running.shift()?.close();
  });
  return () => {
    const [emulator] = running;
    if (!emulator) throw new Error('No emulator: call this within a test');
    return emulator;
  };
}

/** Parameters that replace the valid ones: an array repeats the key, undefined removes it. */
export type Changes = Record<string, string | string[] | undefined>;

export function authorizationURL(emulator: KakaoBusinessEmulator, changes: Changes = {}): URL {
  const url = new URL(emulator.endpoints.authorizationURL);
  const [redirectURI = ''] = emulator.app.redirectURIs;
  const valid = {
    client_id: emulator.app.clientID,
    redirect_uri: redirectURI,
    response_type: 'code',
    scope: 'biz_account_email',
    state: 'the-state',
  };
  url.search = `${toParameters({ ...valid, ...changes })}`;
  return url;
}

/** The consent screen in a browser: the URL of its form, and the fields that the form would send. */
export interface ConsentScreen {
  response: Response;
  html: string;
  action: URL;
  form: URLSearchParams;
}

export async function openConsentScreen(
  emulator: KakaoBusinessEmulator,
  changes?: Changes,
): Promise<ConsentScreen> {
  return toConsentScreen(await fetch(authorizationURL(emulator, changes), { redirect: 'manual' }));
}

export async function toConsentScreen(response: Response): Promise<ConsentScreen> {
  const html = await response.text();
  const form = new URLSearchParams();
  const [markup = ''] = /<form [\s\S]*?<\/form>/.exec(html) ?? [];
  for (const [input] of markup.matchAll(/<input [^>]*>/g)) {
    const isSent = / type="hidden"| checked/.test(input) && !/ disabled/.test(input);
    if (isSent) form.append(attribute(input, 'name'), attribute(input, 'value'));
  }
  return { response, html, action: new URL(attribute(html, 'action'), response.url), form };
}

/** Clicks a button of the consent screen, after changing some fields. */
export function decide(
  { action, form }: ConsentScreen,
  decision: 'agree' | 'cancel',
  changes: Changes = {},
): Promise<Response> {
  const changed = new URLSearchParams([...form].filter(([name]) => !Object.hasOwn(changes, name)));
  for (const [name, value] of toParameters({ ...changes, decision })) changed.append(name, value);
  return fetch(action, { method: 'POST', body: changed, redirect: 'manual' });
}

/** The URL that a response redirects to. */
export function locationOf(response: Response): URL {
  expect(response.status).to.equal(302);
  return new URL(response.headers.get('location') ?? '');
}

/** Opens the consent screen, agrees, and returns the code. */
export async function obtainCode(
  emulator: KakaoBusinessEmulator,
  changes?: Changes,
  choice?: Changes,
): Promise<string> {
  const screen = await openConsentScreen(emulator, changes);
  const location = locationOf(await decide(screen, 'agree', choice));
  return location.searchParams.get('code') ?? '';
}

export function exchange(
  emulator: KakaoBusinessEmulator,
  code: string,
  changes: Changes = {},
): Promise<Response> {
  const [redirectURI = ''] = emulator.app.redirectURIs;
  const valid = {
    grant_type: 'authorization_code',
    client_id: emulator.app.clientID,
    client_secret: emulator.app.clientSecret,
    redirect_uri: redirectURI,
    code,
  };
  return fetch(emulator.endpoints.tokenURL, { method: 'POST', body: toParameters({ ...valid, ...changes }) });
}

/** Approves or cancels by one call over HTTP. */
export function call(
  emulator: KakaoBusinessEmulator,
  name: 'approve' | 'cancel',
  changes?: Changes,
  form?: Changes,
): Promise<Response> {
  const url = new URL(`/emulator/${name}`, emulator.endpoints.authorizationURL);
  url.search = authorizationURL(emulator, changes).search;
  return fetch(url, { method: 'POST', redirect: 'manual', ...(form && { body: toParameters(form) }) });
}

/** Obtains a business token. */
export async function obtainToken(
  emulator: KakaoBusinessEmulator,
  changes?: Changes,
  choice?: Changes,
): Promise<string> {
  const response = await exchange(emulator, await obtainCode(emulator, changes, choice));
  return stringIn(await response.json(), 'access_token');
}

/** A request to an ad API. */
export interface AdCall {
  method?: string;
  token?: string | undefined;
  adAccountID?: string | undefined;
  /** JSON. */
  body?: string;
}

export function callAdAPI(
  emulator: KakaoBusinessEmulator,
  path: string,
  { method = 'GET', token, adAccountID, body }: AdCall,
): Promise<Response> {
  return fetch(new URL(path, emulator.endpoints.momentURL), {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(adAccountID !== undefined && { adAccountId: adAccountID }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
}

export const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

export function stringIn(body: unknown, member: string): string {
  expect(body).to.have.property(member).that.is.a('string');
  return (
    Object.entries(Object(body)).flatMap(([name, value]) => (name === member ? [`${value}`] : []))[0] ?? ''
  );
}

export function toParameters(values: Changes): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of value === undefined ? [] : [value].flat()) parameters.append(name, one);
  }
  return parameters;
}

function attribute(markup: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(markup)?.[1] ?? '';
}
