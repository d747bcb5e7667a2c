import { filesMarking } from './assumption-marks.js';

/** A behaviour that Kakao does not document and that the code relies on. */
export interface Assumption {
  /** A sentence for docs/emulator.md and for the report. */
  en: string;
  /** The same for docs/emulator.ko.md. */
  ko: string;
  /** Why a run of the contract cannot settle it. */
  unsettled?: string;
}

/** The assumptions about one subject. */
type Assumptions = Readonly<Record<string, Assumption>>;

const authorizeRequest = {
  'authorize-fault-order': {
    en: 'If a request has several errors, the redirect URI is reported first.',
    ko: '오류가 여러 개인 요청은 리다이렉트 URI 오류로 먼저 실패합니다.',
  },
  'missing-redirect-uri': {
    en: 'A missing `redirect_uri` fails like an unregistered one: `KOE028`.',
    ko: '`redirect_uri`가 없으면 등록되지 않은 URI처럼 `KOE028`로 실패합니다.',
  },
  'exact-redirect-uri': {
    en: 'Redirect URIs must match exactly, with the query; otherwise `KOE028`.',
    ko: '리다이렉트 URI는 쿼리까지 정확히 일치해야 하고, 다르면 `KOE028`로 실패합니다.',
  },
  'repeated-parameter': {
    en: 'A repeated parameter other than `resource_ids` fails with `KOE233`.',
    ko: '`resource_ids`를 제외한 파라미터를 반복하면 `KOE233`으로 실패합니다.',
  },
  'missing-scope': {
    en: 'A missing `scope` fails like an invalid parameter: `KOE233`.',
    ko: '`scope`가 없으면 잘못된 파라미터처럼 `KOE233`으로 실패합니다.',
  },
  'unknown-item': {
    en: 'An unknown consent item fails like one that is not configured: `KOE232`.',
    ko: '없는 동의항목은 설정하지 않은 항목처럼 `KOE232`로 실패합니다.',
  },
  'repeated-item': {
    en: 'A consent item that appears twice in `scope` counts once.',
    ko: '`scope`에 같은 동의항목이 두 번 있으면 한 번으로 봅니다.',
    unsettled: 'needs another consent',
  },
  'missing-permission': {
    en: 'A configured consent item without its permission fails with `KOE124`, not `KOE232`.',
    ko: '설정한 동의항목이라도 필요한 권한이 앱에 없으면 `KOE232`가 아니라 `KOE124`로 실패합니다.',
    unsettled: 'needs an app that has configured an item without its permission',
  },
  'future-items': {
    en: 'Consent items that Kakao adds later give no access to ad accounts.',
    ko: '카카오가 나중에 추가하는 동의항목으로는 광고계정에 접근할 수 없습니다.',
    unsettled: 'there are none yet',
  },
  'resource-ids-list': {
    en: 'Several resource IDs in one `resource_ids` fail with `KOE233`.',
    ko: '`resource_ids` 하나에 ID를 여러 개 넣으면 `KOE233`으로 실패합니다.',
  },
  'resource-ids-group': {
    en: 'A resource ID of a group that no requested item needs fails with `KOE233`.',
    ko: '요청한 동의항목과 관계없는 그룹의 리소스 ID는 `KOE233`으로 실패합니다.',
  },
  'resource-ids-all': {
    en: '`moment:*` and `keyword:*` include single IDs sent with them.',
    ko: '`moment:*`나 `keyword:*`와 함께 보낸 개별 ID는 그 안에 포함됩니다.',
    unsettled: 'needs another consent',
  },
  'create-accounts': {
    en: '`keyword_create` needs `resource_ids=keyword:*`, as `moment_create` needs `moment:*`; otherwise `KOE233`.',
    ko: '`moment_create`에 `moment:*`가 필요하듯이 `keyword_create`에는 `resource_ids=keyword:*`가 필요합니다. 없으면 `KOE233`으로 실패합니다.',
  },
  'error-page-status': {
    en: "Kakao's error page has status 400.",
    ko: '카카오 오류 화면의 상태 코드는 400입니다.',
  },
} as const satisfies Assumptions;

