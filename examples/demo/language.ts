import type { Request, RequestHandler } from 'express';
import type { KoreanAndEnglish } from 'passport-kakao-business';

export type Language = keyof KoreanAndEnglish;

/** A text of this app. Both languages stand side by side where it is used; the page picks one. */
export const say = (ko: string, en: string): KoreanAndEnglish => ({ ko, en });

/** The language of a page: the one chosen with `?lang=`, now or before; else the browser's; else Korean. */
export function languageOf(req: Request): Language {
  const [, remembered] = /(?:^|; )ad-desk-lang=(\w+)/.exec(req.headers.cookie ?? '') ?? [];
  const wanted = [req.query['lang'], remembered, req.acceptsLanguages('ko', 'en')];
  return wanted.find(isLanguage) ?? 'ko';
}

/** Keeps what was chosen: in a cookie of its own, since a session ends with every sign-in and sign-out. */
export const rememberLanguage: RequestHandler = (req, res, next) => {
  const chosen = req.query['lang'];
  if (isLanguage(chosen))
    res.cookie('ad-desk-lang', chosen, { sameSite: 'lax', httpOnly: true, secure: req.secure });
  res.vary('Accept-Language').vary('Cookie');
  next();
};

const isLanguage = (value: unknown): value is Language => value === 'ko' || value === 'en';
