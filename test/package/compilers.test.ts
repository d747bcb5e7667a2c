import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { Consumer } from './consumer.js';
import { loginApp } from './login-app.js';

/** An app that depends on types: inference, inherited members, options in a literal, the emulator. */
const APP = `
import passport from 'passport';
import { ConsentItem, KakaoBusinessStrategy, type KakaoBusinessProfile } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';

const strategy = new KakaoBusinessStrategy(
  { clientID: 'key', callbackURL: 'https://example.com/', scope: [ConsentItem.Email], passReqToCallback: true },
  async (req, accessToken, _refreshToken, profile) => {
    const checked: [string, KakaoBusinessProfile, string | undefined] = [accessToken, profile, req.headers.host];
    return { id: checked[1].id };
  },
);
passport.use(strategy);
strategy.fail({ message: 'inherited' });

// The app's own declarations next to those of the package.
interface Account { adAccountIDs: string[] }
interface LoginState { returnTo: string }
interface Bearer { scope: string }
declare global {
  namespace Express {
    interface User { id: string }
    interface Request { account?: Account }
    interface AuthInfo { state?: LoginState; tenant?: string }
  }
}
export const read = ({ account, authInfo }: Express.Request): [string[], string] =>
  [account?.adAccountIDs ?? [], authInfo?.state?.returnTo ?? '/'];
declare const bearer: Bearer;
export const infos: Express.AuthInfo[] = [bearer, { scope: 'read' }];
passport.authenticate('kakao-business', { resourceIDs: ['moment:1'], state: { returnTo: '/' } }, (_error, user) => user);
export const kakao = startKakaoBusinessEmulator({ app: { redirectURIs: ['https://example.com/'] } });
// @ts-expect-error no verify callback
new KakaoBusinessStrategy({ clientID: 'key', callbackURL: 'https://example.com/' });
`;

const MISTAKES_START = `
import { KakaoBusinessStrategy as Strategy } from 'passport-kakao-business';
declare global { namespace Express { interface User { blocked: boolean } } }
const keys = { clientID: 'key', callbackURL: 'https://example.com/' };
declare const user: Express.User;
declare const flag: boolean;
`;

/** Invalid constructor calls, each with the relevant part of the compiler's message. */
const MISTAKES = {
  'new Strategy(keys, async (_token, _refresh, profile) => profile);':
    "Type 'KakaoBusinessProfile' is not assignable to type 'false | User | null | undefined'.",
  'new Strategy(keys, (_token, _refresh, _profile) => user);':
    "Type 'User' is not assignable to type 'KakaoBusinessVerifyResult'.",
  "new Strategy({ clientID: 'key' }, async () => user);":
    "Property 'callbackURL' is missing in type '{ clientID: string; }'",
  'new Strategy(keys, async (_token: string, _refresh: string) => user);':
    "Type 'undefined' is not assignable to type 'string'.",
  'new Strategy({ ...keys, passReqToCallback: flag }, async () => user);':
    "Type 'boolean' is not assignable to type 'false'.",
  'new Strategy(keys, (_token: string, _refresh: undefined, _params: object, _profile: object, done: () => void) => done());':
    'Target signature provides too few arguments. Expected 5 or more, but got 4.',
  "new Strategy({ ...keys, scopes: ['biz_account_email'] }, async () => user);":
    "'scopes' does not exist in type 'KakaoBusinessStrategyOptions'. Did you mean to write 'scope'?",
};

const NODE10 = ['commonjs', 'node10'] as const;
const NODE16 = ['node16', 'node16'] as const;
const NODENEXT = ['nodenext', 'nodenext'] as const;
const BUNDLER = ['esnext', 'bundler'] as const;

