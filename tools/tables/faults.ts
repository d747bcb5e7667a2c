import type { KoreanAndEnglish } from '../../lib/index.js';
import { ENDPOINTS, type Ending, FAULTS } from '../../test/faults/faults.js';
import { cellsOf } from '../../test/faults/matrix.js';
import type { Language } from './markdown.js';
import { toCode, toTable } from './markdown.js';

const ENDINGS: Record<Ending, KoreanAndEnglish> = {
  ok: { ko: '성공', en: 'ok' },
  fail: { ko: '실패', en: 'fail' },
  refused: { ko: '거부', en: 'refused' },
  unreadable: { ko: '읽을 수 없음', en: 'unreadable' },
  timeout: { ko: '시간 초과', en: 'timeout' },
  unreachable: { ko: '연결 실패', en: 'unreachable' },
};

/** The faults of Kakao, and how a login, a revocation or a request to an ad API ends at each. */
export const listFaults = (language: Language): string =>
  toTable(
    language,
    [{ ko: '카카오가 …', en: 'Kakao …' }, ...ENDPOINTS],
    FAULTS.map(fault => {
      const endings = new Map(cellsOf(fault));
      return [
        { ko: toMarkdown(fault.ko), en: toMarkdown(fault.name) },
        ...ENDPOINTS.map(endpoint => {
          const ending = endings.get(endpoint);
          return ending ? ENDINGS[ending] : '';
        }),
      ];
    }),
  );

// Without a code span, the underscores would make it bold.
const toMarkdown = (name: string): string => name.replace('__proto__', toCode('__proto__'));
