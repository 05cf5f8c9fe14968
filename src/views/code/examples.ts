/** DAG files of the course that come with the page (public/examples). */

export interface Example {
  name: string;
  /** Airflow generation whose style it is written in. */
  style: 2 | 3;
}

const STYLE_3 = [
  'course_parallel',
  'course_user_processing',
  'course_producer_consumer',
  'course_groups',
  'course_xcom_branch',
  'course_inlets_outlets',
  'course_producer_slip',
];
const STYLE_2 = [
  'course_parallel_2x',
  'course_user_processing_2x',
  'course_user_processing_old_names',
  'course_producer_2x',
  'course_consumer_2x',
  'course_groups_2x',
  'course_subdag_2x',
  'course_trigger_rules_2x',
  'course_xcom_branch_2x',
  'course_sensor_elastic_2x',
];

export const EXAMPLES: readonly Example[] = [
  ...STYLE_3.map((name) => ({ name: `${name}.py`, style: 3 as const })),
  ...STYLE_2.map((name) => ({ name: `${name}.py`, style: 2 as const })),
];

/** From the page's own folder; rejects when it cannot be read. */
export async function loadExample(name: string): Promise<{ name: string; source: string }> {
  const answer = await fetch(`${import.meta.env.BASE_URL}examples/${encodeURIComponent(name)}`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return { name, source: await answer.text() };
}
