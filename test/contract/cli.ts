/**
 * `npm run contract` asks the emulator whether it follows Kakao's contract. With `--live` it asks Kakao itself, and
 * prints which assumptions are confirmed.
 */
import { inspect } from 'node:util';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import type { ProgramIO } from '../support/program.js';
import { contract } from './contract.js';
import { meetPerson, type Terminal } from './person.js';
import { rehearse } from './rehearsal.js';
import { type Asked, EMULATOR, exitCodeOf, KAKAO, toLine, toReport } from './report.js';
import { kakao } from './requests.js';
import { type Run, runContract } from './run.js';
import { Secrets } from './secrets.js';
import { help, type LiveSettings, readSettings, UnusableSettings } from './settings.js';

/** The streams of the process that are used. */
export type ContractIO = Pick<ProgramIO, 'stdin' | 'stdout' | 'stderr'>;

/**
 * @param timeout the time limit (ms) for a consent screen.
 * @returns the exit code.
 */
export async function main(
  args: string[],
  env: NodeJS.ProcessEnv,
  io: ContractIO,
  timeout?: number,
): Promise<number> {
  const secrets = new Secrets();
  const say = (text: string): void => void io.stdout.write(`${secrets.mask(text)}\n`);
  try {
    const settings = readSettings(args, env);
    if (settings === 'help') {
      say(help);
      return 0;
    }
    const [run, asked] = settings.live
      ? [await askKakao(settings, secrets, { say, input: io.stdin, timeout }), askedBy(settings)]
      : [await askEmulator(secrets), EMULATOR];
    say(`\n${toReport(run, asked)}`);
    return exitCodeOf(run);
  } catch (error) {
    const told = error instanceof UnusableSettings ? error.message : inspect(error);
    io.stderr.write(`${secrets.mask(told)}\n`);
    return 2;
  }
}

const askedBy = ({ app }: LiveSettings): Asked =>
  app.kauth === kakao.kauth ? KAKAO : { name: `a stand-in at ${app.kauth}`, isKakao: false };

async function askEmulator(secrets: Secrets): Promise<Run> {
  const emulator = await startKakaoBusinessEmulator();
  try {
    return await rehearse(emulator, { secrets });
  } finally {
    await emulator.close();
  }
}

async function askKakao({ app, pause }: LiveSettings, secrets: Secrets, terminal: Terminal): Promise<Run> {
  const { say } = terminal;
  secrets.learn(app.clientSecret, app.loginSecret);
  const servers = [...new Set([app.kauth, app.kapi, app.moment, app.keywordAd])].join(', ');
  say(`This sends ${servers} about ${contract.length} requests as the app of KAKAO_REST_API_KEY, ${pause} ms apart.
It gets one business token and revokes it at the end. You are asked to open up to four URLs in a browser.
It prints no secret and stores nothing.
`);
  const person = await meetPerson(app.redirectURI, terminal);
  try {
    return await runContract(app, {
      decide: person.decide,
      onCase: title => say(`- ${title}`),
      onJudgement: judgement => say(`  ${toLine(judgement)}`),
      pause,
      secrets,
    });
  } finally {
    person.close();
  }
}

// Tests call main() in their own process.
if (require.main === module) {
  main(process.argv.slice(2), process.env, process).then(code => {
    process.exitCode = code;
  });
}
