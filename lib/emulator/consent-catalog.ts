/** A text of the emulator's pages. */
export interface Bilingual {
  ko: string;
  en: string;
}

// Assumption (group-names): `moment` was seen in `resource_ids`, and `MOMENT` is reported of tokeninfo; `keyword` follows the
// names of the consent items.
/** A kind of ad account, as it is spelled in `resource_ids`; in the answer of tokeninfo in capitals. */
export type AssetGroup = 'moment' | 'keyword';

export const assetGroups: readonly AssetGroup[] = ['moment', 'keyword'];

/** A business consent item: what an app can ask for in `scope`. */
export interface CatalogItem {
  id: string;
  name: Bilingual;
  allows: Bilingual;
  /** The ad accounts it opens; none for personal information. */
  group?: AssetGroup;
  /** Kakao grants it for every account of the group or not at all. */
  allAccountsOnly?: true;
  /** What Kakao must have granted to the app before the item can be asked for. */
  permission?: string;
}

// Assumption (future-items): an item Kakao may add later opens no ad accounts. An app can list one in `consentItems` all the
// same.
export function catalogItem(id: string): CatalogItem {
  return (
    consentCatalog.find(item => item.id === id) ?? {
      id,
      name: { ko: id, en: id },
      allows: { ko: '에뮬레이터가 아직 모르는 항목입니다.', en: 'An item this emulator does not know yet.' },
    }
  );
}

// The permission is Kakao's, this name for it is ours.
const momentPermission = 'kakao_moment';

export const consentCatalog: readonly CatalogItem[] = [
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
    allows: { ko: '카카오모먼트 광고계정을 새로 만듭니다.', en: 'Open new Kakao Moment ad accounts.' },
    group: 'moment',
    allAccountsOnly: true,
    permission: momentPermission,
  },
  {
    id: 'moment_management',
    name: { ko: '카카오모먼트 광고계정 운영', en: 'Run Kakao Moment ad accounts' },
    allows: {
      ko: '캠페인과 소재를 조회하고 수정합니다. 생성과 삭제는 제외됩니다.',
      en: 'View and change campaigns and creatives; no new accounts, no deletion.',
    },
    group: 'moment',
    permission: momentPermission,
  },
  {
    id: 'moment_delete',
    name: { ko: '카카오모먼트 광고계정 설정 삭제', en: 'Delete Kakao Moment ad account settings' },
    allows: {
      ko: '광고계정 안의 설정을 지웁니다. 광고계정은 지워지지 않습니다.',
      en: 'Remove settings inside an ad account, never the account.',
    },
    group: 'moment',
    permission: momentPermission,
  },
  {
    id: 'moment_bizform_result_read',
    name: { ko: '비즈니스폼+ 응답 결과 조회', en: 'Get Business Form+ response' },
    allows: {
      ko: '비즈니스폼+에 제출된 응답을 읽습니다.',
      en: 'Read what people answered in Business Form+.',
    },
    group: 'moment',
    permission: momentPermission,
  },
  {
    id: 'keyword_create',
    name: { ko: '키워드광고 광고계정 생성', en: 'Create Keyword Ad account' },
    allows: { ko: '키워드광고 광고계정을 새로 만듭니다.', en: 'Open new Keyword Ad accounts.' },
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
