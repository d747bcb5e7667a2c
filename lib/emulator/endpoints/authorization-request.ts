import { type FixedAccounts, requireAccounts } from '../consent/requested-accounts.js';
import { requireApp, toExpression } from '../consent/requested-app.js';
import { type AssetGroup, assetGroups, type CatalogItem } from '../consent-catalog.js';
import { Refusal } from '../errors/authorize-error.js';
import { onlyValue } from '../http/request.js';
import type { EmulatedApp } from '../model.js';
import { toShownName } from '../shown-parameters.js';
import { requireItems } from './scope.js';

/** A sound request for a business authorization code. */
export interface AuthorizationRequest {
  app: EmulatedApp;
  /** How a program names the app. */
  appExpression: string;
  clientID: string;
  redirectURI: string;
  items: CatalogItem[];
  /** The kinds of ad account that the items open. */
  groups: AssetGroup[];
  fixedAccounts: FixedAccounts;
  state: string | undefined;
}

/**
 * Reads the query of the authorize endpoint by Kakao's rules.
 *
 * @throws {Refusal} for what Kakao shows on its own page.
 */
export function readAuthorizationRequest(
  query: URLSearchParams,
  apps: readonly EmulatedApp[],
): AuthorizationRequest {
  // Assumption (authorize-fault-order): which fault Kakao names first when there are several is not documented.
  const app = requireApp(query, apps);
  const appExpression = toExpression(app, apps);
  const redirectURI = requireRedirectURI(query, app, appExpression);
  requireResponseType(query);
  requireKnownParameters(query);
  const items = requireItems(query, app, appExpression);
  const groups = assetGroups.filter(group => items.some(item => item.group === group));
  return {
    app,
    appExpression,
    clientID: app.clientID,
    redirectURI,
    items,
    groups,
    fixedAccounts: requireAccounts(query, items, groups),
    state: onlyValue(query, 'state'),
  };
}

function requireRedirectURI(query: URLSearchParams, app: EmulatedApp, appExpression: string): string {
  const uri = query.get('redirect_uri');
  if (uri !== null && app.redirectURIs.includes(uri)) return uri;
  // Assumption (missing-redirect-uri): a missing redirect URI counts as one that is not registered.
  if (!uri) throw new Refusal('KOE028', { ko: 'redirect_uri가 없습니다.', en: 'redirect_uri is missing.' });
  throw new Refusal(
    'KOE028',
    { ko: `등록되지 않은 redirect_uri입니다: ${uri}`, en: `This redirect_uri is not registered: ${uri}` },
    `${appExpression}.redirectURIs.push(${JSON.stringify(uri)})`,
  );
}

function requireResponseType(query: URLSearchParams): void {
  const type = query.get('response_type');
  if (type === 'code') return;
  throw new Refusal('KOE201', {
    ko: type ? `지원하지 않는 response_type입니다: ${type}` : 'response_type이 없습니다.',
    en: type ? `Unsupported response_type: ${type}` : 'response_type is missing.',
  });
}

const parameters = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'resource_ids'];

function requireKnownParameters(query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (!parameters.includes(name)) {
      throw new Refusal('KOE233', {
        ko: `지원하지 않는 매개변수입니다: ${toShownName(name)}`,
        en: `Unsupported parameter: ${toShownName(name)}`,
      });
    }
    // Assumption (repeated-parameter): RFC 6749 forbids a repeated parameter; what Kakao does with one is not documented.
    if (name !== 'resource_ids' && query.getAll(name).length > 1) {
      throw new Refusal('KOE233', {
        ko: `두 번 이상 보낸 매개변수입니다: ${name}`,
        en: `Sent more than once: ${name}`,
      });
    }
  }
}
