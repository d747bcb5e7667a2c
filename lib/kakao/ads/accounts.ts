import type { KakaoResponse } from '../http/response.js';
import { isJSONObject, type JSONObject, member, optionalString } from '../json.js';
import { createNameCheck } from '../option-names.js';
import { toID } from '../responses.js';
import type { AdRequestOptions } from './request.js';

/** An ad account that the user may see. Being listed is not being allowed: a request for it may still be refused. */
export interface AdAccount {
  /** The ID, exact to the last digit; a string, since it may exceed 2^53. */
  readonly id: string;
  /** The name; empty where Kakao gives none. */
  readonly name: string;
  /** The role of the user: `MASTER` or `MEMBER`; empty where Kakao gives none. */
  readonly memberType: 'MASTER' | 'MEMBER' | (string & {});
  /** The state: `ON`, `OFF` or `DEL`; empty where Kakao gives none. */
  readonly config: AdAccountConfig;
}

/** The state of an ad account: switched on, switched off or deleted; or another string, since Kakao may add some. */
export type AdAccountConfig = 'ON' | 'OFF' | 'DEL' | (string & {});

/** Options of `client.adAccounts`; `timeout` and `signal` are those of each page's request. */
export interface AdAccountsOptions extends Pick<AdRequestOptions, 'timeout' | 'signal'> {
  /** The states to list, one or several. Default: Kakao's, which is `ON` and `OFF`. */
  config?: AdAccountConfig | readonly AdAccountConfig[] | undefined;
  /** Accounts in a page. Default: Kakao's, which is 10. The largest is not documented; Kakao may send fewer. */
  pageSize?: number | undefined;
}

/** An ad API: Kakao Moment or Keyword Ad. */
export type AdAPI = 'moment' | 'keyword';

interface AdAPICalls {
  /** Sends the request for a page. @returns its response. */
  load: (path: string, options: AdRequestOptions) => Promise<KakaoResponse<JSONObject>>;
  /** Returns the error for a response that cannot be used. `what` completes "Kakao answered … with". */
  unreadable: (response: KakaoResponse<JSONObject>, what: string) => Error;
}

/** Lists the ad accounts of a user, page after page. */
export async function* listAdAccounts(
  api: AdAPI,
  options: AdAccountsOptions,
  { load, unreadable }: AdAPICalls,
): AsyncGenerator<AdAccount, void, undefined> {
  const path = requirePath(api);
  if (typeof options !== 'object' || options === null)
    throw new TypeError('KakaoBusinessClient: the options of adAccounts must be an object');
  requireNames('KakaoBusinessClient: adAccounts', options);
  const { config, pageSize, timeout, signal } = options;
  const query = { config: toConfig(api, config), size: requirePageSize(pageSize) };
  const seen = new Set<string>();
  for (let page = 0; ; page += 1) {
    const response = await load(path, { timeout, signal, query: { ...query, page } });
    const { body } = response;
    const accounts = readAccounts(body);
    if (!accounts) throw unreadable(response, 'no list of ad accounts, each with an ID');
    const added = accounts.filter(({ id }) => !seen.has(id) && seen.add(id));
    yield* added;
    if (accounts.length === 0 || isLast(body, page, accounts.length)) return;
    if (added.length === 0) {
      if (isPastLast(body, page)) return;
      throw unreadable(response, `the same ad accounts on page ${page} as before`);
    }
  }
}

const requireNames = createNameCheck(['config', 'pageSize', 'timeout', 'signal'], {
  size: 'it is pageSize',
  page: 'the pages are requested one after the other',
});

const PATHS: Readonly<Record<AdAPI, string>> = {
  moment: '/openapi/v4/adAccounts/pages',
  keyword: '/openapi/v1/adAccounts/pages',
};

function requirePath(api: AdAPI): string {
  if (!Object.hasOwn(PATHS, api))
    throw new TypeError("KakaoBusinessClient: ad accounts are of 'moment' or 'keyword'");
  return PATHS[api];
}

// Kakao Moment takes commas, Keyword Ad a repeated key.
function toConfig(api: AdAPI, config: AdAccountsOptions['config']): string | string[] | undefined {
  if (config === undefined) return undefined;
  const states: unknown[] = [config].flat();
  if (states.length === 0 || !states.every(isState))
    throw new TypeError(
      "KakaoBusinessClient: the config option must be 'ON', 'OFF', 'DEL', or a list of them",
    );
  return api === 'moment' ? states.join(',') : states;
}

const isState = (state: unknown): state is string => typeof state === 'string' && /^[A-Z_]+$/.test(state);

function requirePageSize(pageSize: number | undefined): number | undefined {
  if (pageSize !== undefined && !(Number.isSafeInteger(pageSize) && pageSize >= 1))
    throw new TypeError('KakaoBusinessClient: the pageSize option must be a number of accounts, 1 or more');
  return pageSize;
}

/** @returns undefined where an account has no usable ID: to skip it would hide it. */
function readAccounts(body: JSONObject): AdAccount[] | undefined {
  const content = member(body, 'content');
  if (!Array.isArray(content)) return undefined;
  const accounts = content.flatMap(readAccount);
  return accounts.length === content.length ? accounts : undefined;
}

function readAccount(account: unknown): AdAccount | [] {
  if (!isJSONObject(account)) return [];
  const id = toID(member(account, 'id'));
  if (id === undefined) return [];
  const text = (name: string): string => optionalString(account, name) ?? '';
  return { id, name: text('name'), memberType: text('memberType'), config: text('config') };
}

// A short page alone is no end, since Kakao may send fewer than it says; nor is the last page, if it is full.
const isLast = (body: JSONObject, page: number, length: number): boolean => {
  const size = member(body, 'size');
  return member(body, 'totalPages') === page + 1 && typeof size === 'number' && length < size;
};

// Asked for a page that is not there, an API may repeat its last one.
const isPastLast = (body: JSONObject, page: number): boolean => {
  const pages = member(body, 'totalPages');
  return typeof pages === 'number' && pages <= page;
};
