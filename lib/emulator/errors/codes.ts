/** What is wrong with the app, whoever signs in. */
export const appRefusals = {
  KOE008: {
    title: { ko: '다른 종류의 앱 키', en: 'Another kind of app key' },
    cause: {
      ko: 'client_id가 앱의 키이기는 하지만 REST API 키가 아닙니다.',
      en: 'client_id is a key of the app, and not its REST API key.',
    },
    remedy: {
      ko: '[앱] > [플랫폼 키]에서 REST API 키를 찾아 client_id로 보내세요.',
      en: 'Send the REST API key found under App > Platform key.',
    },
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
  },
  KOE123: {
    title: { ko: '비즈 앱이 아님', en: 'Not a Biz app' },
    cause: { ko: '이 앱은 비즈 앱으로 전환되지 않았습니다.', en: 'This app has not been made a Biz app.' },
    remedy: {
      ko: '[앱] > [일반] > [사업자 정보]에서 비즈 앱으로 전환하세요.',
      en: 'Make it one under App > General > Business information.',
    },
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
  },
  KOE125: {
    title: { ko: '제재된 앱', en: 'The app is sanctioned' },
    cause: {
      ko: '앱이나 앱을 만든 개발자 계정이 카카오의 제재를 받고 있습니다.',
      en: 'Kakao has put a sanction on the app or on its developer.',
    },
    remedy: { ko: '데브톡(DevTalk)에 문의하세요.', en: 'Ask on DevTalk.' },
  },
  KOE126: {
    title: { ko: '허용되지 않은 설정', en: 'Not allowed by the configuration' },
    cause: {
      ko: '앱 설정이 이 요청을 허용하지 않습니다.',
      en: 'The configuration of the app does not allow this request.',
    },
    remedy: {
      ko: '앱의 허용 IP 주소 목록을 확인하세요.',
      en: 'Check the list of allowed IP addresses of the app.',
    },
  },
  KOE127: {
    title: { ko: '허용되지 않은 IP 주소', en: 'IP address not allowed' },
    cause: {
      ko: '앱의 허용 IP 주소 목록에 없는 주소에서 요청했습니다.',
      en: 'The request comes from an address which is not on the list of allowed IP addresses of the app.',
    },
    remedy: {
      ko: '목록에 주소를 추가하거나 목록을 비우세요.',
      en: 'Add the address to the list, or empty the list.',
    },
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
  },
};
