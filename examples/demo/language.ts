import type { Request, RequestHandler } from 'express';
import type { KoreanAndEnglish } from 'passport-kakao-business';

export type Language = keyof KoreanAndEnglish;

/** A text in both languages; the page selects one. */
export const say = (ko: string, en: string): KoreanAndEnglish => ({ ko, en });

/** The language of a page: chosen with `?lang=` now or earlier, else the browser's, else Korean. */
export function languageOf(req: Request): Language {
  const [, remembered] = /(?:^|; )ad-desk-lang=(\w+)/.exec(req.headers.cookie ?? '') ?? [];
  const wanted = [req.query['lang'], remembered, req.acceptsLanguages('ko', 'en')];
  return wanted.find(isLanguage) ?? 'ko';
}

/** Stores the chosen language in a separate cookie, because the session is renewed at sign-in and sign-out. */
export const rememberLanguage: RequestHandler = (req, res, next) => {
  const chosen = req.query['lang'];
  if (isLanguage(chosen))
    res.cookie('ad-desk-lang', chosen, { sameSite: 'lax', httpOnly: true, secure: req.secure });
  res.vary('Accept-Language').vary('Cookie');
  next();
};

const isLanguage = (value: unknown): value is Language => value === 'ko' || value === 'en';
