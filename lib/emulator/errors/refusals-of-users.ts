/** Why this user, with an app that is set up well. */
export const userRefusals = {
  KOE005: {
    title: { ko: '테스트 앱의 멤버가 아님', en: 'Not a member of the test app' },
    cause: {
      ko: '이 앱은 테스트 앱이고, 이 카카오계정은 앱 멤버가 아닙니다.',
      en: 'This is a test app, and this Kakao Account is no member of it.',
    },
    remedy: { ko: '[앱] > [멤버]에서 사용자를 추가하세요.', en: 'Add the user under App > Member.' },
  },
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
  },
  KOE026: {
    title: { ko: '서비스를 이용할 수 없는 계정', en: 'The account may not use the service' },
    cause: {
      ko: '이 카카오계정은 지금 이 서비스를 이용할 수 없는 상태입니다.',
      en: 'This Kakao Account may not use the service in its present state.',
    },
    remedy: {
      ko: '사용자가 카카오계정의 상태를 확인해야 합니다.',
      en: 'The user has to check the account with Kakao.',
    },
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
  },
};