const consentScreen = {
  'access-denied': {
    en: 'Cancelling returns `error=access_denied`, as documented for Kakao Login.',
    ko: '취소하면 카카오 로그인 문서와 같이 `error=access_denied`가 돌아옵니다.',
  },
  'error-redirects': {
    en: 'Kakao may return other errors to the app too; the emulator does so only with `failNext`.',
    ko: '카카오가 다른 오류도 앱에 돌려보낼 수 있습니다. 에뮬레이터는 `failNext`를 쓸 때만 보냅니다.',
    unsettled: 'needs a fault of Kakao',
  },
  'account-choice': {
    en: 'The user chooses ad accounts on the consent screen, unless `resource_ids` names them.',
    ko: '`resource_ids`로 정하지 않으면 사용자가 동의 화면에서 광고계정을 고릅니다.',
  },
  'one-account': {
    en: 'The user must agree to at least one ad account, of any requested group.',
    ko: '사용자는 요청한 그룹을 통틀어 광고계정 하나 이상에 동의해야 합니다.',
    unsettled: 'only the consent screen shows it',
  },
  'foreign-accounts': {
    en: 'Ad accounts of other users in `resource_ids` are ignored; `KOE027` if none remains.',
    ko: '`resource_ids`에 있는 다른 사용자의 광고계정은 무시하고, 남는 계정이 없으면 `KOE027`로 실패합니다.',
    unsettled: 'needs an ad account of another user, and only the consent screen shows it',
  },
  'user-errors': {
    en: '`KOE005`, `KOE025`, `KOE026` and `KOE027` appear after the consent screen.',
    ko: '`KOE005`, `KOE025`, `KOE026`, `KOE027`은 동의 화면 다음에 나옵니다.',
    unsettled: 'needs a Kakao Account without a business, and one outside a test app',
  },
  'assets-where-asked': {
    en: 'A user without ad accounts gets `KOE027` for ad account items, but not for the email alone.',
    ko: '광고계정이 없는 사용자가 광고계정 항목에 동의하면 `KOE027`로 실패합니다. 이메일만 요청하면 성공합니다.',
    unsettled: 'needs a Kakao Account without an asset',
  },
  'assets-of-any-kind': {
    en: 'With an ad account of any kind, a user can agree to all accounts of a group.',
    ko: '어떤 종류든 광고계정이 하나 있으면 그룹 전체에 동의할 수 있습니다.',
    unsettled: 'needs a Kakao Account that has ad accounts of the other kind only',
  },
  'code-lifetime': {
    en: 'Authorization codes are valid for 10 minutes, as reported; consent screens too.',
    ko: '인가 코드는 알려진 대로 10분 동안 유효하며, 동의 화면도 같습니다.',
    unsettled: 'takes ten minutes and another code',
  },
} as const satisfies Assumptions;

