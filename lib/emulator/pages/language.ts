import type { IncomingHttpHeaders } from 'node:http';
import type { KoreanAndEnglish } from '../consent-items.js';

/** The language that a page shows first. The switch on the page changes it without a request. */
export type Language = keyof KoreanAndEnglish;

/** The cookie with the language that was chosen. */
export const LANGUAGE_COOKIE = 'kakao-emulator-language';

/** The language that was chosen before, else that of the browser, else Korean. */
export function languageOf({ cookie = '', 'accept-language': accepted }: IncomingHttpHeaders): Language {
  const chosen = cookie
    .split('; ')
    .find(pair => pair.startsWith(`${LANGUAGE_COOKIE}=`))
    ?.slice(LANGUAGE_COOKIE.length + 1);
  return isLanguage(chosen) ? chosen : (preferred(accepted) ?? 'ko');
}

/** The first of the two languages in an Accept-Language header, by weight. */
function preferred(accepted = ''): Language | undefined {
  return accepted
    .split(',')
    .map(range => {
      const [, language, weight = '1'] = /^\s*([a-z]+)[^;]*(?:;\s*q=([\d.]+))?/i.exec(range) ?? [];
      return { language: language?.toLowerCase(), weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language)
    .find(isLanguage);
}

const isLanguage = (value: unknown): value is Language => value === 'ko' || value === 'en';
