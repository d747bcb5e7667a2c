import { type AdAccountGroup, type ConsentItem, findConsentItem } from '../consent-items.js';
import { adError, adQuotaError } from '../errors/api-errors.js';
import type { HttpRequest } from '../http/request.js';
import { type HttpResponse, jsonResponse, type Outcome } from '../http/response.js';
import { type EmulatedAdAccount, lacksPermission, usedUp, withoutPermission } from '../model.js';
import { AD_APIS, type AdAPI, STUBS_PATH } from '../paths.js';
import type { EmulatorState, Grant } from '../state.js';
import { answerStub, type EmulatedStub } from '../stubs.js';
import { adAccount, listAdAccounts } from './ad-accounts.js';
import { readBearer } from './bearer.js';

/** The ad accounts that each API is about. */
const GROUPS: Readonly<Record<AdAPI, AdAccountGroup>> = { moment: 'moment', keywordAd: 'keyword' };

/** A request to Kakao Moment or Keyword Ad: checked as Kakao does, and answered by a stub if there is one. */
export function callAdAPI(
  api: AdAPI,
  request: HttpRequest,
  state: EmulatorState,
): Outcome | Promise<Outcome> {
  // Assumption (ad-check-order): the order of these checks.
  const { grant, rejected } = readBearer(request, state);
  if (rejected) return adError(api, -401, rejected);
  const item = neededItem(api, request);
  const scope = grant.items.map(({ id }) => id);
  if (!scope.includes(item.id)) {
    return adError(api, -402, {
      reason: `The user did not agree to ${item.id}.`,
      members: { required_scopes: [item.id], allowed_scopes: scope },
    });
  }
  if (lacksPermission(grant.app, item)) return adError(api, -5, { reason: withoutPermission(item) });
  const accounts = grant.user.adAccounts[GROUPS[api]];
  const resource = resourceOf(api, request);
  if (!mayUseNamedAccounts(resource, request, allowedAccounts(accounts, grant, GROUPS[api]))) {
    return adError(api, api === 'moment' ? -813 : -820, { reason: NO_RIGHT });
  }
  return overQuota(api, grant, state) ?? answer(api, resource, request, accounts, state);
}

/** The consent item that a request needs. */
export function neededItem(api: AdAPI, request: HttpRequest): ConsentItem {
  // Assumption (ad-items): *_delete is documented for DELETE, and *_management for most requests. That only POST
  // adAccounts needs *_create, and that paths about Business Forms need moment_bizform_result_read, is inferred from
  // the names.
  const resource = resourceOf(api, request);
  const group = GROUPS[api];
  if (request.method === 'DELETE') return findConsentItem(`${group}_delete`);
  if (request.method === 'POST' && resource === 'adAccounts') return findConsentItem(`${group}_create`);
  const isForm = group === 'moment' && /bizform/i.test(resource);
  return findConsentItem(isForm ? 'moment_bizform_result_read' : `${group}_management`);
}

/** The path below the root of the API. */
const resourceOf = (api: AdAPI, { path }: HttpRequest): string => path.slice(AD_APIS[api].root.length);

/** The ad accounts that the user owns and has agreed to. */
function allowedAccounts(
  accounts: readonly EmulatedAdAccount[],
  { agreements }: Grant,
  group: AdAccountGroup,
): string[] {
  const agreed = agreements.find(agreement => agreement.group === group)?.accountIDs ?? [];
  return accounts.map(({ id }) => id).filter(id => agreed === '*' || agreed.includes(id));
}

/** Requests about no single ad account. `adAccounts` lists them too, in an older form, or creates one. */
const WITHOUT_ACCOUNT = ['adAccounts', 'adAccounts/pages'];

function mayUseNamedAccounts(
  resource: string,
  { headers }: HttpRequest,
  allowed: readonly string[],
): boolean {
  if (WITHOUT_ACCOUNT.includes(resource)) return true;
  // Assumption (ad-account-header): all other requests need the header, also the one for a single ad account; a missing
  // one is answered like that of an ad account without rights.
  const inPath = accountIDIn(resource);
  const named = [headers['adaccountid'], ...(inPath === undefined ? [] : [inPath])];
  return named.every(id => typeof id === 'string' && allowed.includes(id));
}

const NO_RIGHT =
  'The header adAccountId is missing or repeated, or names an ad account that the user does not own or did not agree to.';

const accountIDIn = (resource: string): string | undefined => /^adAccounts\/(\d+)$/.exec(resource)?.[1];

// Assumption (quotas): -10 counts the requests to all APIs together.
function overQuota(api: AdAPI, { app }: Grant, { quotas }: EmulatorState): HttpResponse | undefined {
  const limit = `${api}CallsPerMinute` as const;
  if (quotas.secondsToWait(app, limit) !== undefined) return adQuotaError(api, usedUp(limit));
  if (quotas.secondsToWait(app, 'apiCallsPerMinute') !== undefined) {
    return adError(api, -10, { reason: usedUp('apiCallsPerMinute') });
  }
  quotas.count(app, limit);
  quotas.count(app, 'apiCallsPerMinute');
  return undefined;
}

function answer(
  api: AdAPI,
  resource: string,
  request: HttpRequest,
  accounts: readonly EmulatedAdAccount[],
  { stubs }: EmulatorState,
): HttpResponse | Promise<HttpResponse> {
  const stub = stubs.find(request);
  if (stub) return answerByStub(stub, request);
  if (request.method === 'GET' && resource === 'adAccounts/pages') {
    return listAdAccounts(api, accounts, request.query);
  }
  const account = accounts.find(({ id }) => id === accountIDIn(resource));
  return request.method === 'GET' && account ? adAccount(account) : withoutStub(request);
}

async function answerByStub(stub: EmulatedStub, request: HttpRequest): Promise<HttpResponse> {
  try {
    return await answerStub(stub, request);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const reason = `The stub of ${stub.method} ${stub.path} failed: ${cause}`;
    return jsonResponse(500, { msg: reason, error: 'stub_failed' }, { reason });
  }
}

// The emulator's own response, with an error instead of a code of Kakao. Not 501: clients repeat a GET after a 5xx.
function withoutStub({ method, path }: HttpRequest): HttpResponse {
  const reason = `No stub for ${method} ${path}. Add one with emulator.stub() or POST ${STUBS_PATH}.`;
  return jsonResponse(404, { msg: reason, error: 'no_stub' }, { reason });
}
