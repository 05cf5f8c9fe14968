import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { LessonCard } from '../../app/lessonModel.ts';
import { Icon } from '../parts/Icon.tsx';
import { Place } from '../parts/Place.tsx';
import { hrefOf } from '../route.ts';
import { useCommands, useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { LessonPage } from './LessonPage.tsx';
import '../styles/code.css';
import '../styles/stage.css';
import '../styles/lesson.css';

/** `#/lessons` is the list, `#/lessons/<id>` one lesson. */
export function LessonsPage({ id }: { id: string | null }): ReactNode {
  const words = useWords();
  const commands = useCommands();
  const cards = useModel((model) => model.lessons);
  const open = useModel((model) => model.lesson);
  const known = cards.some((card) => card.id === id);
  useEffect(() => {
    if (id === null || known) commands.openLesson(id);
  }, [id, known, commands]);
  if (id !== null && open?.id === id) return <LessonPage key={id} lesson={open} />;
  return (
    <main id="main" tabIndex={-1} className="lessons scroll">
      {id !== null && known ? (
        <Place full text={words.t('page.loading')} />
      ) : (
        <List cards={cards} />
      )}
    </main>
  );
}

function List({ cards }: { cards: readonly LessonCard[] }): ReactNode {
  const words = useWords();
  return (
    <>
      <h1>{words.t('lessons.title')}</h1>
      <p className="muted">{words.t(cards.length > 0 ? 'lessons.intro' : 'lessons.none')}</p>
      <ol className="cards">
        {cards.map((card) => (
          <li key={card.id}>
            <span className="n">{card.number}</span>
            <div>
              <p className="eyebrow">
                {card.world} · {words.t('lessons.minutes', { count: card.minutes })}
              </p>
              <h2>
                <a href={hrefOf('lessons', card.id)}>{card.title}</a>
              </h2>
              <p className="muted">{card.summary}</p>
            </div>
            <span className={card.state === 'done' ? 'chip goal' : 'chip'}>
              {card.state === 'done' ? <Icon name="check" size={14} /> : null}
              {words.t(`lessons.state.${card.state}`)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
