"""Assets (3.x) and datasets (2.x), their aliases, references and conditions."""

import json

from .asset_uri import sanitize_uri
from .errors import AirflowException
from .profile import IS3


class BaseAsset:
    """Something that a schedule can wait for."""

    def __or__(self, other):
        if not isinstance(other, BaseAsset):
            return NotImplemented
        return AssetAny(self, other)

    def __and__(self, other):
        if not isinstance(other, BaseAsset):
            return NotImplemented
        return AssetAll(self, other)

    def __bool__(self):
        return True

    def tree(self):
        """The recorded form: {"asset": ...}, {"alias": ...}, {"all": [...]}, {"any": [...]}."""
        raise NotImplementedError

    def leaves(self):
        """All single assets, aliases and references below, in order."""
        return [self]


class AssetWatcher:
    """A trigger that updates an asset."""

    def __init__(self, name, trigger, resume_from=None):
        self.name, self.trigger = name, trigger


def _identifier(value, kind, what):
    """Raises ValueError unless it is a text that is not empty."""
    if not isinstance(value, str):
        raise ValueError(f"{kind} {what} must be a string")
    if len(value) > 1500:
        raise ValueError(f"{kind} {what} cannot exceed 1500 characters")
    if value.isspace():
        raise ValueError(f"{kind} {what} cannot be just whitespace")
    if not value:
        raise ValueError(f"{kind} {what} cannot be empty")
    return value


class Asset(BaseAsset):
    """A piece of data with a name and a URI (3.x)."""

    asset_type = "asset"

    def __init__(self, name=None, uri=None, *, group=None, extra=None, watchers=None,
                 access_control=None):
        kind = type(self).__name__
        if name is None and uri is None:
            raise TypeError(f"{kind}.__init__() requires either 'name' or 'uri'")
        self.name = _identifier(str(uri) if name is None else name, kind, "name")
        if self.name in ("self", "context"):
            raise ValueError(f"prohibited name for asset: {self.name}")
        self.uri = _identifier(sanitize_uri(name if uri is None else uri), kind, "uri")
        self.group = group if group is not None else self.asset_type
        self.extra = dict(extra or {})
        self.watchers = list(watchers or [])

    @staticmethod
    def ref(*, name="", uri=""):
        return AssetNameRef(name) if name else AssetUriRef(uri)

    def __fspath__(self):
        return self.uri

    def __eq__(self, other):
        return isinstance(other, Asset) and (self.name, self.uri) == (other.name, other.uri)

    def __hash__(self):
        return hash((self.name, self.uri))

    def __repr__(self):
        return f"Asset(name={self.name!r}, uri={self.uri!r})"

    def tree(self):
        found = {"uri": self.uri, "name": self.name, "group": self.group}
        if self.extra:
            found["extra"] = self.extra
        if self.watchers:
            found["watchers"] = [
                {"name": w.name, "trigger": type(w.trigger).__name__} for w in self.watchers
            ]
        return {"asset": found}

    def edge(self):
        return "asset", json.dumps({"name": self.name, "uri": self.uri}), self.name


class Model(Asset):
    """An asset of type model."""

    asset_type = "model"


class Dataset(BaseAsset):
    """A piece of data with a URI (2.x)."""

    def __init__(self, uri, extra=None):
        if not isinstance(uri, str):
            raise ValueError("Dataset URI must be a string")
        _identifier(uri, "Dataset", "URI")
        if not uri.isascii():
            raise ValueError("Dataset URI must only consist of ASCII characters")
        self.uri = sanitize_uri(uri)
        self.extra = extra

    def __fspath__(self):
        return self.uri

    def __eq__(self, other):
        return isinstance(other, Dataset) and self.uri == other.uri

    def __hash__(self):
        return hash(self.uri)

    def __repr__(self):
        return f"Dataset(uri={self.uri!r}, extra={self.extra!r})"

    def tree(self):
        found = {"uri": self.uri}
        if self.extra:
            found["extra"] = self.extra
        return {"asset": found}

    def edge(self):
        return "dataset", self.uri, self.uri


class AssetRef(BaseAsset):
    """Names an asset without making it."""

    def tree(self):
        return {"ref": dict(vars(self))}


class AssetNameRef(AssetRef):
    def __init__(self, name):
        self.name = name

    def edge(self):
        return "asset-name-ref", self.name, self.name


class AssetUriRef(AssetRef):
    def __init__(self, uri):
        self.uri = uri

    def edge(self):
        return "asset-uri-ref", self.uri, self.uri


class AssetAlias(BaseAsset):
    """A name that stands for assets known at run time."""

    def __init__(self, name, group="asset"):
        self.name, self.group = name, group

    def __eq__(self, other):
        return isinstance(other, AssetAlias) and self.name == other.name

    def __hash__(self):
        return hash(self.name)

    def tree(self):
        return {"alias": self.name}

    def edge(self):
        return ("asset-alias" if IS3 else "dataset-alias"), self.name, self.name


class _Condition(BaseAsset):
    word = ""

    def __init__(self, *objects):
        if not all(isinstance(o, BaseAsset) for o in objects):
            raise TypeError(f"expect asset expressions in {type(self).__name__}")
        self.objects = list(objects)

    def tree(self):
        return {self.word: [o.tree() for o in self.objects]}

    def leaves(self):
        return [leaf for o in self.objects for leaf in o.leaves()]


class AssetAny(_Condition):
    word = "any"

    def __or__(self, other):
        return AssetAny(*self.objects, other) if isinstance(other, BaseAsset) else NotImplemented


class AssetAll(_Condition):
    word = "all"

    def __and__(self, other):
        return AssetAll(*self.objects, other) if isinstance(other, BaseAsset) else NotImplemented


class Metadata:
    """What a task yields to attach `extra` to an asset event."""

    def __init__(self, asset=None, extra=None, alias=None, target=None):
        if isinstance(asset, str):
            raise TypeError("Metadata takes an asset object, not a text")
        self.asset, self.extra, self.alias = asset if asset is not None else target, extra, alias


class AssetAccessControl:
    """Who may use an asset (3.3); kept, without meaning for the run."""

    def __init__(self, **options):
        vars(self).update(options)


def check_schedule(values):
    """A list schedule must hold assets only."""
    if not all(isinstance(v, BaseAsset) for v in values):
        raise (ValueError if IS3 else AirflowException)(
            "All elements in 'schedule' should be either assets, asset references, or asset aliases"
            if IS3 else "All elements in 'schedule' should be datasets or dataset aliases"
        )
