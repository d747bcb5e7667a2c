/** Signs in, and prints the outcome as JSON; with the argument `start` it only starts a login and waits. */
import { setTimeout as wait } from 'node:timers/promises';
import { KakaoBusinessStrategy } from 'passport-kakao-business';

const { STRATEGY_OPTIONS, FETCH_PROXY: proxy } = process.env;

const strategy = new KakaoBusinessStrategy(
  {
    clientID: 'rest-api-key',
    callbackURL: 'https://example.com/callback',
    ...JSON.parse(STRATEGY_OPTIONS),
    ...(proxy && { fetch: (url, init) => fetch(url, { ...init, proxy }) }),
  },
  async (_accessToken, _refreshToken, profile) => profile,
);
const session = {};
const authenticate = query =>
  new Promise(resolve => {
    const outcomes = {
      redirect: url => resolve({ state: new URL(url).searchParams.get('state') }),
      success: ({ id }) => resolve({ id }),
      fail: challenge => resolve({ challenge }),
      error: error => resolve({ error, cause: error.cause?.message }),
    };
    Object.assign(Object.create(strategy), outcomes).authenticate({ query, session }, {});
  });

const { state } = await authenticate({});
if (process.argv[2] === 'start') await wait(1_000);
else process.stdout.write(JSON.stringify(await authenticate({ code: 'code', state })));
