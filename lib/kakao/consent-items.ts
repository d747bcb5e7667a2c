/** The business consent items that this version knows, by name. */
export const ConsentItem = Object.freeze({
  /** 이메일: the primary email of the Kakao Account. */
  Email: 'biz_account_email',
  /** 카카오모먼트 광고계정 생성; for all ad accounts only. */
  MomentCreate: 'moment_create',
  /** 카카오모먼트 광고계정 운영. */
  MomentManagement: 'moment_management',
  /** 카카오모먼트 광고계정 설정 삭제. */
  MomentDelete: 'moment_delete',
  /** 비즈니스폼+ 응답 결과 조회. */
  MomentBizFormResultRead: 'moment_bizform_result_read',
  /** 키워드광고 광고계정 생성; for all ad accounts only. */
  KeywordCreate: 'keyword_create',
  /** 키워드광고 광고계정 운영. */
  KeywordManagement: 'keyword_management',
  /** 키워드광고 광고계정 설정 삭제. */
  KeywordDelete: 'keyword_delete',
} as const);

/** The ID of a business consent item: a known one, or any other string, since Kakao adds items. */
export type ConsentItemID = (typeof ConsentItem)[keyof typeof ConsentItem] | (string & {});

/** A text in Korean and in English. */
export interface KoreanAndEnglish {
  /** In Korean. */
  readonly ko: string;
  /** In English. */
  readonly en: string;
}

/** A business consent item. */
export interface ConsentItemDescription {
  /** The ID, as in a scope. */
  readonly id: ConsentItemID;
  /** `personal` information, or access to the ad accounts of Kakao `moment` or `keyword` ad. */
  readonly group: 'personal' | 'moment' | 'keyword';
  /** Always `required`: the user consents to all requested items or to none. */
  readonly level: 'required';
  /** Its name in Kakao's console and on the consent screen. */
  readonly names: KoreanAndEnglish;
  /** What it allows, in one sentence. */
  readonly description: KoreanAndEnglish;
  /** Whether it can only be requested for all ad accounts. */
  readonly allAccountsOnly: boolean;
  /** The permission that the app has to apply for first (Request additional feature), if any. */
  readonly permission: 'Kakao Moment' | undefined;
}

const item = (
  id: ConsentItemID,
  group: ConsentItemDescription['group'],
  names: KoreanAndEnglish,
  description: KoreanAndEnglish,
): ConsentItemDescription =>
  Object.freeze({
    id,
    group,
    level: 'required',
    names: Object.freeze(names),
    description: Object.freeze(description),
    allAccountsOnly: id === ConsentItem.MomentCreate || id === ConsentItem.KeywordCreate,
    permission: group === 'moment' ? 'Kakao Moment' : undefined,
  });

/**
 * The catalog of business consent items.
 *
 * @see https://developers.kakao.com/docs/en/business-auth/common
 */
