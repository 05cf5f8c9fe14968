export const taskLog = {
  'log_why.page_away':
    'The page does not answer: the API server (2.x: web server) is away, and with it every log.',
  'log_why.database_away': 'The metadata database is away: no page can be made.',
  'log_why.skipped': 'It never ran, so there is no log.',
  'log_why.not_started': 'This try has not begun to run: there is no log yet.',
  'log_why.growing': 'The task runs: the page shows what has been written so far.',
  'log_why.pod_tail':
    'The task runs: the page asks the Kubernetes API for the last lines of the pod (`kubernetes_executor.running_pod_log_lines`, 100).',
  'log_why.whole': 'All lines are there.',
  'log_why.part':
    'Some lines are missing: the process that wrote them was killed, or the try went on at another host whose log alone is read.',
  'log_why.not_shipped':
    'Elasticsearch has no line of it yet: the shipper reads the file some seconds later. Lines that it had not read when the disk was lost never come.',
  'log_why.kube_away': 'The Kubernetes API does not answer, and nobody else has the lines.',
  'log_why.pod_gone':
    'Airflow asks a worker pod only while its task is running. The file lay in the pod, nothing was uploaded from it, and without remote logging (`logging.remote_logging`) or a common volume the log cannot be read any more.',
  'log_why.upload_failed':
    'The upload to the remote store failed; Airflow says so only in the log itself, which is gone with the pod.',
  'log_why.not_uploaded':
    'The supervisor uploads the log as the last thing it does: until then the remote store has nothing.',
  'log_why.with_triggerer':
    'While the task is deferred the page shows the log of its trigger; what the worker had written comes back when the task goes on.',
  'log_why.other_worker':
    'The page asks the host of the newest try (2.x), and the file lies on another worker.',
  'log_why.host_away': 'The file is on a host that is away: it can be read when the host is back.',
  'log_why.host_lost': 'The file was on a disk that is lost with its host or container.',
} as const;
