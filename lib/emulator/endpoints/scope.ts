import { type CatalogItem, catalogItem } from '../consent-catalog.js';
import { Refusal } from '../errors/authorize-error.js';
import type { EmulatedApp } from '../model.js';

/**
 * The consent items of an authorize request.
 *
 * @param expression - how a program names the app.
 * @throws {Refusal} when there is none, or the app may not ask for one.
 */
export function requireItems(query: URLSearchParams, app: EmulatedApp, expression: string): CatalogItem[] {
  const scope = query.get('scope');
  // Assumption (missing-scope): a missing scope is reported like any other parameter that does not fit.
  if (!scope) throw new Refusal('KOE233', { ko: 'scope가 없습니다.', en: 'scope is missing.' });
  const ids = [...new Set(scope.split(','))];
  // Assumption (unknown-item): an item that Kakao does not know is one that is not configured.
  const unconfigured = ids.find(id => !app.consentItems.includes(id));
  if (unconfigured !== undefined) {
    throw new Refusal(
      'KOE232',
      {
        ko: `설정되지 않은 동의항목입니다: "${unconfigured}"`,
        en: `Not among the consent items of the app: "${unconfigured}"`,
      },
      `${expression}.consentItems.push(${JSON.stringify(unconfigured)})`,
    );
  }
  const items = ids.map(catalogItem);
  const forbidden = items.find(item => lacksPermission(app, item));
  if (!forbidden) return items;
  throw new Refusal(
    'KOE124',
    {
      ko: `${forbidden.id}에 필요한 권한이 앱에 없습니다: ${forbidden.permission}`,
      en: `The app lacks the permission ${forbidden.permission}, which ${forbidden.id} needs.`,
    },
    `${expression}.permissions.push(${JSON.stringify(forbidden.permission)})`,
  );
}

/** Whether Kakao has not granted to an app what an item needs. */
export function lacksPermission(app: EmulatedApp, { permission }: CatalogItem): boolean {
  return permission !== undefined && !app.permissions.includes(permission);
}