export const consentItems: readonly ConsentItemDescription[] = Object.freeze([
  item(
    ConsentItem.Email,
    'personal',
    { ko: '이메일', en: 'Email' },
    { ko: '카카오계정의 대표 이메일을 확인합니다.', en: 'Reads the primary email of the Kakao Account.' },
  ),
  item(
    ConsentItem.MomentCreate,
    'moment',
    { ko: '카카오모먼트 광고계정 생성', en: 'Create Kakao Moment ad account' },
    { ko: '카카오모먼트 광고계정을 만듭니다.', en: 'Creates Kakao Moment ad accounts.' },
  ),
  item(
    ConsentItem.MomentManagement,
    'moment',
    { ko: '카카오모먼트 광고계정 운영', en: 'Run Kakao Moment ad accounts' },
    {
      ko: '카카오모먼트 광고계정을 운영합니다. 생성과 삭제는 제외됩니다.',
      en: 'Runs Kakao Moment ad accounts, short of creating and deleting.',
    },
  ),
  item(
    ConsentItem.MomentDelete,
    'moment',
    { ko: '카카오모먼트 광고계정 설정 삭제', en: 'Delete Kakao Moment ad account settings' },
    {
      ko: '카카오모먼트 광고계정의 설정을 삭제합니다. 광고계정은 삭제할 수 없습니다.',
      en: 'Deletes settings of Kakao Moment ad accounts, never the accounts.',
    },
  ),
  item(
    ConsentItem.MomentBizFormResultRead,
    'moment',
    { ko: '비즈니스폼+ 응답 결과 조회', en: 'Get Business Form+ response' },
    { ko: '비즈니스폼+의 응답 결과를 조회합니다.', en: 'Reads the responses to Business Form+ forms.' },
  ),
  item(
    ConsentItem.KeywordCreate,
    'keyword',
    { ko: '키워드광고 광고계정 생성', en: 'Create Keyword Ad account' },
    { ko: '키워드광고 광고계정을 만듭니다.', en: 'Creates Keyword Ad accounts.' },
  ),
  item(
    ConsentItem.KeywordManagement,
    'keyword',
    { ko: '키워드광고 광고계정 운영', en: 'Run Keyword Ad accounts' },
    {
      ko: '키워드광고 광고계정을 운영합니다. 생성과 삭제는 제외됩니다.',
      en: 'Runs Keyword Ad accounts, short of creating and deleting.',
    },
  ),
  item(
    ConsentItem.KeywordDelete,
    'keyword',
    { ko: '키워드광고 광고계정 설정 삭제', en: 'Delete Keyword Ad account settings' },
    {
      ko: '키워드광고 광고계정의 설정을 삭제합니다. 광고계정은 삭제할 수 없습니다.',
      en: 'Deletes settings of Keyword Ad accounts, never the accounts.',
    },
  ),
]);

/**
 * Writes consent items as the `scope` parameter that Kakao expects: separated by commas, not by spaces as in RFC 6749.
 * Removes duplicates.
 *
 * @throws {TypeError} when there is no item, or one is empty or holds a comma or white space.
 * @see https://developers.kakao.com/docs/en/business-auth/rest-api
 */
export function toScope(items: ConsentItemID | readonly ConsentItemID[]): string {
  const list: readonly unknown[] = Array.isArray(items) ? items : [items];
  if (list.length === 0) throw new TypeError('The scope needs at least one consent item');
  return [...new Set(list.map(requireConsentItemID))].join(',');
}

function requireConsentItemID(id: unknown): string {
  if (typeof id !== 'string' || !/^[^\s,\p{Cc}]+$/u.test(id)) {
    throw new TypeError(
      "A consent item ID is a string without comma or white space; write several as a list: ['biz_account_email', 'moment_management']",
    );
  }
  return id;
}

/** Splits a scope into consent items, at the spaces of Kakao's responses or at commas. */
export const parseScope = (scope: string): ConsentItemID[] => [
  ...new Set(scope.split(/[\s,]/).filter(Boolean)),
];

/**
 * Returns the values of `resource_ids`, one parameter each. Adds `moment:*` for `moment_create` and `keyword:*` for
 * `keyword_create`, which can only be requested for all accounts.
 *
 * @throws {TypeError} when an ID is not `${group}:${id}` or `${group}:*`, or names one account beside such an item.
 */
export function toResourceIDs(
  scope: ConsentItemID | readonly ConsentItemID[],
  resourceIDs: string | readonly string[] = [],
): string[] {
  const given = new Set([resourceIDs].flat().map(requireResourceID));
  const requested = new Set([scope].flat());
  for (const { id, group } of consentItems.filter(
    known => known.allAccountsOnly && requested.has(known.id),
  )) {
    const single = [...given].find(resource => resource.startsWith(`${group}:`) && resource !== `${group}:*`);
    if (single !== undefined) {
      throw new TypeError(
        `${id} can only be requested for all accounts: leave ${single} out of the resourceIDs`,
      );
    }
    // Without it, Kakao responds with KOE233. Assumption (create-accounts, group-names): the same holds for `keyword`,
    // under this name; both inferred from `moment`.
    given.add(`${group}:*`);
  }
  return [...given];
}

function requireResourceID(id: unknown): string {
  if (typeof id !== 'string' || !/^[^\s,:\p{Cc}]+:[^\s,\p{Cc}]+$/u.test(id)) {
    throw new TypeError(
      "A resource ID is written 'group:id', or 'group:*' for all accounts: 'moment:1234', 'moment:*'",
    );
  }
  return id;
}
