import type { AssetGroup } from './consent-catalog.js';

/** An ad account of a test user. */
export interface EmulatedAdAccount {
  /** Decimal digits. May exceed 2^53: the emulator writes it exactly. */
  id: string;
  /** What the consent screen shows. */
  name: string;
}

/** Somebody who can be chosen on the emulator's consent screen. */
export interface EmulatedUser {
  /** Decimal digits, answered by tokeninfo as the JSON number `token_user_id`. May exceed 2^53: the emulator writes it exactly. */
  id: string;
  /** The primary email of the Kakao Account. Leave it out for an account that has none. */
  email?: string;
  /** What the consent screen shows; no endpoint answers it. */
  name: string;
  /** What the user can hand to the app. Without any, a request for ad accounts ends in KOE027. */
  adAccounts: { moment: EmulatedAdAccount[]; keyword: EmulatedAdAccount[] };
  /** `false` for an account that is not registered at Kakao Business Center: its consent ends in KOE025. Default `true`. */
  businessCenter?: boolean;
  /** `false` for an account that may not use the service: its consent ends in KOE026. Default `true`. */
  mayUseService?: boolean;
}

/** The test users of an emulator that was started without any. The first ID is beyond 2^53, the second user has no email. */
export function sampleUsers(): EmulatedUser[] {
  return [
    {
      id: '9007199254740993',
      email: 'haneul.kim@example.com',
      name: '김하늘 (Kim Haneul)',
      adAccounts: {
        moment: [
          { id: '482913', name: '하늘커피 브랜드 캠페인 (Haneul Coffee, brand)' },
          { id: '482914', name: '하늘커피 신메뉴 (Haneul Coffee, new menu)' },
        ],
        keyword: [{ id: '731205', name: '하늘커피 검색광고 (Haneul Coffee, search)' }],
      },
    },
    {
      id: '3120457786',
      name: '이도윤 · 이메일 없음 (Lee Doyun, no email)',
      adAccounts: {
        moment: [{ id: '9223372036854775807', name: '도윤상회 쇼핑 (Doyun Store, shopping)' }],
        keyword: [],
      },
    },
    {
      id: '2874410093',
      email: 'seoyeon.park@example.com',
      name: '박서연 · 광고계정 없음 (Park Seoyeon, no ad accounts)',
      adAccounts: { moment: [], keyword: [] },
    },
  ];
}

/** The ad accounts of one group which a request leaves open: all, or those whose ID it names. */
export function offeredAccounts(
  user: EmulatedUser,
  group: AssetGroup,
  only: readonly string[] | undefined,
): EmulatedAdAccount[] {
  return user.adAccounts[group].filter(account => only?.includes(account.id) ?? true);
}
