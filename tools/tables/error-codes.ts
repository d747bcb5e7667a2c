import { describeError, hints } from '../../lib/kakao/error-codes.js';
import type { Language } from './markdown.js';
import { toCode, toTable } from './markdown.js';

/** Kakao's error codes: a row for each hint, with the codes that have it and their flags. */
export function listErrorCodes(language: Language): string {
  const rows = new Map<string, { codes: string[]; error: ReturnType<typeof describeError> }>();
  const add = (code: string, error: ReturnType<typeof describeError>): void => {
    const row = rows.get(error.hint) ?? { codes: [], error };
    row.codes.push(code);
    rows.set(error.hint, row);
  };
  for (const code of Object.values(hints).flatMap(byCode => Object.keys(byCode))) {
    const codes = /^(?:KOE|-)/.test(code) ? { errorCode: code } : { error: code };
    const usual = describeError(codes);
    add(toCode(code), usual);
    for (const endpoint of ['moment', 'keywordAd'] as const) {
      const error = describeError({ endpoint, ...codes });
      if (error.hint !== usual.hint) add(`${toCode(code)} (${toCode(endpoint)})`, error);
    }
  }
  return toTable(
    language,
    [{ ko: '코드', en: 'code' }, '', { ko: '`error.hints.ko`', en: '`error.hint`' }],
    [...rows.values()].map(({ codes, error: { retryable, needsConsent, hints } }) => [
      codes.join(' '),
      toCode(...(retryable ? ['retryable'] : []), ...(needsConsent ? ['needsConsent'] : [])),
      hints,
    ]),
  );
}
