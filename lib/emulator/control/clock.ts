import { invalid, requireKnown } from '../invalid-member.js';
import { CLOCK_PATH } from '../paths.js';
import type { ControlRoute } from './route.js';

/** The clock. */
export const CLOCK_ROUTES: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: CLOCK_PATH,
    section: 'clock',
    fromForm: form => ({ seconds: Number(form.get('seconds') || Number.NaN) }),
    handle({ body }, { state: { clock } }) {
      requireKnown(Object.keys(body), ['seconds']);
      const { seconds } = body;
      if (typeof seconds !== 'number' || !(seconds >= 0)) {
        throw invalid('seconds', 'seconds must be a number from 0 on');
      }
      if (!clock.canAdvance(seconds * 1000)) {
        throw invalid('seconds', 'seconds must not lead past the largest valid date');
      }
      clock.advance(seconds * 1000);
      return { time: new Date(clock.now()).toISOString() };
    },
  },
];
