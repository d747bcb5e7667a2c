import { setImmediate as turn } from 'node:timers/promises';
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
 * Does what Passport does, so that a test cannot pass where Passport would break. Rejects when there is more than one outcome.
 * An outcome that comes later still fails the test, as an unhandled rejection.
 */
export async function authenticate(
  strategy: KakaoBusinessStrategy,
  req: KakaoBusinessRequest,
  options?: KakaoBusinessAuthenticateOptions,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const requireOne = async (): Promise<void> => {
    if (outcomes.length > 1) throw new Error('Passport was given more than one outcome', { cause: outcomes });
  };
  let hasReturned = false;
  const outcome = await new Promise<Outcome>(resolve => {
    const settle = (outcome: Outcome) => {
      outcomes.push(outcome);
      resolve(outcome);
      if (hasReturned) void requireOne();
    };
    const perRequest = Object.assign(Object.create(strategy), {
      success: (user: unknown, info: unknown) => settle({ kind: 'success', user, info }),
      fail: (challenge: unknown, status: unknown) => settle({ kind: 'fail', challenge, status }),
      redirect: (url: string) => settle({ kind: 'redirect', url: new URL(url) }),
      error: (error: unknown) => settle({ kind: 'error', error }),
    });
    perRequest.authenticate(req, options);
  });
  await turn();
  hasReturned = true;
  await requireOne();
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
