/** What faults do to pods, nodes, images and the Kubernetes API. */
import { US_PER_SECOND } from '../../base/time.ts';
import { tiOf, type FaultHandler, type FaultHandlers } from '../faults/handler.ts';
import { IMAGE_ERRORS } from '../fleet/imageCache.ts';
import { ANSWER } from '../fleet/kubeApi.ts';
import type { PodFaults } from '../fleet/podFaults.ts';
import { NONE } from '../runner/workloads.ts';

type OnNode = (faults: PodFaults, node: number) => boolean;
type OnPod = (
  faults: PodFaults,
  w: number,
  number: (name: string, or: number) => number,
) => boolean;

const onNode =
  (act: OnNode): FaultHandler =>
  ({ plant }, { part }) =>
    plant.kubernetes !== null && act(plant.kubernetes.cluster.faults, part.index);

const onPod =
  (act: OnPod): FaultHandler =>
  (at, hit) => {
    const { kubernetes } = at.plant;
    const w = at.plant.workloadOf(tiOf(at, hit.part));
    if (kubernetes === null || w === NONE) return false;
    return act(kubernetes.cluster.faults, w, (name, or) => hit.number(name, or));
  };

const api =
  (answer: number): FaultHandler =>
  ({ plant }, hit) => {
    const retryAfter = Math.round(hit.number('retry_after_s', 0) * US_PER_SECOND);
    const given = answer === ANSWER.created ? hit.number('status', 503) : answer;
    return plant.kubernetes?.cluster.faults.breakApi(given, retryAfter) ?? false;
  };

/** terminationGracePeriodSeconds of a pod that says nothing else. */
const GRACE_S = 30;

export const kubernetesHandlers: FaultHandlers = {
  'evict node': onNode((faults, node) => faults.evictAll(node)),
  'cordon node': onNode((faults, node) => faults.cordon(node)),
  'evict pod': onPod((faults, w) => faults.evict(w)),
  'oom pod': onPod((faults, w) => faults.killForMemory(w)),
  'miss pod': onPod((faults, w) => faults.miss(w)),
  'delete pod': onPod((faults, w, number) =>
    faults.delete(w, Math.round(number('grace_s', GRACE_S) * US_PER_SECOND)),
  ),
  'break image': ({ plant }, hit) => {
    const error = IMAGE_ERRORS.find((each) => each === hit.word('reason', 'ErrImagePull'));
    const faults = plant.kubernetes?.cluster.faults;
    return faults?.breakImage(hit.part.name, error ?? 'ErrImagePull') ?? false;
  },
  'restore image': ({ plant }, { part }) =>
    plant.kubernetes?.cluster.faults.mendImage(part.name) ?? false,
  'fail kubernetes-api': api(ANSWER.created),
  'refuse kubernetes-api': api(ANSWER.noConnection),
  'silent kubernetes-api': api(ANSWER.noAnswer),
  'restore kubernetes-api': ({ plant }) => plant.kubernetes?.cluster.faults.restoreApi() ?? false,
};
