import type { Bilingual } from './consent-catalog.js';

/** What Kakao tells on a page of its own, so that the app never hears of it. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** What in this very request it was. */
  readonly detail: Bilingual;
  /** The value it is about, for the line that puts it right. */
  readonly value: string;

  constructor(code: RefusalCode, detail: Bilingual, value = '…') {
    const { cause, remedy } = explanationOf(code);
    // What was sent as client_id and is no key can be anything, a secret too: a message goes further than the page.
    super(`${code}: ${code === 'KOE101' ? cause.en : detail.en} ${remedy.en}`);
    this.code = code;
    this.detail = detail;
    this.value = value;
  }
}

export type RefusalCode = keyof typeof refusals;

interface Explanation {
  title: Bilingual;
  cause: Bilingual;
  remedy: Bilingual;
  /** How to put it right in the emulator, where that is another place than at Kakao. */
  here?: (value: string) => string;
}

const refusals = {
  KOE025: {
    title: { ko: '비즈니스 센터 미등록', en: 'Not registered at Business Center' },
    cause: {
      ko: '이 카카오계정은 카카오비즈니스센터에 등록되지 않았습니다.',
      en: 'This Kakao Account is not registered at Kakao Business Center.',
    },
    remedy: {
      ko: '사용자가 카카오비즈니스센터에 먼저 가입해야 합니다.',
      en: 'The user has to join Kakao Business Center first.',
    },
    here: id => `emulator.users.find(user => user.id === ${JSON.stringify(id)}).businessCenter = true`,
  },
  KOE027: {
    title: { ko: '비즈니스 자산 없음', en: 'No business asset' },
    cause: {
      ko: '이 카카오계정에는 요청에 맞는 광고계정이 없습니다.',
      en: 'This Kakao Account owns no ad account that fits the request.',
    },
    remedy: {
      ko: '사용자가 광고계정을 먼저 만들어야 합니다.',
      en: 'The user has to create an ad account first.',
    },
    here: id =>
      `emulator.users.find(user => user.id === ${JSON.stringify(id)}).adAccounts.moment.push({ id: "…", name: "…" })`,
  },
  KOE028: {
    title: { ko: '등록되지 않은 Redirect URI', en: 'Redirect URI not registered' },
    cause: {
      ko: '비즈니스 인증용 Redirect URI 목록에 없는 주소로 요청했습니다.',
      en: 'The request names an address which is not on the list of business redirect URIs.',
    },
    remedy: {
      ko: '[앱] > [플랫폼 키] > [REST API 키]에서 비즈니스 인증 Redirect URI를 등록하세요. 카카오 로그인 목록과는 별개입니다.',
      en: 'Register it under App > Platform key > REST API key, in the list for Business Authentication. Kakao Login has another one.',
    },
    here: uri => `emulator.app.redirectURIs.push(${JSON.stringify(uri)})`,
  },
  KOE101: {
    title: { ko: '잘못된 앱 키', en: 'Wrong app key' },
    cause: {
      ko: 'client_id가 앱의 REST API 키와 다릅니다.',
      en: 'client_id is not the REST API key of an app.',
    },
    remedy: {
      ko: '[앱] > [플랫폼 키]의 REST API 키를 client_id로 보내세요.',
      en: 'Send the REST API key found under App > Platform key.',
    },
    here: () => 'clientID: emulator.app.clientID',
  },
  KOE124: {
    title: { ko: '앱 권한 없음', en: 'The app lacks a permission' },
    cause: {
      ko: '요청한 동의항목에 필요한 권한을 앱이 아직 받지 못했습니다.',
      en: 'A requested consent item needs a permission that was not granted to the app.',
    },
    remedy: {
      ko: '[추가 기능 신청]에서 카카오모먼트 권한을 신청하고 승인을 받으세요.',
      en: 'Apply for Kakao Moment with Request additional feature and wait for the approval.',
    },
    here: permission => `emulator.app.permissions.push(${JSON.stringify(permission)})`,
  },
  KOE201: {
    title: { ko: '지원하지 않는 response_type', en: 'Unsupported response_type' },
    cause: { ko: 'response_type이 code가 아닙니다.', en: 'response_type is something else than code.' },
    remedy: { ko: 'response_type=code로 요청하세요.', en: 'Ask with response_type=code.' },
  },
  KOE232: {
    title: { ko: '설정되지 않은 동의항목', en: 'Consent item not configured' },
    cause: {
      ko: 'scope에 앱에서 설정하지 않은 동의항목이 있습니다.',
      en: 'scope names a consent item that is not configured for the app.',
    },
    remedy: {
      ko: '[비즈니스 인증] > [동의항목]에서 설정하세요. 항목 ID는 공백이 아니라 쉼표로 구분합니다.',
      en: 'Configure it under Business Authentication > Consent Items. Item IDs are joined by commas, not spaces.',
    },
    here: item => `emulator.app.consentItems.push(${JSON.stringify(item)})`,
  },
  KOE233: {
    title: { ko: '잘못된 매개변수', en: 'Parameter not accepted' },
    cause: {
      ko: '지원하지 않거나 형식이 다른 매개변수가 있거나, 필요한 매개변수가 빠졌습니다.',
      en: 'A parameter is not supported, is malformed, or is missing beside another one.',
    },
    remedy: {
      ko: '문서에 있는 매개변수만 보내세요. *_create에는 resource_ids=moment:* 또는 keyword:* 를 함께 보내고, 값마다 키를 반복합니다.',
      en: 'Send documented parameters only. Beside a *_create item send resource_ids=moment:* or keyword:*, repeating the key for each value.',
    },
  },
} satisfies Record<string, Explanation>;

/** What the error page says about a code. */
export const explanationOf = (code: RefusalCode): Explanation => refusals[code];
