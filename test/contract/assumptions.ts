/** Something that Kakao documents nowhere, and that the code takes for granted all the same. */
export interface Assumption {
  assumes: string;
  /** Where a comment says so, and what has to change when it is wrong. */
  files: readonly string[];
  /** Why a run of the contract cannot settle it. */
  unsettled?: string;
}

/** All that the code marks as `Assumption (id): …`. */
export const assumptions = {
  'authorize-fault-order': {
    assumes: 'an authorize request with several faults is refused for its redirect URI before its other ones',
    files: ['lib/emulator/endpoints/authorization-request.ts'],
  },
  'missing-redirect-uri': {
    assumes: 'a missing redirect_uri is refused like one that is not registered: KOE028',
    files: ['lib/emulator/endpoints/authorization-request.ts'],
  },
  'repeated-parameter': {
    assumes: 'a parameter that is sent twice is refused: KOE233',
    files: ['lib/emulator/endpoints/authorization-request.ts'],
  },
  'missing-scope': {
    assumes: 'a missing scope is refused like a parameter that does not fit: KOE233',
    files: ['lib/emulator/endpoints/scope.ts'],
  },
  'unknown-item': {
    assumes: 'an item that Kakao does not know is refused like one that is not configured: KOE232',
    files: ['lib/emulator/endpoints/scope.ts'],
  },
  'future-items': {
    assumes: 'items that Kakao adds later open no ad accounts',
    files: ['lib/emulator/consent-items.ts'],
    unsettled: 'there are none yet',
  },
  'error-page-status': {
    assumes: "Kakao's own error page comes with HTTP 400",
    files: ['lib/emulator/errors/authorize-error.ts'],
  },
  'resource-ids-list': {
    assumes: 'several resource IDs in one parameter are refused: KOE233',
    files: ['lib/emulator/endpoints/scope.ts'],
  },
  'resource-ids-group': {
    assumes: 'a resource ID of a group that no requested item opens is refused: KOE233',
    files: ['lib/emulator/endpoints/scope.ts'],
  },
  'create-accounts': {
    assumes: 'keyword_create needs resource_ids=keyword:* as moment_create needs moment:*, else KOE233',
    files: ['lib/emulator/endpoints/scope.ts', 'lib/kakao/consent-items.ts'],
  },
  'access-denied': {
    assumes: 'a user who cancels comes back with error=access_denied',
    files: ['lib/emulator/endpoints/consent.ts'],
  },
  'account-choice': {
    assumes: 'the user picks ad accounts on the consent screen unless resource_ids fixed them',
    files: ['lib/emulator/endpoints/consent.ts'],
  },
  'user-refusals': {
    assumes:
      'accounts that may not agree (KOE005, KOE025, KOE026, KOE027) are told so after the consent screen',
    files: ['lib/emulator/endpoints/consent.ts'],
    unsettled: 'needs a Kakao Account without a business, and one outside a test app',
  },
  'assets-where-asked': {
    assumes:
      'who owns no asset is refused (KOE027) where ad accounts are asked for, and not for the email alone',
    files: ['lib/emulator/endpoints/consent.ts'],
    unsettled: 'needs a Kakao Account without an asset',
  },
  'assets-of-any-kind': {
    assumes: 'an ad account of any kind is asset enough to agree to all accounts of a group',
    files: ['lib/emulator/endpoints/consent.ts'],
    unsettled: 'needs a Kakao Account that has ad accounts of the other kind only',
  },
  'code-lifetime': {
    assumes: 'an authorization code and a consent screen are good for about ten minutes',
    files: ['lib/emulator/state.ts', 'lib/strategy/state/session.ts'],
    unsettled: 'needs ten minutes of waiting, and a code of its own',
  },
  'token-check-order': {
    assumes: 'of several faults in a token request, the grant type is named first',
    files: ['lib/emulator/endpoints/token.ts'],
  },
  'token-body-type': {
    assumes: 'a token request in JSON counts as an empty one: KOE310',
    files: ['lib/emulator/endpoints/token.ts'],
  },
  'secret-while-off': {
    assumes: 'a secret is ignored while the Client secret feature is off',
    files: ['lib/emulator/endpoints/token.ts'],
  },
  'other-keys': {
    assumes:
      'a key of another kind, such as the JavaScript key, is refused with KOE009 at the token endpoint',
    files: ['lib/emulator/endpoints/token.ts'],
    unsettled: 'needs a second key of the app, which a run is not given',
  },
  'grant-type-error': {
    assumes: 'KOE310 comes as HTTP 400 with error=invalid_request',
    files: ['lib/emulator/errors/codes.ts'],
  },
  'wrong-key-status': {
    assumes: 'KOE101 comes as HTTP 401 at the token endpoint',
    files: ['lib/emulator/errors/codes.ts'],
  },
  'kauth-rare-errors': {
    assumes:
      'the status and the error of KOE003, KOE009, KOE114, KOE126, KOE127, KOE236 and KOE237; all descriptions',
    files: ['lib/emulator/errors/codes.ts'],
    unsettled: 'needs trouble at Kakao, or an app that is set up wrongly; nothing depends on a description',
  },
  'www-authenticate': {
    assumes: 'the WWW-Authenticate header of a 401 has the scheme Bearer, a realm and the error',
    files: ['lib/emulator/errors/api-errors.ts'],
  },
  'failed-exchange': {
    assumes: 'an exchange with a wrong redirect_uri uses the code up',
    files: ['lib/emulator/endpoints/token.ts'],
  },
  'no-refresh-token': {
    assumes: 'there is neither a refresh_token nor an expires_in',
    files: ['lib/kakao/responses.ts'],
  },
  'token-lifetime': {
    assumes: 'a business token lapses after 180 days without use',
    files: ['lib/emulator/options.ts'],
    unsettled: 'takes half a year',
  },
  quotas: {
    assumes: 'limits on tokens and requests are counted per app and minute',
    files: ['lib/emulator/state.ts'],
    unsettled: 'nobody should use up a quota to learn about it',
  },
  'quota-keeps-code': {
    assumes: 'KOE236 leaves the authorization code as it is',
    files: ['lib/emulator/endpoints/token.ts'],
    unsettled: 'nobody should use up a quota to learn about it',
  },
  'other-requests': {
    assumes: 'the wrong method is HTTP 405, an unknown path 404, a huge body 413',
    files: ['lib/emulator/router.ts'],
  },
  'missing-token': {
    assumes: 'a request without a token is refused like one with a bad token: HTTP 401, -401',
    files: ['lib/emulator/endpoints/business-api.ts'],
  },
  'kapi-check-order': {
    assumes: 'a bad token is named before a bad parameter',
    files: ['lib/emulator/endpoints/business-api.ts'],
  },
  'kapi-parameters': {
    assumes: 'tokeninfo, userinfo and revoke refuse parameters in the URL: -2',
    files: ['lib/emulator/endpoints/business-api.ts'],
  },
  'kapi-rare-errors': {
    assumes: 'the status of -4, -6, -9, -10, -11, -12 and -903; all texts but that of -5',
    files: ['lib/emulator/errors/codes.ts'],
    unsettled: 'needs trouble at Kakao, or an app that is shut out; nothing depends on a text',
  },
  'permission-withdrawn': {
    assumes: 'a permission taken from the app closes tokeninfo and userinfo (-5), and not revoke',
    files: ['lib/emulator/endpoints/business-api.ts'],
    unsettled: 'needs an app that loses its permission while it has a token',
  },
  'user-id': {
    assumes: 'token_user_id of tokeninfo is the ID of the user',
    files: ['lib/strategy/profile.ts'],
  },
  'user-id-type': {
    assumes: 'token_user_id is a JSON integer',
    files: ['lib/emulator/endpoints/business-api.ts'],
  },
  'tokeninfo-members': {
    assumes: 'tokeninfo answers token_user_id and a list biz_agreements',
    files: ['lib/kakao/responses.ts', 'lib/emulator/endpoints/business-api.ts'],
  },
  'tokeninfo-rest': {
    assumes: 'nobody needs the id and the status that tokeninfo is said to answer besides',
    files: ['lib/emulator/endpoints/business-api.ts'],
    unsettled: 'nothing depends on them',
  },
  'agreement-members': {
    assumes: 'an entry of biz_agreements has group, scope and ad_account_ids',
    files: ['lib/kakao/responses.ts'],
  },
  'agreement-types': {
    assumes: 'biz_agreements has one entry for each group, its scope a list, its IDs JSON integers or ["*"]',
    files: ['lib/emulator/endpoints/business-api.ts'],
  },
  'group-names': {
    assumes:
      'the groups of ad accounts are moment and keyword in resource_ids, MOMENT and KEYWORD in tokeninfo',
    files: ['lib/emulator/consent-items.ts', 'lib/kakao/consent-items.ts'],
  },
  'email-member': {
    assumes: 'userinfo answers the email as its member email',
    files: ['lib/emulator/endpoints/business-api.ts'],
  },
  'email-place': {
    assumes:
      'userinfo has the email in a member email, biz_account_email or account_email, at the top or one level down',
    files: ['lib/strategy/profile.ts'],
  },
  'revoke-body': {
    assumes: 'revoke answers with no body',
    files: ['lib/emulator/endpoints/business-api.ts'],
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionID = keyof typeof assumptions;

/** Every assumption with its ID. */
export const allAssumptions: readonly (Assumption & { id: AssumptionID })[] = Object.keys(assumptions)
  .filter(isAssumptionID)
  .map(id => ({ id, ...assumptions[id] }));

function isAssumptionID(id: string): id is AssumptionID {
  return Object.hasOwn(assumptions, id);
}
