import { expect } from 'chai';
import { Consumer } from '../package/consumer.js';
import { Browser, type Page } from '../support/browser.js';
import { freePort } from '../support/server.js';

const ID = '9007199254740993';

/** An app at the emulator with a SignedCookieStore, and nothing else. */
const strategyOptions = (port: number) => `
const origin = 'http://localhost:${port}';
const callbackURL = origin + '/auth/kakao-business/callback';
const kakao = await startKakaoBusinessEmulator({ app: { redirectURIs: [callbackURL] } });
const { clientID, clientSecret } = kakao.app;
const store = new SignedCookieStore({ secret: 'thirty-two characters or even more' });
const options = { clientID, clientSecret, callbackURL, store, ...kakao.endpoints };
`;

/** An Express app in a Lambda handler, behind a server that does what API Gateway does (payload format 2.0). */
const lambda = (port: number) => `
import { createServer } from 'node:http';
import express from 'express';
import passport from 'passport';
import { KakaoBusinessStrategy, SignedCookieStore } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';
import serverless from 'serverless-http';
${strategyOptions(port)}
passport.use(new KakaoBusinessStrategy(options, async (accessToken, _, { id }) => ({ id })));
const app = express();
app.get('/auth/kakao-business', passport.authenticate('kakao-business', { session: false }));
const login = passport.authenticate('kakao-business', { session: false, failWithError: true });
app.get('/auth/kakao-business/callback', login, (req, res) => res.json(req.user));
app.use((error, req, res, next) => res.status(error.status ?? 500).json({ message: error.message }));
const handler = serverless(app);

createServer(async ({ url, method, headers: { cookie, ...headers } }, res) => {
  const { pathname, search } = new URL(url, origin);
  const { statusCode, headers: answered, cookies = [], body, isBase64Encoded } = await handler({
    version: '2.0',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    ...(cookie && { cookies: cookie.split('; ') }),
    requestContext: { http: { method, path: pathname, sourceIp: '127.0.0.1' } },
    isBase64Encoded: false,
  }, {});
  res.writeHead(statusCode, { ...answered, 'set-cookie': [answered['set-cookie'] ?? [], cookies].flat() });
  res.end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}).listen(${port}, () => console.log(origin));
`;

/** A Nest app whose users get a JWT. */
const nest = (port: number) => `
import 'reflect-metadata';
import { Controller, Get, Headers, Module, Req, UnauthorizedException, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { type KakaoBusinessProfile, SignedCookieStore, Strategy } from 'passport-kakao-business';
import { startKakaoBusinessEmulator } from 'passport-kakao-business/emulator';

void (async () => {
${strategyOptions(port)}
class KakaoBusinessStrategy extends PassportStrategy(Strategy, 'kakao-business') {
  constructor() { super(options); }
  async validate(_token: string, _: undefined, { id }: KakaoBusinessProfile) { return { id }; }
}

@Controller()
class AppController {
  constructor(private readonly jwt: JwtService) {}

  @Get(['auth/kakao-business', 'auth/kakao-business/callback'])
  @UseGuards(AuthGuard('kakao-business'))
  async signedIn(@Req() { user: { id } }: { user: { id: string } }) {
    return { token: await this.jwt.signAsync({ sub: id }) };
  }

  @Get('me')
  async me(@Headers('authorization') authorization = '') {
    const verified = this.jwt.verifyAsync(authorization.replace('Bearer ', ''));
    const { sub } = await verified.catch(() => { throw new UnauthorizedException(); });
    return { id: sub };
  }
}

@Module({
  imports: [PassportModule.register({ session: false }), JwtModule.register({ secret: 'of the app' })],
  controllers: [AppController],
  providers: [KakaoBusinessStrategy],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(${port});
console.log(origin);
})();
`;

describe('Without sessions, SignedCookieStore', function () {
  this.timeout(120_000);

  let browser: Browser;
  beforeEach(() => {
    browser = new Browser();
  });

  const start = (origin: string) => browser.open(`${origin}/auth/kakao-business`);
  const agree = (consent: Page) => browser.submit(consent, '/emulator/consent', { decision: 'agree' });

  describe('in a Lambda handler', () => {
    let consumer: Consumer;
    before(async () => {
      consumer = await Consumer.create(['express@5', 'passport', 'serverless-http@4']);
      await consumer.write('lambda.mjs', lambda(await freePort()));
    });
    after(() => consumer.remove());

    it('signs in two tabs', () =>
      consumer.serve('lambda.mjs', async origin => {
        const tabs = [await start(origin), await start(origin)];

        for (const tab of tabs) expect(JSON.parse((await agree(tab)).html)).to.deep.equal({ id: ID });
      }));

    it('rejects a repeated callback and that of another browser', () =>
      consumer.serve('lambda.mjs', async origin => {
        const { url, status } = await agree(await start(origin));
        expect(status).to.equal(200);

        for (const visitor of [browser, new Browser()])
          expect((await visitor.open(url)).status).to.equal(403);
      }));
  });

  describe('in Nest with JWT', () => {
    let consumer: Consumer;
    before(async () => {
      const packages = ['common', 'core', 'jwt', 'passport', 'platform-express'];
      consumer = await Consumer.create([
        ...packages.map(name => `@nestjs/${name}@11`),
        ...['passport', 'reflect-metadata', 'rxjs', 'typescript@5.9', '@types/express', '@types/node@20'],
      ]);
      await consumer.write('nest.ts', nest(await freePort()));
      const compilerOptions = {
        target: 'es2023',
        module: 'nodenext',
        types: ['node'],
        strict: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
      };
      await consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['nest.ts'] }));

      expect(await consumer.run('node_modules/.bin/tsc')).to.deep.equal({ code: 0, output: '' });
    });
    after(() => consumer.remove());

    it('signs in a user, who gets a token of the app', () =>
      consumer.serve('nest.js', async origin => {
        const { token } = JSON.parse((await agree(await start(origin))).html);
        const me = (authorization: string) => fetch(`${origin}/me`, { headers: { authorization } });

        expect(await (await me(`Bearer ${token}`)).json()).to.deep.equal({ id: ID });
        expect((await me('Bearer forged')).status).to.equal(401);
      }));

    it('signs in nobody with the callback of another browser', () =>
      consumer.serve('nest.js', async origin => {
        const consent = await start(origin);
        const state = consent.url.searchParams.get('state');
        const callback = `${origin}/auth/kakao-business/callback?code=c0de&state=${state}`;

        const refused = await new Browser().open(callback);

        expect(refused.status).to.equal(401);
        expect(JSON.parse((await agree(consent)).html)).to.have.property('token');
      }));
  });
});
