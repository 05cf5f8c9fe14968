"""A mapped task over many files, in one go or in chunks, beside a small DAG that wants slots too."""

from airflow.sdk import DAG, dag, task

SIZES = {"fan_100": 100, "fan_2000": 2000, "fan_chunked": 40}


@task
def files(count):
    return list(range(count))


@task(max_active_tis_per_dagrun=32)
def read(number):
    return number


for name, size in SIZES.items():
    with DAG(name, schedule=None, max_active_tasks=64):
        read.expand(number=files(size))


@dag(schedule=None)
def small():
    @task
    def one():
        return 1

    @task
    def two(value):
        return value

    two(one())


small()