const tokenEndpoint = {
  'token-check-order': {
    en: 'If a token request has several errors, the grant type is reported first.',
    ko: '오류가 여러 개인 토큰 요청은 `grant_type` 오류로 먼저 실패합니다.',
  },
  'token-body-type': {
    en: 'A body in JSON counts as an empty form: `KOE310`.',
    ko: 'JSON 본문은 빈 폼으로 처리하므로 `KOE310`으로 실패합니다.',
  },
  'token-query': {
    en: 'Parameters in the URL of a token request are ignored.',
    ko: '토큰 요청의 URL에 있는 파라미터는 무시합니다.',
  },
  'token-unknown-parameters': {
    en: 'Unknown parameters of a token request, such as `code_verifier`, are ignored.',
    ko: '토큰 요청의 알 수 없는 파라미터(`code_verifier` 등)는 무시합니다.',
  },
  'token-repeated-parameter': {
    en: 'A repeated parameter of a token request counts as missing.',
    ko: '토큰 요청에서 반복한 파라미터는 없는 것으로 처리합니다.',
  },
  'token-missing-redirect-uri': {
    en: 'A token request without `redirect_uri` fails like one with a wrong one: `KOE303`.',
    ko: '토큰 요청에 `redirect_uri`가 없으면 값이 틀린 것처럼 `KOE303`으로 실패합니다.',
  },
  'missing-code': {
    en: 'A missing `code` fails like a wrong one: `KOE320`.',
    ko: '`code`가 없으면 잘못된 코드처럼 `KOE320`으로 실패합니다.',
  },
  'secret-while-off': {
    en: 'While the client secret is off, a secret is ignored.',
    ko: '클라이언트 시크릿을 끈 동안에는 시크릿을 무시합니다.',
  },
  'empty-secret': {
    en: 'While the client secret is off, an empty `client_secret` fails with `KOE010`; with `strict: false` it is ignored.',
    ko: '클라이언트 시크릿을 끈 동안 빈 `client_secret`을 보내면 `KOE010`으로 실패합니다. `strict: false`이면 무시합니다.',
  },
  'login-secret': {
    en: 'The Kakao Login secret of the same key fails like any other wrong secret: `KOE010`.',
    ko: '같은 키의 카카오 로그인 시크릿은 다른 잘못된 시크릿처럼 `KOE010`으로 실패합니다.',
  },
  'other-keys': {
    en: 'Other keys of the app, such as the JavaScript key, fail with `KOE009`.',
    ko: 'JavaScript 키 같은 앱의 다른 키는 `KOE009`로 실패합니다.',
    unsettled: 'needs a second key of the app, which a run does not have',
  },
  'grant-type-error': {
    en: '`KOE310` has status 400 and `error=invalid_request`.',
    ko: '`KOE310`의 상태 코드는 400이고 `error=invalid_request`입니다.',
  },
  'wrong-key-status': {
    en: '`KOE101` has status 401 at the token endpoint; 400 is reported too.',
    ko: '토큰 엔드포인트에서 `KOE101`의 상태 코드는 401입니다. 400이라는 보고도 있습니다.',
  },
  'kauth-rare-errors': {
    en: 'The statuses and `error` of `KOE003`, `KOE009`, `KOE114`, `KOE126` and `KOE127`; status 429 of `KOE236` and `KOE237` (400 is reported too); all descriptions. Rely on the codes only.',
    ko: '`KOE003`, `KOE009`, `KOE114`, `KOE126`, `KOE127`의 상태 코드와 `error`, `KOE236`과 `KOE237`의 상태 코드 429(400이라는 보고도 있습니다), 그리고 모든 설명. 분기는 코드로만 하세요.',
    unsettled: 'needs a fault of Kakao or a misconfigured app; nothing depends on a description',
  },
  'www-authenticate': {
    en: 'The `WWW-Authenticate` of a 401 has the scheme `Bearer`, a realm and the error.',
    ko: '401 응답의 `WWW-Authenticate`에는 `Bearer`와 realm, error가 있습니다.',
  },
  'retry-after': {
    en: '`KOE236`, `KOE237` and `-10` come with `Retry-After`.',
    ko: '`KOE236`, `KOE237`, `-10`에는 `Retry-After`가 있습니다.',
    unsettled: 'would use up a quota',
  },
  'failed-exchange': {
    en: 'A token request with a wrong `redirect_uri` uses up the code.',
    ko: '토큰 요청의 `redirect_uri`가 틀리면 인가 코드를 다시 쓸 수 없습니다.',
  },
  'other-failed-exchanges': {
    en: '`KOE114` uses up the code; `KOE010` does not.',
    ko: '`KOE114`로 실패하면 인가 코드를 다시 쓸 수 없고, `KOE010`이면 다시 쓸 수 있습니다.',
    unsettled: 'needs another consent',
  },
  'quota-keeps-code': {
    en: '`KOE236` does not use up the code.',
    ko: '`KOE236`으로 실패하면 인가 코드를 다시 쓸 수 있습니다.',
    unsettled: 'would use up a quota',
  },
  'code-reused': {
    en: 'Sending a code again does not revoke its token.',
    ko: '인가 코드를 다시 보내도 그 코드로 받은 토큰은 폐기되지 않습니다.',
  },
  'earlier-tokens': {
    en: 'A new consent and a new token do not revoke the earlier tokens of the user.',
    ko: '다시 동의하고 토큰을 새로 받아도 사용자의 이전 토큰은 계속 유효합니다.',
    unsettled: 'needs a second token, and Kakao asks not to issue needless ones',
  },
  'no-refresh-token': {
    en: 'The response has neither a `refresh_token` nor an `expires_in`.',
    ko: '응답에는 `refresh_token`도 `expires_in`도 없습니다.',
  },
  'token-lifetime': {
    en: 'A token expires after 180 days without use. Kakao names no number.',
    ko: '토큰은 180일 동안 쓰지 않으면 만료됩니다. 카카오는 기간을 밝히지 않습니다.',
    unsettled: 'takes 180 days',
  },
  quotas: {
    en: 'Quotas are counted per app and minute; `-10` counts all APIs together.',
    ko: '쿼터는 앱마다 1분 단위로 세고, `-10`은 모든 API를 합쳐서 셉니다.',
    unsettled: 'would use up a quota',
  },
  'other-requests': {
    en: 'A wrong method gets 405, an unknown path 404, a huge body 413.',
    ko: '잘못된 메서드에는 405, 없는 경로에는 404, 너무 큰 본문에는 413으로 응답합니다.',
  },
} as const satisfies Assumptions;

