import type { KoreanAndEnglish } from 'passport-kakao-business';
import type { EmulatedApp, EmulatedUser, KakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import { say } from '../language.js';

/** A test user who cannot agree. */
interface IneligibleUser {
  code: string;
  /** Why not. */
  why: KoreanAndEnglish;
  /** How the tour calls the user. */
  called: KoreanAndEnglish;
  user: EmulatedUser;
}

const noAdAccounts = { moment: [], keyword: [] };

export const ineligibleUsers: readonly IneligibleUser[] = [
  {
    code: 'KOE025',
    why: say(
      '카카오비즈니스센터에 가입하지 않은 사용자',
      'A user who is not registered at Kakao Business Center',
    ),
    called: say('최지우', 'Choi Jiwoo'),
    user: {
      id: '1934820571',
      name: '최지우 · 비즈니스센터 미가입 (Choi Jiwoo, not at Business Center)',
      businessCenter: false,
      adAccounts: noAdAccounts,
    },
  },
  {
    code: 'KOE026',
    why: say('서비스를 이용할 수 없는 사용자', 'A user who may not use the service'),
    called: say('정민준', 'Jung Minjun'),
    user: {
      id: '1607735248',
      name: '정민준 · 이용할 수 없는 계정 (Jung Minjun, may not use the service)',
      mayUseService: false,
      adAccounts: noAdAccounts,
    },
  },
  {
    code: 'KOE027',
    why: say('광고계정이 없는 사용자', 'A user without an ad account'),
    called: say('박서연', 'Park Seoyeon'),
    // One of the emulator's own test users.
    user: {
      id: '2874410093',
      name: '박서연 · 광고계정 없음 (Park Seoyeon, no ad accounts)',
      adAccounts: noAdAccounts,
    },
  },
];

const ineligibleApps = {
  KOE005: { testApp: true },
  KOE123: { bizApp: false },
  KOE124: { permissions: [] },
  KOE125: { sanctioned: true },
} satisfies Record<string, Partial<EmulatedApp>>;

/** The client ID of the app that leads to an error page. */
export const ineligibleClientID = (code: keyof typeof ineligibleApps): string => `app-of-the-tour-${code}`;

/** A key of the app that is not its REST API key. */
export const otherKey = 'javascript-key-of-the-tour';

/** Adds the apps, the users and the key to the emulator. A reset of the emulator removes them. */
export function addIneligible({ app, apps, users }: KakaoBusinessEmulator): void {
  for (const code of Object.keys(ineligibleApps) as (keyof typeof ineligibleApps)[]) {
    const clientID = ineligibleClientID(code);
    if (apps.some(each => each.clientID === clientID)) continue;
    apps.push({ ...structuredClone(app), ...ineligibleApps[code], clientID, name: `${app.name} · ${code}` });
  }
  for (const { user } of ineligibleUsers)
    if (!users.some(({ id }) => id === user.id)) users.push(structuredClone(user));
  if (!app.otherKeys.includes(otherKey)) app.otherKeys.push(otherKey);
}
