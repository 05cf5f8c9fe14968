import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { LessonControl, LessonModel } from '../../app/lessonModel.ts';
import { plain } from '../../i18n/index.ts';
import { DagGraph } from '../code/DagGraph.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import type { TiState } from '../states.ts';
import { useCommands, useModel } from '../useApp.ts';
import { Gantt } from './Gantt.tsx';
import { stateAt } from './bars.ts';

/** Only what the lesson needs: its graph, its controls, one stair of bars per lane. */
export function Stage({ lesson }: { lesson: LessonModel }): ReactNode {
  const states = useGraphStates(lesson);
  return (
    <>
      <div className="stg-h">
        <div className="gscroll scroll" tabIndex={0} role="region" aria-label={lesson.dag.dag_id}>
          <DagGraph spec={lesson.dag} states={states} />
        </div>
        {lesson.controls.length > 0 ? (
          <div className="ctl">
            {lesson.controls.map((control) => (
              <Control key={control.id} control={control} />
            ))}
          </div>
        ) : null}
      </div>
      <Gantt lanes={lesson.gantt} />
    </>
  );
}

/** States of the tasks in the last lane, as they are at this moment. */
function useGraphStates(lesson: LessonModel): Record<string, TiState> {
  const t = useModel((model) => model.playback.t);
  const lane = lesson.gantt.at(-1);
  return useMemo(() => {
    const bars = lane?.rows.flat() ?? [];
    return Object.fromEntries(
      lesson.dag.tasks.map((task) => {
        const mine = bars.filter((bar) => bar.label === task.task_id);
        return [task.task_id, stateAt(mine, t)];
      }),
    );
  }, [lesson.dag, lane, t]);
}

function Control({ control }: { control: LessonControl }): ReactNode {
  const commands = useCommands();
  const { id, label, value, choices } = control;
  if (control.kind === 'slider') return <Slider control={control} />;
  return (
    <Segmented
      label={label}
      value={String(value)}
      parts={choices}
      onChange={(next) => commands.setLessonControl(id, next)}
    />
  );
}

function Slider({ control }: { control: LessonControl }): ReactNode {
  const commands = useCommands();
  const { id, label, option, min, max, ticks } = control;
  const value = Number(control.value);
  const part = (at: number): number => (at - min) / Math.max(1e-9, max - min);
  return (
    <div className="set">
      <div className="set-h">
        <span>{label}</span>
        {option ? <code className="faint">{option}</code> : null}
      </div>
      <div className="set-c">
        <div>
          <input
            type="range"
            className="rng"
            aria-label={label}
            min={min}
            max={max}
            value={value}
            style={{ '--v': `${100 * part(value)}%` }}
            onChange={(event) => commands.setLessonControl(id, Number(event.target.value))}
          />
          <div className="ticks" aria-hidden="true">
            {ticks.map((tick) => (
              <s key={tick} style={{ left: `calc(8px + (100% - 16px) * ${part(tick)})` }} />
            ))}
          </div>
        </div>
        <output>
          <b>{plain(value)}</b>
        </output>
      </div>
    </div>
  );
}
