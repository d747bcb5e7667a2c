import { say } from '../language.js';
import { type SetupStep, setupSteps } from '../setup-steps.js';
import type { Visitor } from '../visitor.js';
import { type HTML, html } from './html.js';
import { layout } from './layout.js';

/** How to run the demo with Kakao instead of the emulator. */
export const ownKeysPage = (visitor: Visitor, origin: string): string =>
  layout({
    title: say('내 앱 키로 실행하기', 'Use your own keys'),
    visitor,
    address: '/own-keys',
    main: html`<header class="pitch">
<h1>${say('내 앱 키로 실행하기', 'Use your own keys')}</h1>
<p class="lead">${say(
      '지금은 로컬 에뮬레이터로 실행 중입니다. 실제 카카오에 연결하려면 앱을 설정하고, 키를 환경 변수로 지정해 데모를 다시 시작하세요.',
      'The demo is running with the local emulator. To connect it to Kakao, set up your app, then start the demo again with your keys as environment variables.',
    )}</p>
</header>
<section class="card" aria-labelledby="setup">
<h2 id="setup">${say('카카오디벨로퍼스에서 설정하기', 'Set up your app at Kakao Developers')}</h2>
<p class="fine">${say(
      '코드는 그 단계를 건너뛰었을 때 카카오가 돌려주는 오류 코드입니다.',
      'The codes are the errors that Kakao gives if you skip the step.',
    )}</p>
<ol class="steps">
${setupSteps(origin).map(step)}
</ol>
</section>
<section class="card" aria-labelledby="start">
<h2 id="start">${say('데모 다시 시작하기', 'Start the demo again')}</h2>
<pre tabindex="0">KAKAO_REST_API_KEY=… KAKAO_CLIENT_SECRET=… PORT=${new URL(origin).port || '80'} npm start</pre>
<p class="fine">${say(
      '클라이언트 시크릿 기능을 껐다면 시크릿은 지정하지 마세요. 시크릿은 화면에도 로그에도 나오지 않습니다.',
      'Leave the secret out if the Client secret feature is off. No page and no log shows it.',
    )}</p>
</section>`,
  });

const step = ({ what, where, values = [], codes }: SetupStep): HTML => html`<li>
<p>${what}</p>
<p class="allows">${where} ${codes.map(code => html`<code>${code}</code>`)}</p>
${values.length > 0 && html`<p>${values.map(value => html`<code>${value}</code><br>`)}</p>`}
</li>`;
