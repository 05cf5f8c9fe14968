"""Names of older Airflow and the names of today."""

_STD = "airflow.providers.standard."
_SQL = "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator"

#: Modules that are gone and what took their place.
MODULES = {
    "airflow.operators.dummy": _STD + "operators.empty.EmptyOperator",
    "airflow.operators.dummy_operator": _STD + "operators.empty.EmptyOperator",
    "airflow.operators.bash_operator": _STD + "operators.bash.BashOperator",
    "airflow.operators.python_operator": _STD + "operators.python",
    "airflow.operators.branch_operator": _STD + "operators.branch.BaseBranchOperator",
    "airflow.operators.email_operator": "airflow.providers.smtp.operators.smtp.EmailOperator",
    "airflow.operators.email": "airflow.providers.smtp.operators.smtp.EmailOperator",
    "airflow.operators.subdag": "airflow.sdk.TaskGroup",
    "airflow.operators.subdag_operator": "airflow.sdk.TaskGroup",
    "airflow.operators.dagrun_operator": _STD + "operators.trigger_dagrun.TriggerDagRunOperator",
    "airflow.operators.latest_only_operator": _STD + "operators.latest_only.LatestOnlyOperator",
    "airflow.operators.postgres_operator": _SQL, "airflow.operators.mysql_operator": _SQL,
    "airflow.operators.sqlite_operator": _SQL, "airflow.operators.mssql_operator": _SQL,
    "airflow.operators.oracle_operator": _SQL, "airflow.operators.jdbc_operator": _SQL,
    "airflow.providers.postgres.operators.postgres": _SQL,
    "airflow.providers.mysql.operators.mysql": _SQL,
    "airflow.providers.sqlite.operators.sqlite": _SQL,
    "airflow.providers.trino.operators.trino": _SQL,
    "airflow.providers.snowflake.operators.snowflake.SnowflakeOperator": _SQL,
    "airflow.operators.http_operator": "airflow.providers.http.operators.http.HttpOperator",
    "airflow.sensors.http_sensor": "airflow.providers.http.sensors.http.HttpSensor",
    "airflow.sensors.external_task_sensor": _STD + "sensors.external_task.ExternalTaskSensor",
    "airflow.sensors.base_sensor_operator": "airflow.sdk.BaseSensorOperator",
    "airflow.sensors.s3_key_sensor": "airflow.providers.amazon.aws.sensors.s3.S3KeySensor",
    "airflow.sensors.sql": "airflow.providers.common.sql.sensors.sql.SqlSensor",
    "airflow.hooks.base_hook": "airflow.sdk.BaseHook",
    "airflow.hooks.postgres_hook": "airflow.providers.postgres.hooks.postgres.PostgresHook",
    "airflow.hooks.mysql_hook": "airflow.providers.mysql.hooks.mysql.MySqlHook",
    "airflow.hooks.S3_hook": "airflow.providers.amazon.aws.hooks.s3.S3Hook",
    "airflow.hooks.http_hook": "airflow.providers.http.hooks.http.HttpHook",
    "airflow.hooks.dbapi": "airflow.providers.common.sql.hooks.sql.DbApiHook",
    "airflow.datasets": "airflow.sdk.Asset",
    "airflow.datasets.metadata": "airflow.sdk.Metadata",
    "airflow.timetables.datasets": "airflow.sdk.AssetOrTimeSchedule",
    "airflow.utils.dates": "pendulum.datetime",
    "airflow.contrib": "airflow.providers",
    "airflow.contrib.operators.kubernetes_pod_operator":
        "airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator",
    "airflow.providers.cncf.kubernetes.operators.kubernetes_pod":
        "airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator",
    "airflow.utils.decorators": "(no import needed: default_args are applied by themselves)",
    "airflow.models.baseoperator": "airflow.sdk",
    "airflow.kubernetes": "airflow.providers.cncf.kubernetes",
}

#: Names that are gone, by full path or alone.
NAMES = {
    "PostgresOperator": _SQL, "MySqlOperator": _SQL, "SqliteOperator": _SQL,
    "MsSqlOperator": _SQL, "OracleOperator": _SQL, "JdbcOperator": _SQL, "TrinoOperator": _SQL,
    "SnowflakeOperator": _SQL, "RedshiftSQLOperator": _SQL,
    "SimpleHttpOperator": "airflow.providers.http.operators.http.HttpOperator",
    "DummyOperator": _STD + "operators.empty.EmptyOperator",
    "SubDagOperator": "airflow.sdk.TaskGroup", "days_ago": "pendulum.datetime",
    "DatasetAlias": "airflow.sdk.AssetAlias", "DatasetOrTimeSchedule": "airflow.sdk.AssetOrTimeSchedule",
    "DatasetAll": "airflow.sdk.AssetAll", "DatasetAny": "airflow.sdk.AssetAny",
    "Dataset": "airflow.sdk.Asset",
    "BigQueryOperator": "airflow.providers.google.cloud.operators.bigquery.BigQueryInsertJobOperator",
    "BigQueryExecuteQueryOperator":
        "airflow.providers.google.cloud.operators.bigquery.BigQueryInsertJobOperator",
    "S3KeysUnchangedSensor": "airflow.providers.amazon.aws.sensors.s3.S3KeysUnchangedSensor",
    "apply_defaults": "(no import needed: default_args are applied by themselves)",
    "airflow.operators.python_operator.PythonOperator": _STD + "operators.python.PythonOperator",
    "airflow.operators.python_operator.BranchPythonOperator":
        _STD + "operators.python.BranchPythonOperator",
}

#: Arguments that are gone and the argument of today.
ARGUMENTS = {
    "schedule_interval": "schedule", "timetable": "schedule", "concurrency": "max_active_tasks",
    "fail_stop": "fail_fast", "task_concurrency": "max_active_tis_per_dag",
    "provide_context": "(not needed)", "default_view": "(not needed)",
    "orientation": "(not needed)", "full_filepath": "(not needed)",
    "execution_date": "logical_date", "trigger_dag_id_": "trigger_dag_id",
    "dag_concurrency": "max_active_tasks", "sla_miss_callback": "deadline",
    "postgres_conn_id": "conn_id", "mysql_conn_id": "conn_id", "sqlite_conn_id": "conn_id",
    "snowflake_conn_id": "conn_id", "bash_comand": "bash_command", "retry": "retries",
    "tag": "tags", "trigger_rules": "trigger_rule", "default_arg": "default_args",
}
