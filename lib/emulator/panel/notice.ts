import type { KoreanAndEnglish } from '../consent-items.js';
import { bilingual, type HTML, html } from '../pages/html.js';

/** What is wrong with a submitted form, in the words of the page. */
export function noticeOf(reason: string): HTML {
  const words = WORDS.find(([pattern]) => pattern.test(reason))?.[1];
  const text = words ? bilingual(words) : html`<span lang="en">${reason}</span>`;
  return html`<p class="notice" role="alert" tabindex="-1" autofocus>${text}</p>`;
}

// The mistakes that the forms allow. Their reasons name members of the API, which the page does not show.
const WORDS: readonly [reason: RegExp, words: KoreanAndEnglish][] = [
  [/a fault needs/, { ko: '하나 이상 입력하거나 선택하세요.', en: 'Fill in at least one field.' }],
  [
    /only one of code, error and body/,
    {
      ko: '카카오 코드와 앱으로 돌려보낼 오류 중 하나만 선택하세요.',
      en: 'Choose either Kakao’s code or an error sent to the app.',
    },
  ],
  [
    /only one of drop and hang/,
    {
      ko: '연결 끊기와 응답하지 않기 중 하나만 선택하세요.',
      en: 'Choose either to close the connection or to never respond.',
    },
  ],
  [
    /sends no response/,
    {
      ko: '응답하지 않을 때는 코드, 상태 코드, Retry-After를 비워 두세요.',
      en: 'Without a response, leave the code, the status and Retry-After empty.',
    },
  ],
  [
    /sent by a redirect/,
    {
      ko: '앱으로 돌려보낼 오류에는 HTTP 상태 코드를 지정할 수 없습니다.',
      en: 'An error sent to the app has no HTTP status: leave it empty.',
    },
  ],
  [
    /the path must be/,
    {
      ko: '경로는 /openapi/v4/ 또는 /openapi/v1/로 시작해야 하며, 쿼리를 포함할 수 없습니다.',
      en: 'The path must start with /openapi/v4/ or /openapi/v1/, and have no query.',
    },
  ],
  [
    /answer must be JSON/,
    { ko: '응답 본문은 JSON이어야 합니다.', en: 'The body of the response must be JSON.' },
  ],
];
