import { expect } from 'chai';
import { toProblem } from '../../examples/demo/problems.js';
import { SignInRefused } from '../../examples/demo/sign-in.js';

describe('demo: problems in words', () => {
  it('tells nothing of an error that nobody foresaw', () => {
    const problem = toProblem(new Error('connect to db.internal as root'), '/profile');

    expect(problem.status).to.equal(500);
    expect(JSON.stringify(problem)).not.to.include('db.internal');
  });

  it('takes anything for an error', () => {
    for (const thrown of [undefined, null, 'text', { status: 'teapot' }, { status: 302 }]) {
      expect(toProblem(thrown, '/profile').status).to.equal(500);
    }
  });

  it('has words for a sign-in that took too long', () => {
    const problem = toProblem(
      new SignInRefused({ code: 'invalid_state', reason: 'expired', message: 'Too long.' }, 403),
      '/auth/kakao-business/callback',
    );

    expect(problem).to.deep.include({
      status: 403,
      code: 'invalid_state · expired',
      tryAgain: '/auth/kakao-business',
    });
    expect(problem.text.en).to.include('10 minutes');
  });

  it('has words for a refusal it does not know', () => {
    for (const challenge of [undefined, 'Unauthorized', { code: 7 }, { code: 'new_code' }]) {
      const problem = toProblem(new SignInRefused(challenge, undefined), '/connect/kakao-business/callback');

      expect(problem).to.deep.include({ status: 401, tryAgain: '/connect/kakao-business' });
      expect(problem.title.en).to.equal('You could not be signed in');
    }
  });
});
