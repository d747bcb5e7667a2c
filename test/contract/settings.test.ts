import { expect } from 'chai';
import { readSettings, UnusableSettings } from './settings.js';

const env = {
  KAKAO_REST_API_KEY: 'rest-api-key',
  KAKAO_CLIENT_SECRET: 'clientSecret-7hYq2LmZ0pXv9RtK',
  KAKAO_CALLBACK_URL: 'http://localhost:3000/callback',
};

describe('the settings of a run', () => {
  it('are those of the emulator, unless told otherwise', () => {
    expect(readSettings([], env)).to.deep.equal({ live: false });
  });

  it('are Kakao, a second between two requests, and the app of the environment', () => {
    expect(readSettings(['--live'], env)).to.deep.equal({
      live: true,
      app: {
        kauth: 'https://kauth.kakao.com',
        kapi: 'https://kapi.kakao.com',
        clientID: 'rest-api-key',
        clientSecret: env.KAKAO_CLIENT_SECRET,
        redirectURI: 'http://localhost:3000/callback',
        scope: ['biz_account_email'],
      },
      pause: 1000,
    });
  });

  it('are a stand-in on this machine, without a pause', () => {
    const settings = readSettings(['--live', '--origin', 'http://127.0.0.1:4000'], env);

    expect(settings).to.deep.include({ live: true, pause: 0 });
    expect(settings)
      .to.have.property('app')
      .that.includes({ kauth: 'http://127.0.0.1:4000', kapi: 'http://127.0.0.1:4000' });
  });

  it('have no secret while the feature is off', () => {
    expect(readSettings(['--live'], { ...env, KAKAO_CLIENT_SECRET: '' }))
      .to.have.property('app')
      .that.deep.includes({ clientSecret: undefined });
  });

  for (const scope of ['biz_account_email,moment_management', 'biz_account_email moment_management']) {
    it(`take several items: ${scope}`, () => {
      expect(readSettings(['--live'], { ...env, KAKAO_SCOPE: scope }))
        .to.have.property('app')
        .that.deep.includes({ scope: ['biz_account_email', 'moment_management'] });
    });
  }

  const usage = 'Usage: npm run contract [-- --live [--origin http://127.0.0.1:<port>]]';
  const unusable: { what: string; args?: string[]; changes?: NodeJS.ProcessEnv; told: string }[] = [
    {
      what: 'no key',
      changes: { KAKAO_REST_API_KEY: undefined },
      told: 'KAKAO_REST_API_KEY is not set: --live takes KAKAO_REST_API_KEY, KAKAO_CALLBACK_URL and, where the app has one, KAKAO_CLIENT_SECRET.',
    },
    {
      what: 'no redirect URI',
      changes: { KAKAO_CALLBACK_URL: '' },
      told: 'KAKAO_CALLBACK_URL is not set: --live takes KAKAO_REST_API_KEY, KAKAO_CALLBACK_URL and, where the app has one, KAKAO_CLIENT_SECRET.',
    },
    {
      what: 'a redirect URI that is none',
      changes: { KAKAO_CALLBACK_URL: '/callback' },
      told: 'KAKAO_CALLBACK_URL is no http or https URL.',
    },
    {
      what: 'a stand-in elsewhere',
      args: ['--live', '--origin', 'https://kakao.example.com'],
      told: '--origin takes the http address of a stand-in on this machine.',
    },
    { what: 'a stand-in for the emulator', args: ['--origin', 'http://127.0.0.1:4000'], told: usage },
    { what: 'an option that it does not have', args: ['--life'], told: usage },
    { what: 'a value that no option takes', args: ['live'], told: usage },
  ];

  for (const { what, args = ['--live'], changes, told } of unusable) {
    it(`cannot be used with ${what}, and say so`, () => {
      expect(() => readSettings(args, { ...env, ...changes })).to.throw(UnusableSettings, told);
    });
  }
});