const businessAPI = {
  'bearer-case': {
    en: '`Bearer` is case-insensitive.',
    ko: '`Bearer`는 대소문자를 가리지 않습니다.',
  },
  'missing-token': {
    en: 'A request without a token fails like one with a wrong token: status 401, `-401`.',
    ko: '토큰이 없는 요청은 잘못된 토큰처럼 상태 코드 401, `-401`로 실패합니다.',
  },
  'kapi-check-order': {
    en: 'A wrong token is reported before a wrong parameter.',
    ko: '토큰과 파라미터가 모두 잘못되었으면 토큰 오류로 먼저 실패합니다.',
  },
  'kapi-parameters': {
    en: 'tokeninfo, userinfo and revoke reject parameters in the URL: `-2`.',
    ko: 'tokeninfo, userinfo, revoke는 URL에 파라미터가 있으면 `-2`로 실패합니다.',
  },
  'kapi-rare-errors': {
    en: 'Whether `-4`, `-6`, `-9`, `-12` and `-903` have status 403 or 400; status 429 of `-10` and `-11` (400 is reported too); all messages except `permission denied`. Rely on the codes only.',
    ko: '`-4`, `-6`, `-9`, `-12`, `-903`의 상태 코드가 403인지 400인지, `-10`과 `-11`의 상태 코드 429(400이라는 보고도 있습니다), 그리고 `permission denied`를 제외한 모든 메시지. 분기는 코드로만 하세요.',
    unsettled: 'needs a fault of Kakao or a blocked app; nothing depends on a text',
  },
  'permission-withdrawn': {
    en: 'If the app loses its permission, tokeninfo and userinfo fail with `-5`, and revoke works.',
    ko: '앱이 권한을 잃으면 tokeninfo와 userinfo는 `-5`로 실패하고, revoke는 성공합니다.',
    unsettled: 'needs an app that loses a permission while it has a token',
  },
  'user-id': {
    en: '`token_user_id` of tokeninfo is the ID of the user.',
    ko: 'tokeninfo의 `token_user_id`는 사용자의 ID입니다.',
  },
  'user-id-type': {
    en: '`token_user_id` is a JSON integer.',
    ko: '`token_user_id`는 JSON 정수입니다.',
  },
  'tokeninfo-members': {
    en: 'tokeninfo returns `token_user_id` and a list `biz_agreements`.',
    ko: 'tokeninfo의 응답에는 `token_user_id`와 목록 `biz_agreements`가 있습니다.',
  },
  'tokeninfo-rest': {
    en: 'tokeninfo returns no `id` and no `status`, although both are reported.',
    ko: 'tokeninfo에 있다고 알려진 `id`와 `status`는 응답하지 않습니다.',
    unsettled: 'nothing depends on them',
  },
  'no-agreements': {
    en: 'Without consent to ad accounts, `biz_agreements` is an empty list.',
    ko: '광고계정에 대한 동의가 없으면 `biz_agreements`는 빈 목록입니다.',
  },
  'agreement-members': {
    en: 'An entry of `biz_agreements` has `group`, `scope` and `ad_account_ids`.',
    ko: '`biz_agreements`의 항목에는 `group`, `scope`, `ad_account_ids`가 있습니다.',
  },
  'agreement-types': {
    en: '`biz_agreements` has one entry for each group; its `scope` is a list, its `ad_account_ids` are JSON integers or `["*"]`.',
    ko: '`biz_agreements`에는 그룹마다 항목이 하나 있고, `scope`는 목록이며 `ad_account_ids`는 JSON 정수 또는 `["*"]`입니다.',
  },
  'group-names': {
    en: 'The groups are `moment` and `keyword` in `resource_ids`, `MOMENT` and `KEYWORD` in tokeninfo.',
    ko: '그룹의 이름은 `resource_ids`에서 `moment`와 `keyword`, tokeninfo에서 `MOMENT`와 `KEYWORD`입니다.',
  },
  'email-member': {
    en: 'userinfo returns the email as `email`.',
    ko: 'userinfo의 응답에서 이메일은 `email`에 있습니다.',
  },
  'email-place': {
    en: 'The email of userinfo is in `email`, `biz_account_email` or `account_email`, at the top level or one below. The profile looks there.',
    ko: 'userinfo의 이메일은 최상위나 한 단계 아래의 `email`, `biz_account_email`, `account_email`에 있습니다. 프로필은 이곳에서 찾습니다.',
  },
  'account-without-email': {
    en: 'userinfo returns `{}` for an account without an email.',
    ko: '이메일이 없는 계정이면 userinfo는 `{}`로 응답합니다.',
  },
  'revoke-body': {
    en: 'revoke returns no body.',
    ko: 'revoke의 응답에는 본문이 없습니다.',
  },
  'revoked-twice': {
    en: 'Revoking a token again fails with `-401`.',
    ko: '토큰을 다시 폐기하면 `-401`로 실패합니다.',
  },
} as const satisfies Assumptions;

