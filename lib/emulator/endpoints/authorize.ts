import type { ReceivedRequest } from '../http/request.js';
import type { Reply } from '../http/response.js';
import { consentPage } from '../pages/consent-page.js';
import { accountsField } from '../pages/consent-screen.js';
import { expiredPage, orRefusalPage } from '../pages/error-page.js';
import type { Kakao } from '../state.js';
import { readAuthorizationRequest } from './authorization-request.js';
import { agree, decline } from './consent.js';

/** Get business authorization code: the consent screen, on every request, or Kakao's error page. */
export function showConsentScreen({ query }: ReceivedRequest, kakao: Kakao): Reply {
  return orRefusalPage(() => {
    const request = readAuthorizationRequest(query, kakao.apps);
    const transaction = kakao.grants.openConsent(query);
    return consentPage({ users: kakao.users, request, transaction });
  });
}

/** What the consent screen posts: to the app with a code, or with the refusal. */
export function takeDecision({ form = new URLSearchParams() }: ReceivedRequest, kakao: Kakao): Reply {
  const { grants, users } = kakao;
  const transaction = form.get('transaction') ?? '';
  const query = grants.openedConsent(transaction);
  if (!query) return expiredPage();

  return orRefusalPage(() => {
    const request = readAuthorizationRequest(query, kakao.apps);
    if (form.get('decision') === 'cancel') {
      grants.closeConsent(transaction);
      return decline(request);
    }
    const user = users.find(({ id }) => id === form.get('user'));
    const reply =
      user &&
      agree(
        request,
        user,
        {
          moment: form.getAll(accountsField('moment', user)),
          keyword: form.getAll(accountsField('keyword', user)),
        },
        grants,
      );
    if (!reply) return consentPage({ users, request, transaction, choice: form });
    grants.closeConsent(transaction);
    return reply;
  });
}
