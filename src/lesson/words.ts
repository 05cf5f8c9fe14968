/** The few words that stand around a lesson's own texts: live values and notes of goals. */
import type { LessonLocale } from './lesson.ts';
import type { Note, Value } from './predicates/pred.ts';
import { clock } from './placeholders.ts';

interface Words {
  of(have: number, of: number): string;
  expected(time: string): string;
  slots(count: number): string;
  notes: Readonly<Record<string, (p: Readonly<Record<string, string>>) => string>>;
}

const en: Words = {
  of: (have, of) => `${have} of ${of}`,
  expected: (time) => `${time} expected`,
  slots: (count) => (count === 1 ? '1 slot' : `${count} slots`),
  notes: {
    lane_not_run: ({ lane }) => `Waits for ${lane} to run`,
    never_ends: ({ lane }) => `${lane} does not end`,
    too_long: ({ us }) => `${us} too long`,
    left: ({ us, tasks }) => `Now ${us}, still to finish: ${tasks}`,
    many_left: ({ us, count }) => `Now ${us}, ${count} tasks still to finish`,
    judged_at: ({ lane, us }) => `Judged when ${lane} ends, at ${us}`,
    guess_off: ({ id, guess_us, us }) => `${id}: you said ${guess_us}, it took ${us}`,
  },
};

const ko: Words = {
  of: (have, of) => `${of}개 중 ${have}개`,
  expected: (time) => `${time} 예상`,
  slots: (count) => `슬롯 ${count}개`,
  notes: {
    lane_not_run: ({ lane }) => `${lane} 실행을 기다립니다`,
    never_ends: ({ lane }) => `${lane} 실행이 끝나지 않습니다`,
    too_long: ({ us }) => `${us} 더 걸렸습니다`,
    left: ({ us, tasks }) => `지금 ${us}, 남은 태스크: ${tasks}`,
    many_left: ({ us, count }) => `지금 ${us}, 남은 태스크 ${count}개`,
    judged_at: ({ lane, us }) => `${us}에 ${lane} 실행이 끝나면 판정합니다`,
    guess_off: ({ id, guess_us, us }) => `${id}: 예측 ${guess_us}, 결과 ${us}`,
  },
};

const words: Readonly<Record<LessonLocale, Words>> = { en, ko };

export function slotsText(count: number, locale: LessonLocale): string {
  return words[locale].slots(count);
}

export function valueText(value: Value, locale: LessonLocale): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'time':
      return value.expected ? words[locale].expected(clock(value.us)) : clock(value.us);
    case 'share':
      return `${Math.round(value.share * 100)} %`;
    case 'of':
      return words[locale].of(value.have, value.of);
    case 'count':
      return String(value.count);
  }
}

/** `names` turns a lane's or a prediction's id into what the page calls it. */
export function noteText(
  note: Note,
  locale: LessonLocale,
  names: (id: string) => string,
): string | null {
  const params = Object.entries(note.params).map(([key, value]) => {
    if (typeof value === 'number') return [key, clock(value)];
    return [key, key === 'lane' || key === 'id' ? names(value) : value];
  });
  return words[locale].notes[note.code]?.(Object.fromEntries(params)) ?? null;
}