describe('The packed types', function () {
  this.timeout(120_000);

  // TypeScript 5.4 cannot read the newest types of Node; apps with it use older ones.
  const apps = [
    {
      what: 'without @types',
      packages: [
        'passport',
        'typescript-5.9@npm:typescript@5.9',
        'typescript-6@npm:typescript@6',
        'typescript-7@npm:typescript@7',
      ],
      compilers: [
        ['5.9', [NODE10, NODE16, NODENEXT, BUNDLER]],
        ['6', [NODE16, NODENEXT, BUNDLER]],
        ['7', [NODE16, NODENEXT, BUNDLER]],
      ],
    },
    {
      what: 'with @types/node 20',
      packages: ['passport', 'typescript-5.4@npm:typescript@5.4', '@types/node@20'],
      compilers: [['5.4', [NODE10, NODE16, NODENEXT, BUNDLER]]],
    },
  ] as const;

  for (const { what, packages, compilers } of apps) {
    describe(what, () => {
      let consumer: Consumer;
      before(async () => {
        consumer = await Consumer.create(packages);
        await consumer.write('app.ts', APP);
        await consumer.write('mistakes.ts', MISTAKES_START + Object.keys(MISTAKES).join('\n'));
      });
      after(() => consumer.remove());

      for (const [version, modules] of compilers) {
        it(`give clear constructor errors in TypeScript ${version}`, async () => {
          const tsc = `node_modules/typescript-${version}/bin/tsc`;
          const options = '--noEmit --strict --skipLibCheck --module nodenext --pretty false'.split(' ');

          const { output } = await consumer.run(process.execPath, tsc, ...options, 'mistakes.ts');

          const [, ...messages] = output.split(/^mistakes\.ts/m);
          expect(messages).to.have.lengthOf(Object.keys(MISTAKES).length);
          for (const [index, expected] of Object.values(MISTAKES).entries())
            expect(messages[index]).to.include(expected);
        });

        for (const [module, moduleResolution] of modules) {
          // Checking TypeScript's own declarations takes seconds, and is the same for every kind of module.
          const skipsOwn = module !== 'nodenext';

          it(`compile with TypeScript ${version}, ${module}/${moduleResolution}${skipsOwn ? ', skipDefaultLibCheck' : ''}`, async () => {
            const tsc = `node_modules/typescript-${version}/bin/tsc`;
            const options = [
              '--noEmit',
              '--strict',
              '--target',
              'es2022',
              '--esModuleInterop',
              ...(skipsOwn ? ['--skipDefaultLibCheck'] : []),
              '--module',
              module,
              '--moduleResolution',
              moduleResolution,
            ];

            expect(await consumer.run(process.execPath, tsc, ...options, 'app.ts')).to.deep.equal({
              code: 0,
              output: '',
            });
          });
        }
      }
    });
  }
});

describe('An app in TypeScript on Fastify', function () {
  this.timeout(120_000);

  let consumer: Consumer;
  before(async () => {
    consumer = await Consumer.create([
      '@fastify/passport@4',
      'fastify@5',
      'typescript@5.9',
      '@types/node@20',
    ]);
  });
  after(() => consumer.remove());

  for (const name of ['fastify-session', 'fastify-secure-session']) {
    it(`compiles with the lines in the README of examples/${name}`, async () => {
      const readme = await readFile(`examples/${name}/README.md`, 'utf8');
      const [start] = /await passport\.authenticate\(.*?\)\.call\(app, request, reply\)/.exec(readme) ?? [];
      const [read] = /const { state } = info as .*?;(?=`)/.exec(readme) ?? [];
      await consumer.write(
        'app.ts',
        `import { Authenticator } from '@fastify/passport';
        import fastify from 'fastify';
        import { KakaoBusinessStrategy } from 'passport-kakao-business';
        const passport = new Authenticator();
        const app = fastify();
        const options = { clientID: 'key', callbackURL: 'https://example.com/callback' };
        passport.use(new KakaoBusinessStrategy(options, async (_token, _refresh, profile) => profile));
        app.get('/auth', async (request, reply) => {
          const state = { returnTo: '/' };
          ${start};
          return reply;
        });
        app.get('/callback', passport.authenticate('kakao-business', async (request, reply, error, user, info, status) => {
          if (error) throw error;
          if (!user) return reply.code(status ?? 401).send(info);
          await request.logIn(user);
          ${read}
          return reply.redirect(state.returnTo);
        }));`,
      );

      const options = '--noEmit --strict --skipLibCheck --module nodenext'.split(' ');
      expect(await consumer.run('node_modules/.bin/tsc', ...options, 'app.ts')).to.deep.equal({
        code: 0,
        output: '',
      });
    });
  }
});

describe('An app in TypeScript with linked packages, as with pnpm', function () {
  this.timeout(120_000);

  it('finds the types that the README says to install', async () => {
    const readme = await readFile('README.md', 'utf8');
    const [, types = ''] = /`npm install --save-dev (@types\/passport .*?)`/.exec(readme) ?? [];
    const packages = ['passport', 'express', 'express-session', 'typescript@5.9', '@types/node@20'];
    const consumer = await Consumer.create(['--install-strategy=linked', ...packages, ...types.split(' ')]);
    try {
      await consumer.write('app.ts', loginApp.typeScript);
      const options = '--noEmit --strict --skipLibCheck --module nodenext --types node'.split(' ');
      expect(await consumer.run('node_modules/.bin/tsc', ...options, 'app.ts')).to.deep.equal({
        code: 0,
        output: '',
      });
    } finally {
      await consumer.remove();
    }
  });
});
