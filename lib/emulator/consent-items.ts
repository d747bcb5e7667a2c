/** A text in both languages of the pages. */
export interface KoreanAndEnglish {
  ko: string;
  en: string;
}

// Assumption (group-names): `moment` was seen in `resource_ids`, and `MOMENT` is reported of tokeninfo; `keyword`
// follows the names of the consent items.
/** The kinds of ad account: the name in `resource_ids`, in capitals in the tokeninfo response. */
export const AD_ACCOUNT_GROUPS = {
  moment: {
    name: { ko: '카카오모먼트', en: 'Kakao Moment' },
    accounts: { ko: '카카오모먼트 광고계정', en: 'Kakao Moment ad accounts' },
  },
  keyword: {
    name: { ko: '키워드광고', en: 'Keyword Ad' },
    accounts: { ko: '키워드광고 광고계정', en: 'Keyword Ad accounts' },
  },
} as const satisfies Record<string, { name: KoreanAndEnglish; accounts: KoreanAndEnglish }>;

export type AdAccountGroup = keyof typeof AD_ACCOUNT_GROUPS;

export const AD_ACCOUNT_GROUP_NAMES: readonly AdAccountGroup[] =
  Object.keys(AD_ACCOUNT_GROUPS).filter(isAdAccountGroup);

/** A value for each group. */
export function byGroup<T>(toValue: (group: AdAccountGroup) => T): Record<AdAccountGroup, T> {
  return { moment: toValue('moment'), keyword: toValue('keyword') };
}

/** A business consent item: a value of `scope`. */
export interface ConsentItem {
  id: string;
  name: KoreanAndEnglish;
  allows: KoreanAndEnglish;
  /** The ad accounts that the item gives access to; absent for personal information. */
  group?: AdAccountGroup;
  /** Kakao grants the item for all accounts of the group only. */
  allAccountsOnly?: true;
  /** The permission that the app needs before it can request the item. */
  permission?: string;
}

// Kakao documents no name for this permission; the name is ours.
export const MOMENT_PERMISSION = 'kakao_moment';

export const CONSENT_ITEMS: readonly ConsentItem[] = [
  {
    id: 'biz_account_email',
    name: { ko: '이메일', en: 'Email' },
    allows: {
      ko: '카카오계정의 대표 이메일을 확인합니다.',
      en: 'Read the main email of your Kakao Account.',
    },
  },
  {
    id: 'moment_create',
    name: { ko: '카카오모먼트 광고계정 생성', en: 'Create Kakao Moment ad account' },
    allows: { ko: '카카오모먼트 광고계정을 새로 만듭니다.', en: 'Create Kakao Moment ad accounts.' },
    group: 'moment',
    allAccountsOnly: true,
    permission: MOMENT_PERMISSION,
  },
  {
    id: 'moment_management',
    name: { ko: '카카오모먼트 광고계정 운영', en: 'Run Kakao Moment ad accounts' },
    allows: {
      ko: '캠페인과 소재를 조회하고 수정합니다. 생성과 삭제는 제외됩니다.',
      en: 'View and change campaigns and creatives; no new accounts, no deletion.',
    },
    group: 'moment',
    permission: MOMENT_PERMISSION,
  },
  {
    id: 'moment_delete',
    name: { ko: '카카오모먼트 광고계정 설정 삭제', en: 'Delete Kakao Moment ad account settings' },
    allows: {
      ko: '광고계정 안의 설정을 지웁니다. 광고계정은 지워지지 않습니다.',
      en: 'Remove settings inside an ad account, never the account.',
    },
    group: 'moment',
    permission: MOMENT_PERMISSION,
  },
  {
    id: 'moment_bizform_result_read',
    name: { ko: '비즈니스폼+ 응답 결과 조회', en: 'Get Business Form+ response' },
    allows: {
      ko: '비즈니스폼+에 제출된 응답을 읽습니다.',
      en: 'Read the responses to Business Form+.',
    },
    group: 'moment',
    permission: MOMENT_PERMISSION,
  },
  {
    id: 'keyword_create',
    name: { ko: '키워드광고 광고계정 생성', en: 'Create Keyword Ad account' },
    allows: { ko: '키워드광고 광고계정을 새로 만듭니다.', en: 'Create Keyword Ad accounts.' },
    group: 'keyword',
    allAccountsOnly: true,
  },
  {
    id: 'keyword_management',
    name: { ko: '키워드광고 광고계정 운영', en: 'Run Keyword Ad accounts' },
    allows: {
      ko: '키워드와 입찰을 조회하고 수정합니다. 생성과 삭제는 제외됩니다.',
      en: 'View and change keywords and bids; no new accounts, no deletion.',
    },
    group: 'keyword',
  },
  {
    id: 'keyword_delete',
    name: { ko: '키워드광고 광고계정 설정 삭제', en: 'Delete Keyword Ad account settings' },
    allows: {
      ko: '광고계정 안의 설정을 지웁니다. 광고계정은 지워지지 않습니다.',
      en: 'Remove settings inside an ad account, never the account.',
    },
    group: 'keyword',
  },
];

/** Whether a text can be the ID of a consent item: `scope` joins the IDs by commas, and Kakao takes no spaces. */
export const isConsentItemID = (id: string): boolean => /^[^\s,]+$/.test(id);

/** Whether Kakao documents an item with this ID. */
export const isKnownItem = (id: string): boolean => CONSENT_ITEMS.some(item => item.id === id);

// Assumption (future-items): an item that Kakao adds later opens no ad accounts.
/** The item with an ID. Apps may also list unknown IDs in `consentItems`. */
export function findConsentItem(id: string): ConsentItem {
  return (
    CONSENT_ITEMS.find(item => item.id === id) ?? {
      id,
      name: { ko: id, en: id },
      allows: { ko: '에뮬레이터가 아직 모르는 항목입니다.', en: 'The emulator does not know this item yet.' },
    }
  );
}

function isAdAccountGroup(name: string): name is AdAccountGroup {
  return Object.hasOwn(AD_ACCOUNT_GROUPS, name);
}
