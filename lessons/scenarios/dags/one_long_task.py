"""One task of a minute with one retry, and a short one after it: something to break."""

from datetime import timedelta

from airflow.sdk import dag, task


@dag(schedule=None, default_args={"retries": 1, "retry_delay": timedelta(seconds=5)})
def night():
    @task
    def work():
        import time

        time.sleep(60)

    @task
    def publish():
        import time

        time.sleep(3)

    work() >> publish()


night()
