import type { KoreanAndEnglish } from '../consent-items.js';
import { HttpError } from '../http/response.js';
import { type AuthorizeErrorCode, ERROR_PAGES } from './codes.js';
import type { Fix } from './fix.js';

/** An error that Kakao shows on its own page, without a redirect to the app. */
export class AuthorizeError extends HttpError {
  // Assumption (error-page-status): the page is an HTTP 400. It was observed that the page is Kakao's, and not a
  // redirect.
  status = 400;
  override readonly code: AuthorizeErrorCode;
  /** The cause in this request. */
  readonly detail: KoreanAndEnglish;
  /** What mends the error in the emulator, if something there does. */
  readonly fix: Fix | undefined;

  constructor(code: AuthorizeErrorCode, detail: KoreanAndEnglish, fix?: Fix) {
    const { cause, remedy } = ERROR_PAGES[code];
    const reason = `${cause.en} (${detail.en})`;
    super(`${code}: ${reason} ${remedy.en}`, reason);
    this.code = code;
    this.detail = detail;
    this.fix = fix;
  }
}
