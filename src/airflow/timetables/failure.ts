/**
 * A timetable that cannot answer, for example a cron date that never comes. Airflow raises, the
 * scheduler logs it and makes no run; here it is thrown inside this folder only and caught where
 * the question was asked (nextRun, manualInterval, runsBetween).
 */
export class TimetableFailure extends Error {
  /** Class of the exception in Airflow, such as CroniterBadDateError. */
  readonly exception: string;

  constructor(exception: string, message: string) {
    super(message);
    this.exception = exception;
  }
}

/** The value of `ask`, or the class of the exception that Airflow would raise. */
export function attempt<T>(ask: () => T): { value: T } | { failure: string } {
  try {
    return { value: ask() };
  } catch (error) {
    if (error instanceof TimetableFailure) return { failure: error.exception };
    throw error;
  }
}
