import type { Bilingual } from '../consent-catalog.js';

/** What Kakao's error page says about a code. */
export interface Explanation {
  title: Bilingual;
  cause: Bilingual;
  remedy: Bilingual;
}