const adAPIs = {
  'ad-check-order': {
    en: 'The token, the consent item, the permission, the ad account and the quota are checked in this order.',
    ko: '토큰, 동의항목, 권한, 광고계정, 쿼터 순서로 확인합니다.',
  },
  'ad-items': {
    en: '`POST adAccounts` needs `*_create`, `DELETE` needs `*_delete`, paths with `bizForm` need `moment_bizform_result_read`; other requests need `*_management`.',
    ko: '`POST adAccounts`에는 `*_create`, `DELETE`에는 `*_delete`, `bizForm`이 들어간 경로에는 `moment_bizform_result_read`, 나머지 요청에는 `*_management`가 필요합니다.',
    unsettled: 'would create or delete something',
  },
  'ad-account-header': {
    en: 'Requests other than `adAccounts` and `adAccounts/pages` need the header `adAccountId`; without it, they fail as with an ad account that the user may not use.',
    ko: '`adAccounts`와 `adAccounts/pages`를 제외한 요청에는 헤더 `adAccountId`가 필요합니다. 없으면 권한이 없는 광고계정처럼 실패합니다.',
  },
  'ad-no-right': {
    en: 'If the user may not use an ad account, Keyword Ad responds with `-820` and detail code 9004, as Kakao Moment does with `-813` and 9004.',
    ko: '광고계정에 권한이 없으면 카카오모먼트는 `-813`, 키워드광고는 `-820`으로 응답하며, 세부 코드는 둘 다 9004입니다.',
  },
  'ad-accounts-listed': {
    en: 'The list has all ad accounts of the user, even those without consent.',
    ko: '광고계정 목록에는 동의하지 않은 계정을 포함해 사용자의 모든 광고계정이 있습니다.',
    unsettled: 'needs a user who agrees to some ad accounts only',
  },
  'ad-list-parameters': {
    en: 'An invalid `page`, `size` or `config` of the list fails with `-2`.',
    ko: '목록의 `page`, `size`, `config`가 잘못되면 `-2`로 실패합니다.',
  },
  'ad-list-size': {
    en: 'The list accepts any `size`.',
    ko: '목록의 `size`에는 제한이 없습니다.',
    unsettled: 'needs more ad accounts than the largest page has',
  },
  'ad-list-end': {
    en: 'A page past the last of the list is empty.',
    ko: '목록의 마지막 다음 페이지는 비어 있습니다.',
  },
  'ad-list-number': {
    en: 'The list of Kakao Moment has no `number` beside `page`, although it is reported.',
    ko: '카카오모먼트의 목록에 `page`와 함께 있다고 알려진 `number`는 응답하지 않습니다.',
    unsettled: 'nothing depends on it',
  },
  'ad-account-members': {
    en: 'A single ad account has the same members as in the list.',
    ko: '광고계정 하나를 조회한 응답의 멤버는 목록에서와 같습니다.',
  },
  'ad-quota-response': {
    en: 'An ad API over its quota responds without `Retry-After` and with an empty `extras`.',
    ko: '쿼터를 넘긴 광고 API의 응답에는 `Retry-After`가 없고 `extras`는 비어 있습니다.',
    unsettled: 'would use up a quota',
  },
  'ad-rare-errors': {
    en: 'The messages of the ad APIs except those of `-5`, `-10` and `-813`; that Kakao Moment has `-1` too.',
    ko: '`-5`, `-10`, `-813`을 제외한 광고 API의 메시지, 그리고 카카오모먼트에도 `-1`이 있다는 점.',
    unsettled: 'needs a fault of Kakao or a blocked app; nothing depends on a text',
  },
} as const satisfies Assumptions;

/** Every assumption that a comment in lib/ marks as `Assumption (id): …`. */
const assumptions = {
  ...authorizeRequest,
  ...consentScreen,
  ...tokenEndpoint,
  ...businessAPI,
  ...adAPIs,
};

export type AssumptionID = keyof typeof assumptions;

/** The assumptions by subject, as docs/emulator.md lists them. */
export const subjects: readonly { en: string; ko: string; assumptions: Assumptions }[] = [
  { en: 'The authorize request', ko: '인가 요청', assumptions: authorizeRequest },
  { en: 'The consent screen and the callback', ko: '동의 화면과 콜백', assumptions: consentScreen },
  { en: 'The token endpoint', ko: '토큰 엔드포인트', assumptions: tokenEndpoint },
  { en: 'Requests with a token', ko: '토큰으로 보내는 요청', assumptions: businessAPI },
  { en: 'The ad APIs', ko: '광고 API', assumptions: adAPIs },
];

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
