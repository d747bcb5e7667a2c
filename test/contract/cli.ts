/**
 * `npm run contract` asks the emulator everything that Kakao's contract says, and prints what was confirmed and what was not;
 * with `--live` it asks Kakao.
 */
import { inspect } from 'node:util';
import { startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { contract } from './contract.js';
import { meetPerson } from './person.js';
import { rehearse } from './rehearsal.js';
import { exitCodeOf, toReport } from './report.js';
import { type Run, runContract } from './run.js';
import { Secrets } from './secrets.js';
import { type LiveSettings, readSettings, UnusableSettings } from './settings.js';

const secrets = new Secrets();
const say = (text: string): void => void process.stdout.write(`${secrets.mask(text)}\n`);

async function main(): Promise<void> {
  try {
    const settings = readSettings(process.argv.slice(2), process.env);
    const run = settings.live ? await askKakao(settings) : await askEmulator();
    say(`\n${toReport(run)}`);
    process.exitCode = exitCodeOf(run);
  } catch (error) {
    const told = error instanceof UnusableSettings ? error.message : inspect(error);
    process.stderr.write(`${secrets.mask(told)}\n`);
    process.exitCode = 2;
  }
}

async function askEmulator(): Promise<Run> {
  const emulator = await startKakaoBusinessEmulator();
  try {
    return await rehearse(emulator, { secrets });
  } finally {
    await emulator.close();
  }
}

async function askKakao({ app, pause }: LiveSettings): Promise<Run> {
  secrets.learn(app.clientSecret);
  say(`This sends ${app.kauth} and ${app.kapi} about ${contract.length} requests as the app of KAKAO_REST_API_KEY, ${pause} ms apart.
It has one business token issued, and revokes it at the end. You are asked to open up to three addresses in a browser.
No secret is printed, and nothing is kept.
`);
  const person = await meetPerson(app.redirectURI, say);
  try {
    return await runContract(app, {
      decide: person.decide,
      onCase: title => say(`- ${title}`),
      pause,
      secrets,
    });
  } finally {
    person.close();
  }
}

void main();
