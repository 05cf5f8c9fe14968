"""The orders of 120 stores, every night: read, clean and load each, then one report."""

import datetime

from airflow.sdk import dag, task, task_group

STORES = [f"store_{number:03d}" for number in range(120)]


@dag(
    schedule=None,
    start_date=datetime.datetime(2026, 1, 1),
    catchup=False,
    max_active_tasks=64,
    default_args={"retries": 1, "retry_delay": datetime.timedelta(seconds=20)},
)
def nightly_orders():
    @task
    def list_stores():
        return STORES

    @task_group
    def per_store(store):
        @task
        def read_orders(store):
            return {"store": store, "rows": 1_000}

        @task
        def clean_orders(orders):
            return orders

        @task
        def load_orders(orders):
            return orders["rows"]

        load_orders(clean_orders(read_orders(store)))

    @task(trigger_rule="all_done")
    def merge_orders():
        return "merged"

    @task
    def check_totals(merged):
        return merged

    @task
    def publish_report(checked):
        print(f"report: {checked}")

    merged = merge_orders()
    per_store.expand(store=list_stores()) >> merged
    publish_report(check_totals(merged))


nightly_orders()
