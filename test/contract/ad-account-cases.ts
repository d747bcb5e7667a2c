import {
  type Case,
  documented,
  type Expectation,
  hasCode,
  inferred,
  is,
  observed,
  type Situation,
  type Step,
  withToken,
} from './case.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { type AdAPI, adRequest } from './requests.js';
import { described, type KakaoResponse } from './response.js';
import { isObject, type JSONObject, shapeOf } from './shape.js';

/** What the ad APIs say about the ad accounts of the user. Nothing is changed there. */
export const adAccountCases: readonly Case[] = [
  ...casesOf('moment', 'Kakao Moment', [
    observed('fails with -813', hasCode('-813')),
    observed(
      'gives the detail 9004',
      is(({ json }) => detailOf(json) === 9004),
    ),
  ]),
  ...casesOf('keywordAd', 'Keyword Ad', [
    inferred(
      'ad-no-right',
      'fails with -820 and the detail 9004',
      is(({ json }) => json['code'] === -820 && detailOf(json) === 9004),
    ),
  ]),
];

/** Requests with a made-up token. */
export const adTokenCases: readonly Case[] = (
  [
    ['moment', 'Kakao Moment'],
    ['keywordAd', 'Keyword Ad'],
  ] as const
).map(([api, name]) => ({
  title: `${name}, with a made-up token`,
  step: ({ app }) => ({ send: adRequest(api, 'campaigns', app, { token: 'contract-test-token' }) }),
  expectations: [
    inferred('ad-check-order', 'fails for its token, not for the missing ad account', hasCode('-401')),
  ],
}));

function casesOf(api: AdAPI, name: string, withoutRight: readonly Expectation[]): Case[] {
  const group = api === 'moment' ? 'moment' : 'keyword';
  const item = `${group}_management`;
  const managing =
    (toStep: (situation: Situation) => Step) =>
    (situation: Situation): Step =>
      situation.app.scope.includes(item)
        ? toStep(situation)
        : { skipped: `${item} is not among the items of KAKAO_SCOPE` };
  const list = (query: Record<string, string> = {}): ((situation: Situation) => Step) =>
    withToken((app, token) => adRequest(api, 'adAccounts/pages', app, { token, query }));
  const one =
    (toHeader: (id: string) => string | undefined) =>
    ({ app, token, adAccountIDs }: Situation): Step => {
      const id = adAccountIDs?.[api];
      if (token === undefined || id === undefined) return { skipped: 'there is no ad account' };
      return { send: adRequest(api, `adAccounts/${id}`, app, { token, adAccountID: toHeader(id) }) };
    };
  const refusal = api === 'moment' ? '-813' : '-820';

  return [
    {
      title: `${name} accounts`,
      step: managing(list()),
      learn: ({ text }) => {
        const [, id] = /"id":\s*"?(\d+)/.exec(text) ?? [];
        return id === undefined ? {} : { adAccountIDs: { [api]: id } };
      },
      expectations: [
        documented(
          'returns HTTP 200 and a list content',
          is(({ status, json }) => status === 200 && Array.isArray(json['content'])),
        ),
        documented(
          'has page, size, totalElements and totalPages',
          is(({ json }) =>
            ['page', 'size', 'totalElements', 'totalPages'].every(each => Number.isInteger(json[each])),
          ),
        ),
        documented('has id, name, memberType and config in each entry', response => {
          const entries = entriesOf(response);
          if (entries.length === 0) return notSettled('there are no ad accounts');
          return entries.every(hasEntryMembers) ? confirmed(shapeOf(entries)) : refuted(shapeOf(entries));
        }),
      ],
    },
    {
      title: `${name} accounts, on a page past the last`,
      step: managing(list({ page: '1000' })),
      expectations: [
        inferred(
          'ad-list-end',
          'returns HTTP 200 and an empty content',
          is(
            response =>
              response.status === 200 &&
              Array.isArray(response.json['content']) &&
              entriesOf(response).length === 0,
          ),
        ),
      ],
    },
    {
      title: `${name} accounts, on page -1`,
      step: managing(list({ page: '-1' })),
      expectations: [inferred('ad-list-parameters', 'fails with -2', hasCode('-2'))],
    },
    {
      title: `${name} accounts, without consent to run them`,
      step: situation =>
        situation.app.scope.includes(item)
          ? { skipped: `${item} is among the items of KAKAO_SCOPE` }
          : list()(situation),
      expectations: [
        documented('fails with -402', hasCode('-402')),
        documented(
          'fails with HTTP 403',
          is(({ status }) => status === 403),
        ),
        documented('names the item', response =>
          response.text.includes(item) ? confirmed(described(response)) : refuted(shapeOf(response.json)),
        ),
      ],
    },
    {
      title: `one of the ${name} accounts`,
      step: managing(one(id => id)),
      expectations: [
        documented(
          'returns HTTP 200 and JSON',
          is(({ status, json }) => status === 200 && Object.keys(json).length > 0),
        ),
        inferred('ad-account-members', 'has id, name, memberType and config', ({ json }) =>
          hasEntryMembers(json) ? confirmed(shapeOf(json)) : refuted(shapeOf(json)),
        ),
      ],
    },
    {
      title: `one of the ${name} accounts, without the header adAccountId`,
      step: managing(one(() => undefined)),
      expectations: [inferred('ad-account-header', `fails with ${refusal}`, hasCode(refusal))],
    },
    {
      title: `campaigns of ${name}, for an ad account of somebody else`,
      step: managing(
        withToken((app, token) => adRequest(api, 'campaigns', app, { token, adAccountID: '1' })),
      ),
      expectations: withoutRight,
    },
  ];
}

const entriesOf = ({ json }: KakaoResponse): JSONObject[] =>
  Array.isArray(json['content']) ? json['content'].filter(isObject) : [];

const hasEntryMembers = (entry: JSONObject): boolean =>
  ['id', 'name', 'memberType', 'config'].every(name => Object.hasOwn(entry, name));

const detailOf = ({ extras }: JSONObject): unknown => (isObject(extras) ? extras['detailCode'] : undefined);
