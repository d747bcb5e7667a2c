import { once } from 'node:events';
import { approvalPaths } from '../consent/approval.js';
import { assetGroups } from '../consent-catalog.js';
import type { Reply } from '../http/response.js';
import type { Answer } from '../http/server.js';

/** What a person chooses on the consent screen. */
export interface ConsentChoice {
  /** The ID of who agrees. Default: the first user who can. */
  user?: string | undefined;
  /** The IDs of the ad accounts that are agreed to. Default, for each kind: all that the page offers. Only these can be named: of a kind that the app asks for, and where the app fixed them, all of those. */
  adAccounts?:
    | {
        /** Of Kakao Moment. */
        moment?: readonly string[] | undefined;
        /** Of Keyword Ad. */
        keyword?: readonly string[] | undefined;
      }
    | undefined;
}

/** Gives or refuses the consent to authorize URLs, without a browser and without a socket. */
export class ConsentCalls {
  readonly #authorizationURL: string;
  readonly #answer: Answer;
  readonly #closing: AbortSignal;

  constructor(authorizationURL: string, answer: Answer, closing: AbortSignal) {
    this.#authorizationURL = authorizationURL;
    this.#answer = answer;
    this.#closing = closing;
  }

  async approve(url: string | URL, choice: ConsentChoice = {}): Promise<URL> {
    return this.#call('approve', url, toForm(choice));
  }

  async refuse(url: string | URL): Promise<URL> {
    return this.#call('refuse', url, new URLSearchParams());
  }

  async #call(call: keyof typeof approvalPaths, url: string | URL, form: URLSearchParams): Promise<URL> {
    const { searchParams: query } = this.#requireAuthorizeURL(call, url);
    if (this.#closing.aborted) throw new Error(`${call}: the emulator is closed`);
    const path = approvalPaths[call];
    const reply = await this.#answer({
      method: 'POST',
      path,
      query,
      headers: {},
      form,
      otherBody: false,
      tooLarge: false,
      remoteAddress: undefined,
    });
    if (reply === 'hang' && !this.#closing.aborted) await once(this.#closing, 'abort');
    if (typeof reply === 'string') throw new Error(`${call}: the connection ended without an answer`);
    return toRedirect(call, reply);
  }

  #requireAuthorizeURL(call: string, url: string | URL): URL {
    const parsed = URL.canParse(`${url}`) ? new URL(url) : undefined;
    if (parsed && parsed.origin + parsed.pathname === this.#authorizationURL) return parsed;
    throw new TypeError(`${call} takes an authorize URL of this emulator: ${this.#authorizationURL}?…`);
  }
}

function toRedirect(call: string, { status, headers, refusal, mistake }: Reply): URL {
  // Not the refusal itself: its other members tell what was sent, which may be a secret in the wrong place.
  if (refusal) throw Object.assign(new Error(refusal.message), { code: refusal.code });
  if (mistake !== undefined) throw new TypeError(`${call}: ${mistake}`);
  const location = headers['location'] ?? '';
  if (!URL.canParse(location)) throw new Error(`${call}: the authorize endpoint answered ${status}`);
  return new URL(location);
}

function toForm(choice: ConsentChoice): URLSearchParams {
  requireMembers('a choice', choice, ['user', 'adAccounts']);
  const { user, adAccounts = {} } = choice;
  requireMembers('adAccounts', adAccounts, assetGroups);
  const form = new URLSearchParams();
  if (user !== undefined) form.append('user', requireID('user', user));
  for (const group of assetGroups) {
    const named = adAccounts[group];
    if (named === undefined) continue;
    if (!Array.isArray(named)) throw new TypeError(`approve: adAccounts.${group} must be an array of IDs`);
    // A form cannot say "none" other than by an empty name.
    if (named.length === 0) form.append(group, '');
    for (const id of named) form.append(group, requireID(`adAccounts.${group}`, id));
  }
  return form;
}

function requireMembers(what: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find(member => !known.includes(member));
  if (unknown === undefined) return;
  throw new TypeError(`approve: ${what} has no ${unknown}; it has ${known.join(', ')}`);
}

function requireID(what: string, id: unknown): string {
  if (typeof id === 'string' && id !== '') return id;
  throw new TypeError(`approve: ${what} takes IDs as strings`);
}
