import {
  type AdAccountGroup,
  type ConsentItem,
  findConsentItem,
  isConsentItemID,
  isKnownItem,
} from '../consent-items.js';
import { AuthorizeError } from '../errors/authorize-error.js';
import { appFix } from '../errors/fix.js';
import { type FixedAccounts, lacksPermission, type RequestedApp } from '../model.js';

/**
 * The consent items of an authorize request.
 *
 * @throws {AuthorizeError} when there is none, or the app may not request one.
 */
export function requireConsentItems(query: URLSearchParams, target: RequestedApp): ConsentItem[] {
  const { app } = target;
  const scope = query.get('scope');
  // Assumption (missing-scope): a missing scope is reported like any other invalid parameter.
  if (!scope) throw new AuthorizeError('KOE233', { ko: 'scope가 없습니다.', en: 'scope is missing.' });
  // Assumption (repeated-item): an item that is named twice counts once.
  const ids = [...new Set(scope.split(','))];
  if (!ids.every(isConsentItemID)) throw notJoinedByCommas(scope);
  // Assumption (unknown-item): an item that Kakao does not know is reported like one that is not configured.
  const unconfigured = ids.find(id => !app.consentItems.includes(id));
  if (unconfigured !== undefined) {
    throw new AuthorizeError(
      'KOE232',
      {
        ko: `설정되지 않은 동의항목입니다: "${unconfigured}"`,
        en: `Not a consent item of the app: "${unconfigured}"`,
      },
      // To configure an item that Kakao does not have would let an app pass that fails at Kakao.
      isKnownItem(unconfigured)
        ? appFix(target, `.consentItems.push(${JSON.stringify(unconfigured)})`, {
            consentItems: [...app.consentItems, unconfigured],
          })
        : undefined,
    );
  }
  const items = ids.map(findConsentItem);
  // Assumption (missing-permission): KOE124 and KOE232 are both documented for items without permission.
  const forbidden = items.find(item => lacksPermission(app, item));
  if (!forbidden) return items;
  throw new AuthorizeError(
    'KOE124',
    {
      ko: `${forbidden.id}에 필요한 권한이 앱에 없습니다: ${forbidden.permission}`,
      en: `${forbidden.id} needs the permission ${forbidden.permission}, which the app does not have.`,
    },
    appFix(target, `.permissions.push(${JSON.stringify(forbidden.permission)})`, {
      permissions: [
        ...app.permissions,
        ...(forbidden.permission === undefined ? [] : [forbidden.permission]),
      ],
    }),
  );
}

function notJoinedByCommas(scope: string): AuthorizeError {
  const joined = `scope=${scope
    .split(/[\s,]+/)
    .filter(Boolean)
    .join(',')}`;
  return new AuthorizeError(
    'KOE232',
    {
      ko: `동의항목 ID는 공백 없이 쉼표 하나로 구분해야 합니다: "${scope}"`,
      en: `Join the consent items by single commas, without spaces: "${scope}"`,
    },
    { statement: joined, command: () => [joined] },
  );
}

/**
 * The ad accounts that an authorize request names.
 *
 * @param groups the groups of ad accounts that the items give access to.
 * @throws {AuthorizeError} for an invalid resource ID, and when a required one is missing.
 */
export function parseResourceIDs(
  query: URLSearchParams,
  items: readonly ConsentItem[],
  groups: readonly AdAccountGroup[],
): FixedAccounts {
  const resourceIDs = query.getAll('resource_ids').map(value => toResourceID(value, groups));
  for (const item of items) requireAllAccounts(item, resourceIDs);
  return toFixedAccounts(resourceIDs);
}

interface ResourceID {
  group: AdAccountGroup;
  id: string;
}

function toResourceID(value: string, groups: readonly AdAccountGroup[]): ResourceID {
  // Assumption (resource-ids-list, resource-ids-group): the key is reported to be repeated, so a comma-separated list
  // is invalid. So is a group that no item gives access to.
  const [, name, id] = /^([a-z]+):(\*|\d+)$/.exec(value) ?? [];
  const group = groups.find(known => known === name);
  if (group !== undefined && id !== undefined) return { group, id };
  throw new AuthorizeError('KOE233', {
    ko: `resource_ids 값이 올바르지 않습니다: "${value}"`,
    en: `Not a resource ID of a requested group: "${value}"`,
  });
}

// Assumption (create-accounts): observed for moment_create, inferred for keyword_create.
function requireAllAccounts({ id, group, allAccountsOnly }: ConsentItem, resourceIDs: ResourceID[]): void {
  if (!allAccountsOnly) return;
  const ofGroup = resourceIDs.filter(resource => resource.group === group);
  if (ofGroup.length > 0 && ofGroup.every(resource => resource.id === '*')) return;
  throw new AuthorizeError('KOE233', {
    ko: `${id}에는 resource_ids=${group}:* 만 쓸 수 있습니다.`,
    en: `${id} needs resource_ids=${group}:*, without single accounts.`,
  });
}

// Assumption (resource-ids-all): an ID of all accounts covers single ones beside it.
function toFixedAccounts(resourceIDs: ResourceID[]): FixedAccounts {
  const fixed: FixedAccounts = {};
  for (const { group, id } of resourceIDs) {
    const others = fixed[group] ?? [];
    fixed[group] = id === '*' || others === '*' ? '*' : [...others, id];
  }
  return fixed;
}
