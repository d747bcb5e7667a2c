import {
  ConsentItem,
  type ConsentItemDescription,
  consentItems,
  type KoreanAndEnglish,
} from '../../lib/index.js';
import type { Language } from './markdown.js';
import { toCode, toTable } from './markdown.js';

const PERMISSIONS: Record<NonNullable<ConsentItemDescription['permission']>, KoreanAndEnglish> = {
  'Kakao Moment': { ko: '카카오모먼트 권한', en: 'Kakao Moment' },
};

/** The catalog of consent items. */
export const listConsentItems = (language: Language): string =>
  toTable(
    language,
    ['`ConsentItem`', 'ID', { ko: '이름', en: 'name' }, { ko: '조건', en: 'needs' }],
    consentItems.map(({ id, names, permission, allAccountsOnly }) => {
      const needs = [
        permission && PERMISSIONS[permission],
        allAccountsOnly && { ko: '전체 광고계정만', en: 'all accounts only' },
      ].filter(need => typeof need === 'object');
      return [
        toCode(...Object.entries(ConsentItem).flatMap(([name, known]) => (known === id ? [name] : []))),
        toCode(id),
        `${names.ko} / ${names.en}`,
        needs.map(need => need[language]).join(', '),
      ];
    }),
  );
