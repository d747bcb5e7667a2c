/**
 * `mocked-logins.mjs NOCK` mocks Kakao with this version of nock, signs in 50 times, and prints the failures as JSON.
 */
import dns from 'node:dns';
import { KakaoBusinessStrategy } from 'passport-kakao-business';

const { default: nock } = await import(process.argv[2]);

nock.disableNetConnect();
const problems = [];
dns.lookup = (name, _options, done) => {
  problems.push(`${name} was looked up`);
  setTimeout(done, 10, new Error(`nobody resolves ${name}`));
};

const strategy = new KakaoBusinessStrategy(
  { clientID: 'rest-api-key', callbackURL: 'https://example.com/callback' },
  async (_accessToken, _refreshToken, profile) => profile,
);

for (let login = 0; login < 50; login++) {
  const respond = (scope, body) => scope.delay(login % 5).reply(200, body);
  const kapi = nock('https://kapi.kakao.com');
  respond(nock('https://kauth.kakao.com').post('/oauth/business/token'), { access_token: 'business-token' });
  respond(kapi.get('/v1/business/tokeninfo'), { token_user_id: 4242 });
  respond(kapi.get('/v1/business/userinfo'), { email: 'owner@example.com' });

  const session = {};
  const authenticate = query =>
    new Promise((resolve, reject) => {
      const outcomes = { redirect: resolve, success: resolve, fail: reject, error: reject };
      Object.assign(Object.create(strategy), outcomes).authenticate({ query, session }, {});
    });
  const consent = new URL(await authenticate({}));
  await authenticate({ code: 'code', state: consent.searchParams.get('state') }).catch(error =>
    problems.push(error.message),
  );
  nock.cleanAll();
}
process.stdout.write(JSON.stringify(problems));
