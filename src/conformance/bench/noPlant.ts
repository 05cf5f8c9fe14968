/** For cases that have no executor and no workers: nothing is sent anywhere, nobody beats. */
export const NO_EXECUTOR = {
  slotsOccupied: () => 0,
  slotsAvailable: () => Infinity,
  queueWorkload: () => {},
  heartbeat: () => 0,
  drainEvents: () => {},
  hasTask: () => false,
  tryAdopt: () => false,
  fail: () => {},
  revoke: () => false,
};
export const NO_WORKERS = {
  lastBeat: () => Infinity,
  hasEnded: () => false,
  lostSlots: () => 0,
  abandon: () => {},
  cancelTrigger: () => {},
  startTrigger: () => {},
};
