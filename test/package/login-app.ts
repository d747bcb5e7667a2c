import { expect } from 'chai';
import { Browser } from '../support/browser.js';
import { serve } from './consumer.js';

const NAMES = {
  express: 'express',
  session: 'express-session',
  passport: 'passport',
  '{ KakaoBusinessStrategy }': 'passport-kakao-business',
  '{ startKakaoBusinessEmulator }': 'passport-kakao-business/emulator',
};
const lines = (toLine: (name: string, from: string) => string): string =>
  Object.entries(NAMES)
    .map(([name, from]) => toLine(name, from))
    .join('\n');
const IMPORTS = lines((name, from) => `import ${name} from '${from}';`);
const REQUIRES = lines((name, from) => `const ${name} = require('${from}');`);

const USER_TYPES = '(user: object, done: (error: null, user: object) => void)';
const APP = `
async function main() {
  const kakao = await startKakaoBusinessEmulator({ users: [{ id: '9007199254740993', name: 'Owner', email: 'owner@example.com', adAccounts: { moment: [{ id: '11', name: 'Spring' }], keyword: [] } }] });
  const app = express();
  const server = app.listen(0, () => {
    const address = server.address();
    const origin = \`http://localhost:\${typeof address === 'object' && address ? address.port : 0}\`;
    const callbackURL = origin + '/callback';
    kakao.app.redirectURIs.push(callbackURL);
    const { clientID, clientSecret } = kakao.app;
    passport.use(new KakaoBusinessStrategy({ clientID, clientSecret, callbackURL, scope: ['biz_account_email', 'moment_management'], ...kakao.endpoints }, async (_accessToken, _refreshToken, profile) => profile));
    console.log(origin);
  });
  passport.serializeUser((user, done) => done(null, user));
  passport.deserializeUser(${USER_TYPES} => done(null, user));
  app.use(session({ secret: 'test', resave: false, saveUninitialized: false }));
  app.use(passport.session());
  app.get('/login', passport.authenticate('kakao-business'));
  app.get('/callback', passport.authenticate('kakao-business', { successRedirect: '/' }));
  app.get('/', (req, res) => void res.json(req.user));
}
main();
`;
const UNTYPED_APP = APP.replace(USER_TYPES, '(user, done)');

/** An Express app with its own emulator, in three module formats. */
export const loginApp = {
  module: IMPORTS + UNTYPED_APP,
  commonJS: REQUIRES + UNTYPED_APP,
  typeScript: IMPORTS + APP,
};

/**
 * Runs the app and signs a user in, as a browser would.
 *
 * @param command the command that starts the app in the folder.
 * @returns the stderr output of the app.
 */
export async function signIn(folder: string, ...command: string[]): Promise<string> {
  const { stderr } = await serve(folder, command, async origin => {
    const browser = new Browser();
    const consent = await browser.open(`${origin}/login`);
    const { html, status } = await browser.submit(consent, '/emulator/consent', { decision: 'agree' });
    expect(status, html).to.equal(200);
    expect(JSON.parse(html)).to.deep.include({
      id: '9007199254740993',
      displayName: 'owner@example.com',
      agreements: [{ group: 'MOMENT', scopes: ['moment_management'], adAccountIDs: ['11'] }],
    });
  });
  return stderr;
}
