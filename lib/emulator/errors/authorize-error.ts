import type { KoreanAndEnglish } from '../consent-items.js';
import { HttpError } from '../http/response.js';
import { type AuthorizeErrorCode, ERROR_PAGES } from './codes.js';

/** An error that Kakao shows on its own page, without a redirect to the app. */
export class AuthorizeError extends HttpError {
  // Assumption (error-page-status): the page is an HTTP 400. It was observed that the page is Kakao's, and not a
  // redirect.
  status = 400;
  override readonly code: AuthorizeErrorCode;
  /** The cause in this request. */
  readonly detail: KoreanAndEnglish;
  /** The statement that fixes the error in the emulator, if that is not done at Kakao. */
  readonly fix: string | undefined;

  constructor(code: AuthorizeErrorCode, detail: KoreanAndEnglish, fix?: string) {
    const { cause, remedy } = ERROR_PAGES[code];
    super(`${code}: ${cause.en} (${detail.en}) ${remedy.en}`);
    this.code = code;
    this.detail = detail;
    this.fix = fix;
  }
}
