"""What the two versions of the Entity Reconciliation API say of the form of each answer.

Written by hand from the texts of the specifications (0.2, final report of 2023-04-10; 1.0 draft as
of July 2026), and stricter than their own schemas: no member that the text does not name.
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "minLength": 1}
ADDRESS: Schema = {"type": "string", "pattern": "^https?://"}


def members(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def listed(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def keyed(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


TYPE = members({"id": TEXT, "name": TEXT}, {"broader": listed({"type": "object"})})
FEATURE = members({"id": TEXT, "name": TEXT, "value": {"type": ["number", "boolean"]}})
SCORE: Schema = {"type": "number", "minimum": 0, "maximum": 100}


def candidate(more: dict[str, Schema]) -> Schema:
    return members(
        {
            "id": TEXT,
            "name": TEXT,
            "type": listed(TYPE),
            "score": SCORE,
            "match": {"type": "boolean"},
        },
        {"description": TEXT, "features": listed(FEATURE), **more},
    )


def service(path: str) -> Schema:
    return members({"service_url": ADDRESS, "service_path": {"type": "string", "pattern": path}})


SHARED = {
    "name": TEXT,
    "documentation": ADDRESS,
    "logo": ADDRESS,
    "serviceVersion": TEXT,
    "batchSize": {"type": "integer", "minimum": 1},
    "defaultTypes": listed(TYPE, minItems=1, uniqueItems=True),
}
MANIFEST = members(
    {
        "versions": {"const": ["0.2"]},
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
        "view": members({"url": {"type": "string", "pattern": r"\{\{id\}\}"}}),
        "preview": members(
            {
                "url": {"type": "string", "pattern": r"\{\{id\}\}"},
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            }
        ),
        "suggest": members({kind: service("^/") for kind in ("entity", "property", "type")}),
        "extend": members(
            {
                "propose_properties": service("^/"),
                "property_settings": listed(
                    members(
                        {
                            "name": TEXT,
                            "label": TEXT,
                            "type": {"const": "number"},
                            "default": {"type": "number"},
                            "help_text": TEXT,
                        }
                    )
                ),
            }
        ),
        **SHARED,
    }
)
DRAFT_MANIFEST = members(
    {
        "versions": {"const": ["1.0-draft"]},
        "view": members({"url": {"type": "string", "pattern": r"[^{]\{\+?id\}[^}]*$"}}),
        "preview": members({"width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": members({kind: {"const": True} for kind in ("entity", "property", "type")}),
        "extend": members(
            {
                "proposeProperties": {"type": "boolean"},
                "propertySettings": listed(
                    members(
                        {
                            "id": TEXT,
                            "name": TEXT,
                            "type": {"const": "number"},
                            "default": {"type": "number"},
                            "helpText": TEXT,
                        }
                    )
                ),
            }
        ),
        "standardizedScore": {"const": True},
        "lang": TEXT,
        **SHARED,
    }
)
RESULTS = keyed(members({"result": listed(candidate({}))}))
DRAFT_RESULTS = members(
    {"results": listed(members({"candidates": listed(candidate({"lang": TEXT}))}))}
)


def suggestions(required: dict[str, Schema], optional: dict[str, Schema]) -> Schema:
    return members({"result": listed(members(required, optional))})


NAMED = {"id": TEXT, "name": TEXT}
ENTITIES = suggestions(NAMED | {"notable": listed(TYPE)}, {"description": TEXT})
DRAFT_ENTITIES = suggestions(NAMED | {"notable": listed(TYPE)}, {"description": TEXT, "lang": TEXT})
TYPES = suggestions(NAMED, {"description": TEXT, "broader": listed(TYPE)})
PROPERTIES = suggestions(NAMED, {"description": TEXT})
PROPOSAL = members(
    {"properties": listed(members(NAMED, {"description": TEXT})), "type": {"type": "string"}},
    {"limit": {"type": "integer"}},
)
_DATE = r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$"
VALUES = listed(
    {
        "oneOf": [
            members({"id": TEXT, "name": TEXT}),
            members({"str": {"type": "string"}}),
            members({"float": {"type": "number"}}),
            members({"date": {"type": "string", "pattern": _DATE}}),
        ]
    }
)
META = listed(members(NAMED, {"service": ADDRESS}))
EXTENSION = members({"meta": META, "rows": keyed(keyed(VALUES))})
DRAFT_EXTENSION = members(
    {
        "meta": META,
        "rows": listed(
            members({"id": TEXT, "properties": listed(members({"id": TEXT, "values": VALUES}))})
        ),
    }
)


def assert_valid(schema: Schema, document: Any) -> None:
    """Compare a document with a schema; what is wrong is told with its place."""
    Draft202012Validator.check_schema(schema)
    wrong = [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema).iter_errors(document)
    ]
    assert wrong == []
