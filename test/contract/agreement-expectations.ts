import { type Expectation, inferred, reported, type Situation } from './case.js';
import { confirmed, type Finding, notSettled, refuted } from './finding.js';
import { allAccounts, groupOf } from './requests.js';
import type { KakaoResponse } from './response.js';
import { isObject, type JSONObject, shapeOf } from './shape.js';

/** Expectations for the ad accounts in a tokeninfo response. */
export const agreementExpectations: readonly Expectation[] = [
  reported(
    'agreement-members',
    'has a group, a scope and ad_account_ids in each agreement',
    look(haveMembers),
  ),
  inferred(
    'agreement-types',
    'has one agreement for each group, with lists as members',
    lookInside(haveTypes),
  ),
  inferred('group-names', 'names the groups MOMENT and KEYWORD', lookInside(haveGroupNames)),
  inferred('account-choice', 'lists the ad accounts that the user picked', lookInside(areChosen)),
];

type Agreements = readonly JSONObject[];
type Judge = (agreements: Agreements, scope: readonly string[]) => Finding;

function look(judge: Judge): Expectation['look'] {
  return ({ json }: KakaoResponse, { app }: Situation) => {
    if (app.scope.every(item => groupOf(item) === undefined)) {
      return notSettled('no item of KAKAO_SCOPE gives access to ad accounts');
    }
    const agreements = Array.isArray(json['biz_agreements']) ? json['biz_agreements'].filter(isObject) : [];
    return agreements.length > 0 ? judge(agreements, app.scope) : notSettled('there are no agreements');
  };
}

function haveMembers(agreements: Agreements): Finding {
  return agreements.every(isComplete) ? confirmed(shapeOf(agreements)) : refuted(shapeOf(agreements));
}

const isComplete = (agreement: JSONObject): boolean =>
  ['group', 'scope', 'ad_account_ids'].every(name => Object.hasOwn(agreement, name));

/** Judges the values of the members, if all members are present. */
function lookInside(judge: Judge): Expectation['look'] {
  return look((agreements, scope) =>
    agreements.every(isComplete) ? judge(agreements, scope) : notSettled('the agreements have other members'),
  );
}

function haveTypes(agreements: Agreements): Finding {
  const groups = agreements.map(each => each['group']);
  if (new Set(groups).size < groups.length) return refuted('several agreements for one group');
  const asAssumed = agreements.every(
    ({ scope, ad_account_ids: ids }) =>
      shapeOf(scope) === '[string]' && ['["*"]', '[integer]'].includes(shapeOf(ids)),
  );
  return asAssumed ? confirmed(shapeOf(agreements)) : refuted(shapeOf(agreements));
}

function haveGroupNames(agreements: Agreements, scope: readonly string[]): Finding {
  const names = agreements.map(({ group }) => String(group)).filter(name => /^[A-Z_]{1,20}$/i.test(name));
  const seen = names.join(', ') || 'of another form';
  const asked = new Set(scope.flatMap(item => groupOf(item) ?? []));
  if ([...asked].some(group => !names.includes(group.toUpperCase()))) return refuted(seen);
  return asked.size === 2 ? confirmed(seen) : notSettled(`${seen}, and KAKAO_SCOPE requests no other`);
}

function areChosen(agreements: Agreements, scope: readonly string[]): Finding {
  const fixed = allAccounts(scope);
  const open = scope.map(groupOf).filter(group => group !== undefined && !fixed.includes(`${group}:*`));
  if (open.length === 0) return notSettled('no item of KAKAO_SCOPE lets the user pick ad accounts');
  const chosen = agreements.filter(({ group }) => open.includes(String(group).toLowerCase()));
  if (chosen.length === 0) return notSettled('no agreement for ad accounts that the user could pick');
  const ids = shapeOf(chosen.map(each => each['ad_account_ids']));
  return ids.includes('*') ? refuted(ids) : confirmed(ids);
}
