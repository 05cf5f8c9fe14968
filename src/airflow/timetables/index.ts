/** Schedules, timetables, dates and time zones: when runs are due. */
export { formatIso, parseIso } from './isoText.ts';
export { asStored, type Delta, type RelativeDelta } from './delta.ts';
export * from './nextRun.ts';
export * from './restriction.ts';
export * from './schedule.ts';
export * from './timetable.ts';
