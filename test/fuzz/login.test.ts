import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  KakaoBusinessClient,
  KakaoBusinessError,
  type KakaoBusinessFetch,
  type KakaoBusinessProfile,
} from '../../lib/index.js';
import { ENDPOINTS, type Endpoint, GOOD } from '../faults/faults.js';
import { authenticate, type Outcome, request } from '../support/authenticate.js';
import { ACCESS_TOKEN, CLIENT_SECRET, CODE } from '../support/secrets.js';
import { spellings } from '../support/spellings.js';
import { createStrategy } from '../support/strategy.js';
import { type FuzzedResponse, JSON_BODY, RAW_BODY, withBody } from './responses.js';
import { fuzz } from './settings.js';

/** Signs in while one endpoint sends this response; the others send valid ones. */
async function signIn(faulty: Endpoint, response: FuzzedResponse): Promise<Outcome> {
  const fetch: KakaoBusinessFetch = async url => {
    const endpoint = ENDPOINTS.find(name => url.endsWith(`/${name}`)) ?? 'token';
    if (endpoint !== faulty) return new Response(GOOD[endpoint]);
    const body = [204, 205, 304].includes(response.status) ? null : response.body;
    return new Response(body, { status: response.status, headers: { 'retry-after': response.retryAfter } });
  };
  const strategy = createStrategy({ fetch }, async (_accessToken, _refreshToken, profile) => profile);
  const session = {};
  const started = await authenticate(strategy, request({}, session));
  if (started.kind !== 'redirect') throw new Error('No redirect', { cause: started });
  const state = started.url.searchParams.get('state');
  return authenticate(strategy, request({ code: CODE, state }, session));
}

/** Asserts what holds for every login, for any response of Kakao. */
function expectSafeOutcome(outcome: Outcome): void {
  expect(outcome.kind).to.be.oneOf(['success', 'fail', 'error']);
  if (outcome.kind === 'success') {
    const { id, displayName } = outcome.user as KakaoBusinessProfile;
    expect(id)
      .to.be.a('string')
      .that.matches(/^[1-9]\d{0,19}$/);
    expect(displayName).to.be.a('string').that.is.not.empty;
  } else {
    if (outcome.kind === 'error') expect(outcome.error).to.be.instanceOf(KakaoBusinessError);
    const shown = inspect(outcome, { depth: 12, showHidden: true }) + JSON.stringify(outcome);
    for (const secret of [CODE, ACCESS_TOKEN, CLIENT_SECRET]) expect(shown).not.to.include(secret);
    for (const [how, spell] of spellings) expect(shown, how).not.to.include(spell(CLIENT_SECRET));
  }
  expect(Object.keys(Object.prototype)).to.deep.equal([]);
}

describe('For any response of Kakao', function () {
  this.timeout(600_000);

  for (const endpoint of ['token', 'tokeninfo', 'userinfo'] as const) {
    it(`in JSON from ${endpoint}, a login has one outcome and shows no secret`, () =>
      fc.assert(
        fc.asyncProperty(withBody(JSON_BODY), async response =>
          expectSafeOutcome(await signIn(endpoint, response)),
        ),
        fuzz(),
      ));

    it(`in bytes from ${endpoint}, a login has one outcome and shows no secret`, () =>
      fc.assert(
        fc.asyncProperty(withBody(RAW_BODY), async response =>
          expectSafeOutcome(await signIn(endpoint, response)),
        ),
        fuzz(),
      ));
  }

  it('from revoke, a revocation resolves or rejects and shows no secret', () =>
    fc.assert(
      fc.asyncProperty(withBody(fc.oneof(JSON_BODY, RAW_BODY)), async response => {
        const body = [204, 205, 304].includes(response.status) ? null : response.body;
        const client = new KakaoBusinessClient({
          clientID: 'key',
          fetch: async () => new Response(body, { status: response.status }),
        });

        const error = await client.revoke(ACCESS_TOKEN).catch((reason: unknown) => reason);

        if (response.status < 300) expect(error).to.equal(undefined);
        else expect(error).to.be.instanceOf(KakaoBusinessError);
        expect(inspect(error, { depth: 12 })).not.to.include(ACCESS_TOKEN);
      }),
      fuzz(),
    ));
});
