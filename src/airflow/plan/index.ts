/** The static side of the model: everything that the DAG files and the version decide. */
export { assetMeant } from './assetPlan.ts';
export * from './compilePlan.ts';
export type { Csr } from './csr.ts';
export type { DagPlan } from './dagPlan.ts';
export { likesSuccess } from './lookOn.ts';
export { evaluateLength, literalLength, type LengthExpression } from './mapping.ts';
export { takesPartitionKey } from './partitionPlan.ts';
export * from './plan.ts';
export { TASK } from './taskFlags.ts';
