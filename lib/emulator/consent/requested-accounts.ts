import type { AssetGroup, CatalogItem } from '../consent-catalog.js';
import { Refusal } from '../errors/authorize-error.js';

/** What `resource_ids` fixes; the user chooses for a group that is absent. */
export type FixedAccounts = Partial<Record<AssetGroup, string[] | '*'>>;

/**
 * The ad accounts of an authorize request.
 *
 * @param groups - the kinds of ad account that the items open.
 * @throws {Refusal} for a resource ID that does not fit, and where one is missing.
 */
export function requireAccounts(
  query: URLSearchParams,
  items: readonly CatalogItem[],
  groups: readonly AssetGroup[],
): FixedAccounts {
  const resourceIDs = query.getAll('resource_ids').map(value => toResourceID(value, groups));
  for (const item of items) requireAllAccounts(item, resourceIDs);
  return toFixedAccounts(resourceIDs);
}

interface ResourceID {
  group: AssetGroup;
  id: string;
}

function toResourceID(value: string, groups: readonly AssetGroup[]): ResourceID {
  // Assumption (resource-ids-list, resource-ids-group): the key is repeated (reported), so a comma-joined list is a fault. So
  // is a group that no item opens.
  const [, name, id] = /^([a-z]+):(\*|\d+)$/.exec(value) ?? [];
  const group = groups.find(known => known === name);
  if (group !== undefined && id !== undefined) return { group, id };
  throw new Refusal('KOE233', {
    ko: `resource_ids 값이 올바르지 않습니다: "${value}"`,
    en: `Not a resource ID of a requested group: "${value}"`,
  });
}

// Assumption (create-accounts): observed for moment_create, inferred for keyword_create.
function requireAllAccounts({ id, group, allAccountsOnly }: CatalogItem, resourceIDs: ResourceID[]): void {
  if (!allAccountsOnly) return;
  const asked = resourceIDs.filter(resource => resource.group === group);
  if (asked.length > 0 && asked.every(resource => resource.id === '*')) return;
  throw new Refusal('KOE233', {
    ko: `${id}에는 resource_ids=${group}:* 만 쓸 수 있습니다.`,
    en: `${id} needs resource_ids=${group}:* and no single account.`,
  });
}

function toFixedAccounts(resourceIDs: ResourceID[]): FixedAccounts {
  const fixed: FixedAccounts = {};
  for (const { group, id } of resourceIDs) {
    const others = fixed[group] ?? [];
    fixed[group] = id === '*' || others === '*' ? '*' : [...others, id];
  }
  return fixed;
}
