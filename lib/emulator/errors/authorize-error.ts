import type { Bilingual } from '../consent-catalog.js';
import { appRefusals } from './codes.js';
import { requestRefusals } from './refusals-of-requests.js';
import { userRefusals } from './refusals-of-users.js';

/** What Kakao tells on a page of its own, so that the app never hears of it. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** What in this very request it was. */
  readonly detail: Bilingual;
  /** The line of a program that puts it right in the emulator, where that is another place than at Kakao. */
  readonly fix: string | undefined;

  constructor(code: RefusalCode, detail: Bilingual, fix?: string) {
    const { cause, remedy } = explanationOf(code);
    super(`${code}: ${cause.en} (${detail.en}) ${remedy.en}`);
    this.code = code;
    this.detail = detail;
    this.fix = fix;
  }
}

/** A code of Kakao's own error page, at `authorize`. */
export type RefusalCode =
  | 'KOE003'
  | 'KOE005'
  | 'KOE008'
  | 'KOE025'
  | 'KOE026'
  | 'KOE027'
  | 'KOE028'
  | 'KOE101'
  | 'KOE123'
  | 'KOE124'
  | 'KOE125'
  | 'KOE126'
  | 'KOE127'
  | 'KOE201'
  | 'KOE232'
  | 'KOE233';

/** What the error page says about a code. */
interface Explanation {
  title: Bilingual;
  cause: Bilingual;
  remedy: Bilingual;
}

const refusals: Record<RefusalCode, Explanation> = { ...appRefusals, ...userRefusals, ...requestRefusals };

export const explanationOf = (code: RefusalCode): Explanation => refusals[code];

export const refusalCodes: readonly RefusalCode[] = Object.keys(refusals).filter(isRefusalCode).sort();

export function isRefusalCode(code: unknown): code is RefusalCode {
  return typeof code === 'string' && Object.hasOwn(refusals, code);
}
