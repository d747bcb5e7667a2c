import type { Reply } from '../http/response.js';
import { refusalPage } from '../pages/error-page.js';
import type { EmulatedEndpoint } from '../paths.js';
import { type KapiErrorCode, kapiErrorCodes, kapiErrorReply } from './api-errors.js';
import { isRefusalCode, Refusal, type RefusalCode, refusalCodes } from './authorize-error.js';
import { isKauthErrorCode, type KauthErrorCode, kauthErrorCodes, kauthErrorReply } from './kauth-errors.js';

/** A code of Kakao's: KOE… at `authorize` and `token`, a negative number, or its text, at the endpoints that take a token. */
export type EmulatedErrorCode = RefusalCode | KauthErrorCode | KapiErrorCode | `${KapiErrorCode}`;

/** Answers with a code as Kakao does there; undefined where Kakao does not answer that code. */
export function errorReply(endpoint: EmulatedEndpoint, code: EmulatedErrorCode): Reply | undefined {
  if (endpoint === 'authorize')
    return isRefusalCode(code) ? refusalPage(new Refusal(code, asked)) : undefined;
  if (endpoint === 'token') return isKauthErrorCode(code) ? kauthErrorReply(code) : undefined;
  const kapiCode = kapiErrorCodes.find(known => String(known) === String(code));
  return kapiCode && kapiErrorReply(kapiCode);
}

/** The codes that an endpoint can be made to answer. */
export function errorCodesOf(endpoint: EmulatedEndpoint): readonly EmulatedErrorCode[] {
  if (endpoint === 'authorize') return refusalCodes;
  return endpoint === 'token' ? kauthErrorCodes : kapiErrorCodes;
}

const asked = {
  ko: '이 오류로 응답하도록 예약되어 있었습니다.',
  en: 'The emulator was told to answer this.',
};
