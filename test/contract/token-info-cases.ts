import { agreementExpectations } from './agreement-expectations.js';
import { type Case, documented, hasCode, inferred, is, reported, withToken } from './case.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { groupOf, tokenInfoRequest } from './requests.js';
import { shapeOf } from './shape.js';

/** Token information. */
export const tokenInfoCases: readonly Case[] = [
  {
    title: 'tokeninfo',
    step: withToken((app, token) => tokenInfoRequest(app, token)),
    expectations: [
      documented(
        'returns HTTP 200 and JSON',
        is(({ status, json }) => status === 200 && Object.keys(json).length > 0),
      ),
      reported(
        'tokeninfo-members',
        'has token_user_id and a list biz_agreements',
        is(({ json }) => Object.hasOwn(json, 'token_user_id') && Array.isArray(json['biz_agreements'])),
      ),
      reported('user-id', 'has the ID of the user', ({ json }) => {
        const id = json['token_user_id'];
        return isID(id) ? confirmed(shapeOf(id)) : refuted(shapeOf(id));
      }),
      inferred('user-id-type', 'has the ID of the user as a JSON integer', ({ json }) => {
        const id = json['token_user_id'];
        if (!isID(id)) return notSettled('there is no ID');
        return Number.isInteger(id) ? confirmed(shapeOf(id)) : refuted(shapeOf(id));
      }),
      ...agreementExpectations,
    ],
  },
  {
    title: 'tokeninfo, without ad accounts',
    step: situation =>
      situation.app.scope.every(item => groupOf(item) === undefined)
        ? withToken((app, token) => tokenInfoRequest(app, token))(situation)
        : { skipped: 'an item of KAKAO_SCOPE gives access to ad accounts' },
    expectations: [
      inferred('no-agreements', 'has an empty list biz_agreements', ({ json }) => {
        const seen = shapeOf(json['biz_agreements']);
        return seen === '[]' ? confirmed(seen) : refuted(seen);
      }),
    ],
  },
  {
    title: 'tokeninfo, with "bearer" in lower case',
    step: withToken((app, token) => ({
      ...tokenInfoRequest(app),
      headers: { authorization: `bearer ${token}` },
    })),
    expectations: [
      inferred(
        'bearer-case',
        'returns HTTP 200',
        is(({ status }) => status === 200),
      ),
    ],
  },
  {
    title: 'tokeninfo, with a parameter',
    step: withToken((app, token) => tokenInfoRequest(app, token, { contract_test: '1' })),
    expectations: [inferred('kapi-parameters', 'fails with -2', hasCode('-2'))],
  },
];

/** Neither missing nor a value that many users would share, such as 0. */
const isID = (value: unknown): boolean =>
  typeof value === 'number' ? value > 0 : typeof value === 'string' && /[1-9a-z]/i.test(value);
