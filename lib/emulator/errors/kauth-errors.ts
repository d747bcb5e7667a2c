import { jsonReply, type Reply } from '../http/response.js';

/** A code of `token`. */
export type KauthErrorCode =
  | 'KOE003'
  | 'KOE009'
  | 'KOE010'
  | 'KOE101'
  | 'KOE114'
  | 'KOE126'
  | 'KOE127'
  | 'KOE236'
  | 'KOE237'
  | 'KOE303'
  | 'KOE310'
  | 'KOE320';

interface KauthError {
  status: number;
  error: string;
  description: string;
}

// Assumption (kauth-rare-errors, grant-type-error, wrong-key-status): every description; the status and the OAuth error of
// KOE003, KOE009, KOE114, KOE126, KOE127 and KOE310; and, where others report 400 besides, the 401 of KOE101 and the 429 of
// KOE236 and KOE237.
const kauthErrors: Record<KauthErrorCode, KauthError> = {
  KOE003: { status: 500, error: 'server_error', description: 'Temporary fault' },
  KOE009: { status: 400, error: 'invalid_client', description: 'Not the REST API key of the app' },
  KOE010: { status: 401, error: 'invalid_client', description: 'Bad client credentials' },
  KOE101: { status: 401, error: 'invalid_client', description: 'Not exist client_id' },
  KOE114: {
    status: 400,
    error: 'invalid_grant',
    description: 'The app key is not that of the authorization request',
  },
  KOE126: { status: 403, error: 'unauthorized_client', description: 'Not allowed by the configuration' },
  KOE127: { status: 403, error: 'unauthorized_client', description: 'IP address not allowed' },
  KOE236: { status: 429, error: 'invalid_request', description: 'Too many tokens' },
  KOE237: { status: 429, error: 'invalid_request', description: 'Too many token requests' },
  KOE303: { status: 400, error: 'invalid_grant', description: 'Redirect URI mismatch' },
  KOE310: { status: 400, error: 'invalid_request', description: 'Unsupported grant_type' },
  KOE320: { status: 400, error: 'invalid_grant', description: 'authorization code not found' },
};

export const kauthErrorCodes: readonly KauthErrorCode[] = Object.keys(kauthErrors).filter(isKauthErrorCode);

export function isKauthErrorCode(code: unknown): code is KauthErrorCode {
  return typeof code === 'string' && Object.hasOwn(kauthErrors, code);
}

/** How the token endpoint says no. */
export function kauthErrorReply(code: KauthErrorCode, about = '', retryAfter?: number): Reply {
  const { status, error, description } = kauthErrors[code];
  return jsonReply(
    status,
    { error, error_description: description + about, error_code: code },
    {
      code,
      headers: {
        // Assumption (www-authenticate): a 401 has this header; what stands in it is not known.
        ...(status === 401 && { 'www-authenticate': `Bearer realm="oauth", error="${error}"` }),
        ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }),
      },
    },
  );
}
