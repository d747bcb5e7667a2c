import { type Case, documented, type Expectation, inferred, is, observed, reported } from './case.js';
import { confirmed, notSettled, refuted } from './finding.js';
import { type App, authorizeRequest, type Changes, groupOf } from './requests.js';
import { codesIn, described } from './response.js';
import { isReturnTo } from './return.js';

const unregistered = 'https://unregistered.example.com/callback';

/** Authorization requests that need no consent: all but the first are invalid. Sent without login cookies. */
export const authorizeCases: readonly Case[] = [
  {
    title: 'authorize, valid',
    step: ({ app }) => ({ send: authorizeRequest(app) }),
    stop: response => (codesIn(response).length === 1 ? described(response) : undefined),
    expectations: [
      documented(
        'shows a page or redirects to a login',
        is((response, { app }) => response.status < 400 && !isReturnTo(app.redirectURI, response.location)),
      ),
    ],
  },
  faulty('a wrong key', { client_id: 'contract-test' }, [
    documented('shows KOE101', shows('KOE101')),
    inferred('error-page-status', 'shows it with HTTP 400', response => {
      if (codesIn(response).length !== 1) return notSettled(described(response));
      return response.status === 400 ? confirmed('HTTP 400') : refuted(`HTTP ${response.status}`);
    }),
  ]),
  faulty('an unregistered redirect URI', { redirect_uri: unregistered }, [
    documented('shows KOE028', shows('KOE028')),
    observed('does not redirect there', ({ location }) =>
      isReturnTo(unregistered, location) ? refuted('sent there') : confirmed('not sent there'),
    ),
  ]),
  faulty('another query in the redirect URI', withOtherQuery, [
    inferred('exact-redirect-uri', 'shows KOE028', shows('KOE028')),
  ]),
  faulty('another response_type', { response_type: 'token' }, [documented('shows KOE201', shows('KOE201'))]),
  faulty('an unknown parameter', { contract_test: '1' }, [documented('shows KOE233', shows('KOE233'))]),
  faulty('an unknown consent item', { scope: 'contract_test', resource_ids: [] }, [
    inferred('unknown-item', 'shows KOE232', shows('KOE232')),
  ]),
  faulty('no redirect URI', { redirect_uri: undefined }, [
    inferred('missing-redirect-uri', 'shows KOE028', shows('KOE028')),
  ]),
  faulty('no scope', { scope: undefined, resource_ids: [] }, [
    inferred('missing-scope', 'shows KOE233', shows('KOE233')),
  ]),
  faulty('two states', { state: ['one', 'other'] }, [
    inferred('repeated-parameter', 'shows KOE233', shows('KOE233')),
  ]),
  faulty(
    'several faults',
    { redirect_uri: unregistered, response_type: 'token', scope: 'contract_test', contract_test: '1' },
    [inferred('authorize-fault-order', 'shows KOE028', shows('KOE028'))],
  ),
  faulty('moment_create without resource_ids', asking(['moment_create']), [
    observed('shows KOE233', shows('KOE233')),
  ]),
  faulty('keyword_create without resource_ids', asking(['keyword_create']), [
    inferred('create-accounts', 'shows KOE233', shows('KOE233')),
  ]),
  faulty('keyword_create for a single ad account', asking(['keyword_create'], ['keyword:1']), [
    inferred('create-accounts', 'shows KOE233', shows('KOE233')),
  ]),
  faulty('two resource IDs in one parameter', inOneParameter, [
    reported('resource-ids-list', 'shows KOE233', shows('KOE233')),
  ]),
  faulty('a resource ID of another group', asking(['biz_account_email'], ['moment:*']), [
    inferred('resource-ids-group', 'shows KOE233', shows('KOE233')),
  ]),
];

/** @param changes the changed parameters, or a string with the reason why this app cannot send the request. */
function faulty(
  what: string,
  changes: Changes | ((app: App) => Changes | string),
  expectations: Expectation[],
): Case {
  return {
    title: `authorize, with ${what}`,
    step: ({ app }) => {
      const changed = typeof changes === 'function' ? changes(app) : changes;
      if (typeof changed === 'string') return { skipped: changed };
      return { send: authorizeRequest(app, changed) };
    },
    expectations,
  };
}

function withOtherQuery({ redirectURI }: App): Changes {
  const url = new URL(redirectURI);
  url.searchParams.append('contract_test', '1');
  return { redirect_uri: url.href };
}

/** Requests these items only. */
function asking(items: string[], resourceIDs: string[] = []): (app: App) => Changes | string {
  return ({ scope }) => {
    const missing = items.find(item => !scope.includes(item));
    if (missing !== undefined) return `${missing} is not among the items of KAKAO_SCOPE`;
    return { scope: items.join(','), resource_ids: resourceIDs };
  };
}

function inOneParameter({ scope }: App): Changes | string {
  const item = scope.find(each => groupOf(each) !== undefined && !each.endsWith('_create'));
  if (item === undefined) return 'no item of KAKAO_SCOPE lets the user pick ad accounts';
  const group = groupOf(item);
  return { scope: item, resource_ids: `${group}:1,${group}:2` };
}

/** Kakao may ask for a login before it shows the error: then the expectation is not settled. */
function shows(code: string): Expectation['look'] {
  return (response, { app }) => {
    if (isReturnTo(app.redirectURI, response.location)) return refuted('sent back to the app');
    const shown = codesIn(response);
    if (shown.length !== 1)
      return notSettled(`no page with a code, perhaps because a login is required: ${described(response)}`);
    return shown[0] === code ? confirmed(described(response)) : refuted(described(response));
  };
}
