import { AD_ACCOUNT_GROUP_NAMES } from '../consent-items.js';
import { AuthorizeError } from '../errors/authorize-error.js';
import { appFix, type Fix, quote } from '../errors/fix.js';
import { singleValue } from '../http/request.js';
import type { AuthorizeRequest, EmulatedApp, RequestedApp } from '../model.js';
import { redactName } from '../request-log.js';
import { parseResourceIDs, requireConsentItems } from './scope.js';

/**
 * Parses the query of the authorize endpoint by Kakao's rules.
 *
 * @throws {AuthorizeError} for what Kakao shows on its error page.
 */
export function parseAuthorizationRequest(
  query: URLSearchParams,
  apps: readonly EmulatedApp[],
): AuthorizeRequest {
  // Assumption (authorize-fault-order): Kakao does not document which of several errors it reports.
  const target = requireApp(query, apps);
  const { app } = target;
  const redirectURI = requireRedirectURI(query, target);
  requireResponseType(query);
  requireKnownParameters(query);
  const items = requireConsentItems(query, target);
  const groups = AD_ACCOUNT_GROUP_NAMES.filter(group => items.some(item => item.group === group));
  return {
    ...target,
    clientID: app.clientID,
    redirectURI,
    items,
    groups,
    fixedAccounts: parseResourceIDs(query, items, groups),
    state: singleValue(query, 'state'),
  };
}

function requireApp(query: URLSearchParams, apps: readonly EmulatedApp[]): RequestedApp {
  const app = requireClient(query.get('client_id'), apps);
  const target = { app, appExpression: toExpression(app, apps) };
  if (app.sanctioned) {
    throw new AuthorizeError(
      'KOE125',
      about(app),
      appFix(target, '.sanctioned = false', { sanctioned: false }),
    );
  }
  if (!app.bizApp) {
    throw new AuthorizeError('KOE123', about(app), appFix(target, '.bizApp = true', { bizApp: true }));
  }
  return target;
}

function requireClient(clientID: string | null, apps: readonly EmulatedApp[]): EmulatedApp {
  const app = apps.find(each => each.clientID === clientID);
  if (app) return app;
  const owner = apps.find(({ otherKeys }) => clientID !== null && otherKeys.includes(clientID));
  if (owner) {
    throw new AuthorizeError('KOE008', about(owner), clientIDFix(owner, apps));
  }
  throw new AuthorizeError(
    'KOE101',
    {
      // Without the value: a secret may have been sent as client_id by mistake.
      ko: clientID ? '이 client_id를 쓰는 앱이 없습니다.' : 'client_id가 없습니다.',
      en: clientID ? 'No app has this client_id.' : 'client_id is missing.',
    },
    apps[0] && clientIDFix(apps[0], apps),
  );
}

const clientIDFix = (app: EmulatedApp, apps: readonly EmulatedApp[]): Fix => ({
  statement: `clientID: ${toExpression(app, apps)}.clientID`,
  command: () => [`client_id=${app.clientID}`],
});

const about = ({ name }: EmulatedApp): { ko: string; en: string } => ({
  ko: `앱: ${name}`,
  en: `App: ${name}`,
});

function toExpression(app: EmulatedApp, apps: readonly EmulatedApp[]): string {
  return app === apps[0] ? 'emulator.app' : `emulator.apps[${apps.indexOf(app)}]`;
}

function requireRedirectURI(query: URLSearchParams, target: RequestedApp): string {
  const uri = query.get('redirect_uri');
  const { redirectURIs } = target.app;
  // Assumption (exact-redirect-uri): character by character, the query included.
  const registered = redirectURIs.find(each => each === uri);
  // Not the string of the query, which would keep the whole query in memory for as long as the token.
  if (registered !== undefined) return registered;
  // Assumption (missing-redirect-uri): a missing redirect URI is treated like an unregistered one.
  if (!uri) {
    throw new AuthorizeError('KOE028', { ko: 'redirect_uri가 없습니다.', en: 'redirect_uri is missing.' });
  }
  const fix = appFix(target, `.redirectURIs.push(${JSON.stringify(uri)})`, {
    redirectURIs: [...redirectURIs, uri],
  });
  throw new AuthorizeError(
    'KOE028',
    { ko: `등록되지 않은 redirect_uri입니다: ${uri}`, en: `This redirect_uri is not registered: ${uri}` },
    { ...fix, command: origin => [`--redirect-uri ${quote(uri)}`, ...fix.command(origin)] },
  );
}

function requireResponseType(query: URLSearchParams): void {
  const type = query.get('response_type');
  if (type === 'code') return;
  throw new AuthorizeError('KOE201', {
    ko: type ? `지원하지 않는 response_type입니다: ${type}` : 'response_type이 없습니다.',
    en: type ? `Unsupported response_type: ${type}` : 'response_type is missing.',
  });
}

const PARAMETERS = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'resource_ids'];

function requireKnownParameters(query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (!PARAMETERS.includes(name)) {
      throw new AuthorizeError('KOE233', {
        ko: `지원하지 않는 파라미터입니다: ${redactName(name)}`,
        en: `Unsupported parameter: ${redactName(name)}`,
      });
    }
    // Assumption (repeated-parameter): RFC 6749 forbids repeated parameters; Kakao's handling is not documented.
    if (name !== 'resource_ids' && query.getAll(name).length > 1) {
      throw new AuthorizeError('KOE233', {
        ko: `두 번 이상 보낸 파라미터입니다: ${name}`,
        en: `Sent more than once: ${name}`,
      });
    }
  }
}
