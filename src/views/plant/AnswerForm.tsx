import type { FormEvent, ReactNode } from 'react';
import type { LaneModel } from '../../app/model.ts';
import { useModel } from '../useApp.ts';
import { useWords } from '../words.tsx';
import { useAct } from './useMoment.ts';

/** The question of a human-in-the-loop task that waits, with its options as Airflow names them. */
export function AnswerForm({ lane, ti }: { lane: LaneModel; ti: number }): ReactNode {
  const words = useWords();
  const act = useAct();
  const label = lane.info?.labels[ti];
  const waits = useModel(({ why }) => why?.ti === ti && why.state === 'awaiting_input');
  const question = useModel((model) =>
    model.settings.questions.find(
      (one) => one.dag_id === label?.dag_id && one.task_id === label.task_id,
    ),
  );
  if (!label || !question || !waits) return null;
  const { dag_id, run_id, task_id, map_index } = label;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll('option').map(String);
    if (chosen.length === 0) return;
    const index = map_index >= 0 ? { map_index } : {};
    act({ action: 'answer', dag_id, run_id, task_id, ...index, chosen_options: chosen });
  };
  return (
    <form className="answer" onSubmit={submit}>
      <fieldset>
        <legend className="eyebrow sub">{words.t('do.answerTitle')}</legend>
        {question.options.map((option, at) => (
          <label key={option} className="sw">
            <input
              type={question.multiple ? 'checkbox' : 'radio'}
              name="option"
              value={option}
              defaultChecked={at === 0 && !question.multiple}
            />
            {option}
          </label>
        ))}
      </fieldset>
      <button type="submit" className="btn sm">
        {words.t('do.answer')}
      </button>
    </form>
  );
}
