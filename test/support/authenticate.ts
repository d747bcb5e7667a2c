import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type {
  KakaoBusinessAuthenticateOptions,
  KakaoBusinessRequest,
  KakaoBusinessStrategy,
} from '../../lib/index.js';

/** The outcomes that a strategy can report to Passport. */
export type Outcome =
  | { kind: 'success'; user: unknown; info: unknown }
  | { kind: 'fail'; challenge: unknown; status: unknown }
  | { kind: 'redirect'; url: URL }
  | { kind: 'error'; error: unknown };

let isWaitDue = false;
const late: Error[] = [];

/**
 * Does what Passport does, so that a test cannot pass where Passport would fail. Rejects if there is more than one
 * outcome by the next turn; test/support/hooks.ts fails the test if another one comes later.
 */
export async function authenticate(
  strategy: KakaoBusinessStrategy,
  req: KakaoBusinessRequest,
  options?: KakaoBusinessAuthenticateOptions,
): Promise<Outcome> {
  isWaitDue = true;
  const outcomes: Outcome[] = [];
  const tooMany = () => new Error(`More than one outcome: ${outcomes.map(({ kind }) => kind).join(', ')}`);
  let hasReturned = false;
  const outcome = await new Promise<Outcome>(resolve => {
    const settle = (outcome: Outcome) => {
      outcomes.push(outcome);
      resolve(outcome);
      if (hasReturned) late.push(tooMany());
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
  if (outcomes.length > 1) throw tooMany();
  return outcome;
}

/** Waits once for late outcomes of the logins since the last call. @returns an error for each late outcome. */
export async function lateOutcomes(): Promise<Error[]> {
  if (isWaitDue) await wait(15);
  isWaitDue = false;
  return late.splice(0);
}

/** A request as Express passes it on, with the query and the session that the strategy reads. */
export const request = (query: object = {}, session: object | undefined = {}): KakaoBusinessRequest =>
  Object.assign(Object.create(null), { method: 'GET', url: '/', headers: {}, query, session });

/** Starts a login. @returns the state sent to Kakao. */
export async function startLogin(
  strategy: KakaoBusinessStrategy,
  session: object,
  options?: KakaoBusinessAuthenticateOptions,
): Promise<string> {
  const outcome = await authenticate(strategy, request({}, session), options);
  if (outcome.kind !== 'redirect') throw new Error('No redirect to Kakao', { cause: outcome });
  return outcome.url.searchParams.get('state') ?? '';
}
