import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type {
  KakaoBusinessAuthenticateOptions,
  KakaoBusinessRequest,
  KakaoBusinessStrategy,
} from '../../lib/index.js';

/** What a strategy can tell Passport. */
export type Outcome =
  | { kind: 'success'; user: unknown; info: unknown }
  | { kind: 'fail'; challenge: unknown; status: unknown }
  | { kind: 'redirect'; url: URL }
  | { kind: 'error'; error: unknown };

/**
 * Does what Passport does, so that a test cannot pass where Passport would break; insists on exactly one outcome, and waits
 * some milliseconds for a second one.
 */
export async function authenticate(
  strategy: KakaoBusinessStrategy,
  req: KakaoBusinessRequest,
  options?: KakaoBusinessAuthenticateOptions,
  patience = 15,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  await new Promise<void>(settled => {
    const settle = (outcome: Outcome) => {
      outcomes.push(outcome);
      settled();
    };
    const perRequest = Object.assign(Object.create(strategy), {
      success: (user: unknown, info: unknown) => settle({ kind: 'success', user, info }),
      fail: (challenge: unknown, status: unknown) => settle({ kind: 'fail', challenge, status }),
      redirect: (url: string) => settle({ kind: 'redirect', url: new URL(url) }),
      error: (error: unknown) => settle({ kind: 'error', error }),
    });
    perRequest.authenticate(req, options);
  });
  await (patience > 0 ? wait(patience) : turn());
  const [outcome, ...others] = outcomes;
  if (!outcome || others.length > 0) throw new Error('Passport was told more than once', { cause: outcomes });
  return outcome;
}

/** A request as Express hands it on: a query and a session are all that the strategy reads. */
export const request = (query: object = {}, session: object | undefined = {}): KakaoBusinessRequest =>
  Object.assign(Object.create(null), { method: 'GET', url: '/', headers: {}, query, session });

/** Starts a login and gives the state that went to Kakao. */
export async function startLogin(
  strategy: KakaoBusinessStrategy,
  session: object,
  options?: KakaoBusinessAuthenticateOptions,
): Promise<string> {
  const outcome = await authenticate(strategy, request({}, session), options);
  if (outcome.kind !== 'redirect') throw new Error('No redirect to Kakao', { cause: outcome });
  return outcome.url.searchParams.get('state') ?? '';
}
