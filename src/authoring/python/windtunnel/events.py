"""Asset events of a dry run: what a task says through `outlet_events` and `Metadata`."""


class InletEvents(dict):
    """Events of earlier runs: there are none."""

    def __missing__(self, key):
        return []

    def __getitem__(self, key):
        return []


class OutletEvents(dict):
    """One accessor per asset or alias, kept in the order of the first use."""

    def __missing__(self, key):
        self[key] = _Accessor(key)
        return self[key]

    def take(self, values):
        """What a generator has yielded: `Metadata` objects count, others do not."""
        from airflow._core.assets import Metadata

        for value in values:
            if not isinstance(value, Metadata):
                continue
            if value.alias is not None:
                alias = value.alias
                self[_alias(alias)].add(value.asset, extra=value.extra)
            elif value.asset is not None:
                self[value.asset].extra.update(value.extra or {})

    def said(self, small):
        """[{asset, alias, extra}] in the form of BehaviourSpec; `small` makes plain JSON."""
        found = []
        for accessor in self.values():
            found.extend(accessor.said(small))
        return found


def _alias(value):
    from airflow._core.assets import AssetAlias

    return AssetAlias(value) if isinstance(value, str) else value


class _Accessor:
    def __init__(self, key):
        self.key, self.extra, self.added, self.partitions = key, {}, [], []

    def add(self, asset, extra=None):
        """Under an alias: this asset was written."""
        self.added.append((asset, extra))

    def add_partitions(self, *keys):
        """One event per key; a list of keys is taken, too."""
        for key in keys:
            found = key if isinstance(key, (list, tuple, set)) else [key]
            self.partitions.extend(str(k) for k in found)

    def said(self, small):
        # 2.x also takes the name of an alias.
        name = self.key if isinstance(self.key, str) else getattr(self.key, "name", None)
        found = []
        if (self.extra or self.partitions) and _asset(self.key):
            event = _event(_asset(self.key), self.extra, small)
            found.append({**event, "partitions": self.partitions} if self.partitions else event)
        for asset, extra in self.added:
            if _asset(asset):
                found.append({**_event(_asset(asset), extra, small), "alias": name})
        return found


def _asset(value):
    """The recorded form of an asset; None for anything else."""
    from airflow._core.assets import AssetAlias, BaseAsset

    if isinstance(value, BaseAsset) and not isinstance(value, AssetAlias):
        return value.tree().get("asset")
    return None


def _event(asset, extra, small):
    found = {"asset": {k: asset[k] for k in ("uri", "name", "group") if k in asset}}
    plain = small(dict(extra)) if extra else None
    if plain:
        found["extra"] = plain
    return found


__all__ = ["InletEvents", "OutletEvents"]
