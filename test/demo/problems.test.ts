import { expect } from 'chai';
import { toProblem } from '../../examples/demo/problems.js';
import { SignInRefused } from '../../examples/demo/sign-in.js';

describe('demo: the page for an error', () => {
  const connecting = '/connect/kakao-business/callback';

  it('hides the message of an unexpected error', () => {
    const problem = toProblem(new Error('connect to db.internal as root'), { path: '/profile', session: {} });

    expect(problem.status).to.equal(500);
    expect(JSON.stringify(problem)).not.to.include('db.internal');
  });

  it('accepts any thrown value', () => {
    for (const thrown of [undefined, null, 'text', { status: 'teapot' }, { status: 302 }]) {
      expect(toProblem(thrown, { path: '/profile', session: {} }).status).to.equal(500);
    }
  });

  it('has a text for an unknown failure', () => {
    for (const challenge of [undefined, 'Unauthorized', { code: 7 }, { code: 'constructor' }]) {
      const problem = toProblem(new SignInRefused(challenge, undefined), { path: connecting });

      expect(problem).to.deep.include({ status: 401, startAt: '/connect/kakao-business' });
      expect(problem.title.en).to.equal('You could not be signed in');
    }
  });

  it('distinguishes a bad request from a missing session', () => {
    const statusOf = (error: unknown) => toProblem(error, { path: '/profile' });

    expect(statusOf(Object.assign(new Error('Failed to decode'), { status: 400 }))).to.include({
      status: 400,
    });
    expect(statusOf(new Error('No session')).operator?.hint).to.deep.include({
      en: 'There is no session: mount express-session before Passport, and check that its store can be reached.',
    });
  });
});
