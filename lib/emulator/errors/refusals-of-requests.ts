/** What is wrong with the request, or with Kakao, whatever the app. */
export const requestRefusals = {
  KOE003: {
    title: { ko: '일시적인 오류', en: 'Temporary fault' },
    cause: { ko: '카카오 내부에 일시적인 장애가 있습니다.', en: 'Kakao has a temporary fault.' },
    remedy: { ko: '잠시 후 다시 시도하세요.', en: 'Try again in a moment.' },
  },
  KOE201: {
    title: { ko: '지원하지 않는 response_type', en: 'Unsupported response_type' },
    cause: { ko: 'response_type이 code가 아닙니다.', en: 'response_type is something else than code.' },
    remedy: { ko: 'response_type=code로 요청하세요.', en: 'Ask with response_type=code.' },
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
};
