import { expect } from 'chai';
import { readSettings, UnusableSettings } from './settings.js';

const env = {
  KAKAO_REST_API_KEY: 'rest-api-key',
  KAKAO_CLIENT_SECRET: 'clientSecret-7hYq2LmZ0pXv9RtK',
  KAKAO_CALLBACK_URL: 'http://localhost:3000/callback',
};

describe('The settings of a run', () => {
  it('default to the emulator', () => {
    expect(readSettings([], env)).to.deep.equal({ live: false });
  });

  for (const option of ['--help', '-h']) {
    it(`are not needed for ${option}`, () => {
      expect(readSettings([option], {})).to.equal('help');
    });
  }

  it('with --live are Kakao, the app of the environment and a pause of 1 s', () => {
    expect(readSettings(['--live'], env)).to.deep.equal({
      live: true,
      app: {
        kauth: 'https://kauth.kakao.com',
        kapi: 'https://kapi.kakao.com',
        moment: 'https://apis.moment.kakao.com',
        keywordAd: 'https://api.keywordad.kakao.com',
        clientID: 'rest-api-key',
        clientSecret: env.KAKAO_CLIENT_SECRET,
        loginSecret: undefined,
        redirectURI: 'http://localhost:3000/callback',
        scope: ['biz_account_email'],
      },
      pause: 1000,
    });
  });

  it('with --origin are a stand-in without a pause', () => {
    const settings = readSettings(['--live', '--origin', 'http://127.0.0.1:4000'], env);

    expect(settings).to.deep.include({ live: true, pause: 0 });
    expect(settings).to.have.property('app').that.includes({
      kauth: 'http://127.0.0.1:4000',
      kapi: 'http://127.0.0.1:4000',
      moment: 'http://127.0.0.1:4000',
      keywordAd: 'http://127.0.0.1:4000',
    });
  });

  it('have no secret if the variable is empty', () => {
    expect(readSettings(['--live'], { ...env, KAKAO_CLIENT_SECRET: '' }))
      .to.have.property('app')
      .that.deep.includes({ clientSecret: undefined });
  });

  for (const scope of ['biz_account_email,moment_management', 'biz_account_email moment_management']) {
    it(`accept several items: ${scope}`, () => {
      expect(readSettings(['--live'], { ...env, KAKAO_SCOPE: scope }))
        .to.have.property('app')
        .that.deep.includes({ scope: ['biz_account_email', 'moment_management'] });
    });
  }

  const usage = 'Usage: npm run contract [-- --live [--origin http://127.0.0.1:<port>] | --help]';
  const unusable: { what: string; args?: string[]; changes?: NodeJS.ProcessEnv; told: string }[] = [
    {
      what: 'no key',
      changes: { KAKAO_REST_API_KEY: undefined },
      told: 'KAKAO_REST_API_KEY is not set: --live requires KAKAO_REST_API_KEY, KAKAO_CALLBACK_URL and, if the app has one, KAKAO_CLIENT_SECRET.',
    },
    {
      what: 'no redirect URI',
      changes: { KAKAO_CALLBACK_URL: '' },
      told: 'KAKAO_CALLBACK_URL is not set: --live requires KAKAO_REST_API_KEY, KAKAO_CALLBACK_URL and, if the app has one, KAKAO_CLIENT_SECRET.',
    },
    {
      what: 'a relative redirect URI',
      changes: { KAKAO_CALLBACK_URL: '/callback' },
      told: 'KAKAO_CALLBACK_URL is not an http or https URL.',
    },
    {
      what: 'a stand-in on another machine',
      args: ['--live', '--origin', 'https://kakao.example.com'],
      told: '--origin requires the http URL of a stand-in on this machine.',
    },
    { what: '--origin without --live', args: ['--origin', 'http://127.0.0.1:4000'], told: usage },
    { what: 'an unknown option', args: ['--life'], told: usage },
    { what: 'a positional argument', args: ['live'], told: usage },
  ];

  for (const { what, args = ['--live'], changes, told } of unusable) {
    it(`are rejected with ${what}`, () => {
      expect(() => readSettings(args, { ...env, ...changes })).to.throw(UnusableSettings, told);
    });
  }
});
