import { type AssetGroup, assetGroups, type CatalogItem, catalogItem } from './consent-catalog.js';
import type { EmulatedApp } from './options.js';
import { onlyValue } from './received-request.js';
import { Refusal } from './refusals.js';

/** A sound request for a business authorization code. */
export interface AuthorizationRequest {
  clientID: string;
  redirectURI: string;
  items: CatalogItem[];
  /** The kinds of ad account that the items open. */
  groups: AssetGroup[];
  /** What `resource_ids` fixes; the user chooses for a group that is absent. */
  fixedAccounts: Partial<Record<AssetGroup, string[] | '*'>>;
  state: string | undefined;
}

/**
 * Reads the query of the authorize endpoint by Kakao's rules.
 *
 * @throws {Refusal} for what Kakao shows on its own page.
 */
export function readAuthorizationRequest(query: URLSearchParams, app: EmulatedApp): AuthorizationRequest {
  // Assumption: which fault Kakao names first when there are several is not documented.
  const clientID = requireClientID(query, app);
  const redirectURI = requireRedirectURI(query, app);
  requireResponseType(query);
  requireKnownParameters(query);
  const items = requireItems(query, app);
  const groups = assetGroups.filter(group => items.some(item => item.group === group));
  const resourceIDs = readResourceIDs(query, groups);
  for (const item of items) requireAllAccounts(item, resourceIDs);
  return {
    clientID,
    redirectURI,
    items,
    groups,
    fixedAccounts: toFixedAccounts(resourceIDs),
    state: onlyValue(query, 'state'),
  };
}

function requireClientID(query: URLSearchParams, app: EmulatedApp): string {
  const clientID = query.get('client_id');
  if (clientID === app.clientID) return clientID;
  throw new Refusal('KOE101', {
    ko: clientID ? `등록되지 않은 client_id입니다: ${clientID}` : 'client_id가 없습니다.',
    en: clientID ? `No app has this client_id: ${clientID}` : 'client_id is missing.',
  });
}

function requireRedirectURI(query: URLSearchParams, app: EmulatedApp): string {
  const uri = query.get('redirect_uri');
  if (uri !== null && app.redirectURIs.includes(uri)) return uri;
  // Assumption: a missing redirect URI counts as one that is not registered.
  if (!uri) throw new Refusal('KOE028', { ko: 'redirect_uri가 없습니다.', en: 'redirect_uri is missing.' });
  throw new Refusal(
    'KOE028',
    { ko: `등록되지 않은 redirect_uri입니다: ${uri}`, en: `This redirect_uri is not registered: ${uri}` },
    uri,
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
        ko: `지원하지 않는 매개변수입니다: ${name}`,
        en: `Unsupported parameter: ${name}`,
      });
    }
    // Assumption: RFC 6749 forbids a repeated parameter; what Kakao does with one is not documented.
    if (name !== 'resource_ids' && query.getAll(name).length > 1) {
      throw new Refusal('KOE233', {
        ko: `두 번 이상 보낸 매개변수입니다: ${name}`,
        en: `Sent more than once: ${name}`,
      });
    }
  }
}

function requireItems(query: URLSearchParams, app: EmulatedApp): CatalogItem[] {
  const scope = query.get('scope');
  // Assumption: a missing scope is reported like any other parameter that does not fit.
  if (!scope) throw new Refusal('KOE233', { ko: 'scope가 없습니다.', en: 'scope is missing.' });
  const ids = [...new Set(scope.split(','))];
  const unconfigured = ids.find(id => !app.consentItems.includes(id));
  if (unconfigured !== undefined) {
    throw new Refusal(
      'KOE232',
      {
        ko: `설정되지 않은 동의항목입니다: "${unconfigured}"`,
        en: `Not among the consent items of the app: "${unconfigured}"`,
      },
      unconfigured,
    );
  }
  const items = ids.map(catalogItem);
  const forbidden = items.find(({ permission }) => permission && !app.permissions.includes(permission));
  if (!forbidden) return items;
  throw new Refusal(
    'KOE124',
    {
      ko: `${forbidden.id}에 필요한 권한이 앱에 없습니다: ${forbidden.permission}`,
      en: `The app lacks the permission ${forbidden.permission}, which ${forbidden.id} needs.`,
    },
    forbidden.permission,
  );
}

interface ResourceID {
  group: AssetGroup;
  id: string;
}

function readResourceIDs(query: URLSearchParams, groups: AssetGroup[]): ResourceID[] {
  return query.getAll('resource_ids').map(value => {
    // Assumption: the key is repeated (reported), so a comma-joined list is a fault. So is a group that no item opens.
    const [, name, id] = /^([a-z]+):(\*|\d+)$/.exec(value) ?? [];
    const group = groups.find(known => known === name);
    if (group !== undefined && id !== undefined) return { group, id };
    throw new Refusal('KOE233', {
      ko: `resource_ids 값이 올바르지 않습니다: "${value}"`,
      en: `Not a resource ID of a requested group: "${value}"`,
    });
  });
}

// Assumption: observed for moment_create, inferred for keyword_create.
function requireAllAccounts({ id, group, allAccountsOnly }: CatalogItem, resourceIDs: ResourceID[]): void {
  if (!allAccountsOnly) return;
  const asked = resourceIDs.filter(resource => resource.group === group);
  if (asked.length > 0 && asked.every(resource => resource.id === '*')) return;
  throw new Refusal('KOE233', {
    ko: `${id}에는 resource_ids=${group}:* 만 쓸 수 있습니다.`,
    en: `${id} needs resource_ids=${group}:* and no single account.`,
  });
}

function toFixedAccounts(resourceIDs: ResourceID[]): AuthorizationRequest['fixedAccounts'] {
  const fixed: AuthorizationRequest['fixedAccounts'] = {};
  for (const { group, id } of resourceIDs) {
    const others = fixed[group] ?? [];
    fixed[group] = id === '*' || others === '*' ? '*' : [...others, id];
  }
  return fixed;
}
