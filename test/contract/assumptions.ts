import { filesMarking } from './assumption-marks.js';

/** A behaviour that Kakao does not document and that the code relies on. */
export interface Assumption {
  assumes: string;
  /** Why a run of the contract cannot settle it. */
  unsettled?: string;
}

/** Every assumption that a comment in lib/ marks as `Assumption (id): …`. */
export const assumptions = {
  'authorize-fault-order': {
    assumes: 'an authorization request with several faults fails for its redirect URI first',
  },
  'missing-redirect-uri': {
    assumes: 'a missing redirect_uri fails like an unregistered one: KOE028',
  },
  'repeated-parameter': {
    assumes: 'a repeated parameter fails with KOE233',
  },
  'missing-scope': {
    assumes: 'a missing scope fails like an invalid parameter: KOE233',
  },
  'unknown-item': {
    assumes: 'an unknown consent item fails like one that is not configured: KOE232',
  },
  'future-items': {
    assumes: 'consent items that Kakao adds later give access to no ad accounts',
    unsettled: 'there are none yet',
  },
  'error-page-status': {
    assumes: "Kakao's own error page comes with HTTP 400",
  },
  'resource-ids-list': {
    assumes: 'several resource IDs in one parameter fail with KOE233',
  },
  'resource-ids-group': {
    assumes: 'a resource ID of a group without a requested item fails with KOE233',
  },
  'create-accounts': {
    assumes: 'keyword_create requires resource_ids=keyword:* as moment_create requires moment:*, else KOE233',
  },
  'access-denied': {
    assumes: 'cancelling returns error=access_denied',
  },
  'account-choice': {
    assumes: 'the user picks ad accounts on the consent screen unless resource_ids fixed them',
  },
  'user-errors': {
    assumes: 'KOE005, KOE025, KOE026 and KOE027 are shown after the consent screen',
    unsettled: 'needs a Kakao Account without a business, and one outside a test app',
  },
  'assets-where-asked': {
    assumes: 'a user without an asset gets KOE027 for ad account items, and not for the email alone',
    unsettled: 'needs a Kakao Account without an asset',
  },
  'assets-of-any-kind': {
    assumes: 'an ad account of any kind is enough to agree to all accounts of a group',
    unsettled: 'needs a Kakao Account that has ad accounts of the other kind only',
  },
  'code-lifetime': {
    assumes: 'an authorization code and a consent screen are valid for about ten minutes',
    unsettled: 'takes ten minutes and another code',
  },
  'token-check-order': {
    assumes: 'a token request with several faults fails for its grant type first',
  },
  'token-body-type': {
    assumes: 'a token request in JSON counts as an empty one: KOE310',
  },
  'secret-while-off': {
    assumes: 'a secret is ignored while the Client secret feature is off',
  },
  'other-keys': {
    assumes: 'the token endpoint rejects other keys, such as the JavaScript key, with KOE009',
    unsettled: 'needs a second key of the app, which a run does not have',
  },
  'grant-type-error': {
    assumes: 'KOE310 comes as HTTP 400 with error=invalid_request',
  },
  'wrong-key-status': {
    assumes: 'KOE101 comes as HTTP 401 at the token endpoint',
  },
  'kauth-rare-errors': {
    assumes:
      'the status and the error of KOE003, KOE009, KOE114, KOE126, KOE127, KOE236 and KOE237; all descriptions',
    unsettled: 'needs a fault of Kakao or a misconfigured app; nothing depends on a description',
  },
  'www-authenticate': {
    assumes: 'the WWW-Authenticate header of a 401 has the scheme Bearer, a realm and the error',
  },
  'failed-exchange': {
    assumes: 'a code exchange with a wrong redirect_uri uses up the code',
  },
  'no-refresh-token': {
    assumes: 'there is neither a refresh_token nor an expires_in',
  },
  'token-lifetime': {
    assumes: 'a business token expires after 180 days without use',
    unsettled: 'takes 180 days',
  },
  quotas: {
    assumes: 'limits on tokens and requests are counted per app and minute',
    unsettled: 'would use up a quota',
  },
  'quota-keeps-code': {
    assumes: 'KOE236 does not use up the authorization code',
    unsettled: 'would use up a quota',
  },
  'other-requests': {
    assumes: 'a wrong method returns HTTP 405, an unknown path 404, a huge body 413',
  },
  'missing-token': {
    assumes: 'a request without a token fails like one with a bad token: HTTP 401, -401',
  },
  'kapi-check-order': {
    assumes: 'a bad token is reported before a bad parameter',
  },
  'kapi-parameters': {
    assumes: 'tokeninfo, userinfo and revoke reject parameters in the URL: -2',
  },
  'kapi-rare-errors': {
    assumes: 'the status of -4, -6, -9, -10, -11, -12 and -903; all texts but that of -5',
    unsettled: 'needs a fault of Kakao or a blocked app; nothing depends on a text',
  },
  'permission-withdrawn': {
    assumes: 'without the permission of the app, tokeninfo and userinfo fail with -5, and revoke works',
    unsettled: 'needs an app that loses a permission while it has a token',
  },
  'user-id': {
    assumes: 'token_user_id of tokeninfo is the ID of the user',
  },
  'user-id-type': {
    assumes: 'token_user_id is a JSON integer',
  },
  'tokeninfo-members': {
    assumes: 'tokeninfo returns token_user_id and a list biz_agreements',
  },
  'tokeninfo-rest': {
    assumes: 'the id and the status that tokeninfo is reported to return are not needed',
    unsettled: 'nothing depends on them',
  },
  'agreement-members': {
    assumes: 'an entry of biz_agreements has group, scope and ad_account_ids',
  },
  'agreement-types': {
    assumes: 'biz_agreements has one entry for each group, its scope a list, its IDs JSON integers or ["*"]',
  },
  'group-names': {
    assumes:
      'the groups of ad accounts are moment and keyword in resource_ids, MOMENT and KEYWORD in tokeninfo',
  },
  'email-member': {
    assumes: 'userinfo returns the email as its member email',
  },
  'email-place': {
    assumes:
      'userinfo has the email in a member email, biz_account_email or account_email, at the top or one level down',
  },
  'revoke-body': {
    assumes: 'revoke returns no body',
  },
  'ad-check-order': {
    assumes:
      'an ad API checks the token, the permission, the consent item, the ad account and the quota in this order',
  },
  'ad-items': {
    assumes:
      'POST adAccounts needs *_create, DELETE *_delete, Business Forms moment_bizform_result_read, other requests *_management',
    unsettled: 'would create or delete something',
  },
  'ad-account-header': {
    assumes:
      'all requests but those to adAccounts and adAccounts/pages need the header adAccountId; without it they fail like for an ad account without rights',
  },
  'ad-no-right': {
    assumes: 'Keyword Ad answers -820 with the detail 9004 where Kakao Moment answers -813 with it',
  },
  'ad-accounts-listed': {
    assumes: 'the list of ad accounts has all ad accounts of the user, also those without consent',
    unsettled: 'needs a user who agrees to some ad accounts only',
  },
  'ad-list-parameters': {
    assumes: 'an invalid page, size or config of the list of ad accounts fails with -2',
  },
  'ad-list-size': {
    assumes: 'the list of ad accounts accepts any size',
    unsettled: 'needs more ad accounts than the largest page has',
  },
  'ad-list-end': {
    assumes: 'a page past the last of the list of ad accounts is empty',
  },
  'ad-list-number': {
    assumes: 'the member number, which Kakao Moment is reported to return beside page, is not needed',
    unsettled: 'nothing depends on it',
  },
  'ad-account-members': {
    assumes: 'a single ad account has the members that it has in the list',
  },
  'ad-quota-response': {
    assumes: 'an ad API over its quota sends no Retry-After and no details in extras',
    unsettled: 'would use up a quota',
  },
  'ad-rare-errors': {
    assumes: 'the texts of the ad APIs but those of -5, -10 and -813; that Kakao Moment has -1 too',
    unsettled: 'needs a fault of Kakao or a blocked app; nothing depends on a text',
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionID = keyof typeof assumptions;

/** An assumption with its ID and the files that mark it, which must change if it is wrong. */
export interface MarkedAssumption extends Assumption {
  id: AssumptionID;
  files: readonly string[];
}

/** Every assumption, in the order of the catalogue. */
export const allAssumptions: readonly MarkedAssumption[] = Object.keys(assumptions)
  .filter(isAssumptionID)
  .map(id => ({ id, ...assumptions[id], files: filesMarking(id) }));

function isAssumptionID(id: string): id is AssumptionID {
  return Object.hasOwn(assumptions, id);
}
