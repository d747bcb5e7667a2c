import { adError } from '../errors/api-errors.js';
import type { JSONValue } from '../http/json.js';
import { singleValue } from '../http/request.js';
import { type HttpResponse, jsonResponse } from '../http/response.js';
import type { AdAccountConfig, EmulatedAdAccount } from '../model.js';
import type { AdAPI } from '../paths.js';

/**
 * A page of the list of ad accounts.
 *
 * @param accounts all those of the user. Assumption (ad-accounts-listed): also those that the user has not agreed to.
 */
export function listAdAccounts(
  api: AdAPI,
  accounts: readonly EmulatedAdAccount[],
  query: URLSearchParams,
): HttpResponse {
  // Assumption (ad-list-parameters, ad-list-size, ad-list-end): an invalid value is -2; any size is accepted; a page
  // past the last is empty.
  const configs = api === 'moment' ? readList(query, 'config') : query.getAll('config');
  const page = readCount(query, 'page', 0);
  const size = readCount(query, 'size', 10);
  if (configs === undefined || !configs.every(isConfig) || page === undefined || !size)
    return adError(api, -2, { reason: 'page, size or config has an invalid value.' });
  const wanted = configs.length === 0 ? ['ON', 'OFF'] : configs;
  const listed = accounts.map(toEntry).filter(({ config }) => wanted.includes(config));
  // Assumption (ad-list-number): Kakao Moment is said to repeat the page as `number`. It is left out here, so that apps
  // do not rely on it.
  return jsonResponse(200, {
    content: listed.slice(page * size, (page + 1) * size),
    page,
    size,
    totalElements: listed.length,
    totalPages: Math.ceil(listed.length / size),
  });
}

/** One ad account. Assumption (ad-account-members): it has the members that it has in the list. */
export function adAccount(account: EmulatedAdAccount): HttpResponse {
  return jsonResponse(200, toEntry(account));
}

type Entry = Record<string, JSONValue> & { config: AdAccountConfig };

const toEntry = ({ id, name, memberType = 'MASTER', config = 'ON' }: EmulatedAdAccount): Entry => ({
  id: BigInt(id),
  name,
  memberType,
  config,
});

const isConfig = (value: string): boolean => ['ON', 'OFF', 'DEL'].includes(value);

/** Values joined by commas, in a parameter that is sent once. */
function readList(query: URLSearchParams, name: string): string[] | undefined {
  return query.has(name) ? singleValue(query, name)?.split(',') : [];
}

function readCount(query: URLSearchParams, name: string, usual: number): number | undefined {
  if (!query.has(name)) return usual;
  const value = singleValue(query, name) ?? '';
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
